/** Where the time comes from. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still at a moment: stamps become repeatable. */
export function frozenClock(moment: Date | number): Clock {
  const now = Number(moment);
  return { now: () => now };
}

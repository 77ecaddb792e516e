/** Where the time comes from. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

/** A clock that things can wait for. */
export interface Timekeeper extends Clock {
  /** What moves it: the system, another clock that only stamps, or somebody by hand. */
  readonly kind: 'system' | 'stamps' | 'manual';
  /** Milliseconds on a scale of its own, which never goes back. */
  elapsed(): number;
  /** Calls back once that moment of `elapsed` has come. What it returns calls that off. */
  schedule(moment: number, callback: () => void): () => void;
  /** Whether the moment of something has come that has not been called back yet. */
  isBehind?(): boolean;
  /** Whether what waits for it comes at once, as time does not pass by itself. */
  isHasty?(): boolean;
  /** Whatever waits, and will wait, comes at once: nobody moves this clock any more. */
  release?(): void;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still at a moment: stamps become repeatable, and nothing is waited for. */
export function frozenClock(moment: Date | number): Clock {
  const now = Number(moment);
  return { now: () => now };
}

/** Stamps from a clock; pauses in real time by the system's, and none by any other. */
export function createTimekeeper(clock: Clock = systemClock): Timekeeper {
  return clock === systemClock ? createSystemTimekeeper() : createHastyTimekeeper(clock);
}

/** What is waited for comes at once. */
function createHastyTimekeeper(clock: Clock): Timekeeper {
  let reached = 0;
  return {
    kind: 'stamps',
    now: () => clock.now(),
    elapsed: () => reached,
    isHasty: () => true,
    schedule: (moment, callback) =>
      hop(() => {
        reached = Math.max(reached, moment);
        callback();
      }),
  };
}

export interface ManualTimekeeper extends Timekeeper {
  readonly kind: 'manual';
  /** Moves the time on, and calls back whatever falls due, in its order. */
  advance(milliseconds: number): void;
}

/** A clock that moves when it is told to. */
export function createManualTimekeeper(start: number): ManualTimekeeper {
  let now = start;
  let waiting: readonly { readonly moment: number; readonly callback: () => void }[] = [];
  let isReleased = false;

  function schedule(moment: number, callback: () => void): () => void {
    if (moment <= now) return hop(callback);
    if (isReleased) return hop(() => leap({ moment, callback }));
    const entry = { moment, callback };
    waiting = [...waiting, entry].toSorted((left, right) => left.moment - right.moment);
    return () => {
      waiting = waiting.filter((other) => other !== entry);
    };
  }

  function advance(milliseconds: number): void {
    const end = now + milliseconds;
    for (let first = waiting[0]; first && first.moment <= end; first = waiting[0]) {
      waiting = waiting.slice(1);
      now = first.moment;
      first.callback();
    }
    now = end;
  }

  function release(): void {
    isReleased = true;
    const due = waiting;
    waiting = [];
    for (const entry of due) leap(entry);
  }

  function leap({ moment, callback }: (typeof waiting)[number]): void {
    now = Math.max(now, moment);
    callback();
  }

  return {
    kind: 'manual',
    now: () => now,
    elapsed: () => now,
    isHasty: () => isReleased,
    schedule,
    advance,
    release,
  };
}

/**
 * One timer for all that waits, in slots of a millisecond: thousands of paced streams cost one
 * wake-up a slot. Nothing waiting, no timer.
 */
function createSystemTimekeeper(): Timekeeper {
  const slots = new Map<number, Set<() => void>>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wakeAt = Number.POSITIVE_INFINITY;

  function elapsed(): number {
    return performance.now();
  }

  function schedule(moment: number, callback: () => void): () => void {
    const slot = Math.ceil(moment);
    const callbacks = slots.get(slot) ?? new Set();
    slots.set(slot, callbacks);
    const entry = () => callback();
    callbacks.add(entry);
    if (slot < wakeAt) arm(slot);
    return () => {
      callbacks.delete(entry);
      if (callbacks.size === 0) slots.delete(slot);
      if (slots.size === 0) disarm();
    };
  }

  function arm(slot: number): void {
    clearTimeout(timer);
    wakeAt = slot;
    timer = setTimeout(wake, Math.max(0, slot - elapsed()));
  }

  function disarm(): void {
    clearTimeout(timer);
    wakeAt = Number.POSITIVE_INFINITY;
  }

  function wake(): void {
    disarm();
    const now = elapsed();
    const due = [...slots.keys()].filter((slot) => slot <= now).toSorted((a, b) => a - b);
    for (const slot of due) {
      const callbacks = slots.get(slot) ?? [];
      slots.delete(slot);
      for (const callback of callbacks) callback();
    }
    const next = Math.min(...slots.keys());
    if (next < wakeAt) arm(next);
  }

  return {
    kind: 'system',
    now: () => Date.now(),
    elapsed,
    schedule,
    isBehind: () => wakeAt <= elapsed(),
  };
}

/** Resolves once so much time has gone by, or the signal tells that nobody waits any more. */
export function pause(clock: Timekeeper, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const callOff = clock.schedule(clock.elapsed() + milliseconds, done);
    signal.addEventListener('abort', done);

    function done(): void {
      callOff();
      signal.removeEventListener('abort', done);
      resolve();
    }
    if (signal.aborted) done();
  });
}

/** Calls back in a turn of its own: what was written before it has left by then. */
export function hop(callback: () => void): () => void {
  if (typeof setImmediate === 'function') {
    const immediate = setImmediate(callback);
    return () => clearImmediate(immediate);
  }
  const timer = setTimeout(callback, 0);
  return () => clearTimeout(timer);
}

const readingMs = 20;

/**
 * Calls back when a reader has most likely read what was written: a reset that arrives together
 * with data looks like an orderly end to some clients, Node's among them.
 */
export function linger(callback: () => void): () => void {
  let callOff = () => clearTimeout(timer);
  const timer = setTimeout(() => {
    callOff = hop(callback); // a reader in this very process has its turn before it
  }, readingMs);
  return () => callOff();
}

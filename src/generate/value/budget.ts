/** Counts the visits of schema nodes: references can multiply them beyond any patience. */
export interface Budget {
  allow(visits: number): void;
  /** Throws a RangeError, as a stack that overflows does, when nothing is left. */
  spend(visits?: number): undefined;
}

/** Of all the work on one value, its tries and their checks together. */
export const mostVisits = 6000;
/** For the one try more, the least there is, where that was not enough. */
export const lastVisits = 2000;
/** Of a value that is made: a larger one is refused. */
export const mostMembers = 15_000;
export const mostItems = 1000;

export function createBudget(): Budget {
  let left = Infinity;

  function allow(visits: number): void {
    left = visits;
  }

  function spend(visits = 1): undefined {
    left -= visits;
    if (left < 0) throw new RangeError('The schema takes too much work.');
  }

  return { allow, spend };
}

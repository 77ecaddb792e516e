import { createFinder, type Finder } from './finder.ts';
import type { Fixture, FixtureSet, Limit } from './fixture.ts';

/** Fixtures that are active together, in order of precedence, and their limits. */
export interface Layer {
  readonly fixtures: readonly Fixture[];
  readonly limits: readonly Limit[];
  /** Those that fit a request. */
  readonly find: Finder;
}

/** Lower priority first; of equals the later definition. */
export function createLayer(sets: readonly FixtureSet[]): Layer {
  const fixtures = sets
    .flatMap((set) => set.fixtures)
    .map((fixture, index) => ({ fixture, index }))
    .toSorted(
      (left, right) => left.fixture.priority - right.fixture.priority || right.index - left.index,
    )
    .map(({ fixture }) => fixture);
  return {
    fixtures,
    limits: sets.flatMap((set) => set.limits),
    find: createFinder(fixtures),
  };
}

import type { Fixture } from '../../scenario/fixture.ts';
import type { Subject } from '../../scenario/match.ts';
import { type Comparison, compare, compareNearness, countMet, type Nearness } from './compare.ts';
import { sketch } from './sketch.ts';

/** A fixture that does not fit, and how near it comes. */
export interface NearMiss extends Comparison {
  readonly fixture: string;
  /** `file:line`; absent for a fixture that is in no file. */
  readonly place?: string;
}

interface Ranked extends Nearness {
  readonly fixture: Fixture;
}

export const mostNearMisses = 3;

/** The fixtures that come nearest to a request, nearest first; of equals the one of precedence. */
export function findNearMisses(
  fixtures: readonly Fixture[],
  subject: Subject,
): readonly NearMiss[] {
  const rough = sketch(subject);
  return pickNearest(fixtures, rough)
    .map(({ fixture }) => toNearMiss(fixture, subject))
    .filter(({ differs }) => differs.length > 0)
    .toSorted(compareNearness);
}

/** One pass that keeps the best: sorting thousands of fixtures would cost more than matching them. */
function pickNearest(fixtures: readonly Fixture[], subject: Subject): readonly Ranked[] {
  let nearest: readonly Ranked[] = [];
  for (const fixture of fixtures) {
    const ranked = { fixture, ...countMet(fixture.conditions, subject) };
    if (ranked.met === ranked.of) continue; // it fits: another one came before it
    const last = nearest[mostNearMisses - 1];
    if (last && compareNearness(last, ranked) <= 0) continue;
    nearest = [...nearest, ranked].toSorted(compareNearness).slice(0, mostNearMisses);
  }
  return nearest;
}

function toNearMiss(fixture: Fixture, subject: Subject): NearMiss {
  const { id, place, conditions } = fixture;
  return {
    fixture: id,
    ...(place && { place: `${place.file}:${place.line}` }),
    ...compare(conditions, subject),
  };
}

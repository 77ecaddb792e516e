import type { z } from 'zod/v3';
import type { FixtureFile, FixtureInput } from '../scenario/schema.ts';

/** A fixture, as it stands in a file. */
export type { FixtureInput };

/** A fixture file as a value; its version is this one's. */
export type ScenarioInput = Omit<z.input<typeof FixtureFile>, 'version'> & {
  readonly version?: 1;
};

/** The fixture itself: an editor completes its members, and the compiler knows them. */
export function defineFixture(fixture: FixtureInput): FixtureInput {
  return fixture;
}

/** A whole fixture file, likewise. */
export function defineScenario(scenario: ScenarioInput): ScenarioInput {
  return scenario;
}

export interface OwnFixtures {
  readonly fixtures: readonly FixtureInput[];
  readonly rateLimits: NonNullable<ScenarioInput['rateLimits']>;
}

/** Fixtures and files as one list; a file's scenario is not asked for: what is used is active. */
export function gatherFixtures(given: readonly (FixtureInput | ScenarioInput)[]): OwnFixtures {
  return {
    fixtures: given.flatMap((each) => (isFixture(each) ? [each] : (each.fixtures ?? []))),
    rateLimits: given.flatMap((each) => (isFixture(each) ? [] : (each.rateLimits ?? []))),
  };
}

/** Both lists, those of the second in place of those of the first that have their ids. */
export function mergeFixtures(before: OwnFixtures, added: OwnFixtures): OwnFixtures {
  return {
    fixtures: replaceById(before.fixtures, added.fixtures),
    rateLimits: replaceById(before.rateLimits, added.rateLimits),
  };
}

function replaceById<Item extends { readonly id: string }>(
  before: readonly Item[],
  added: readonly Item[],
): Item[] {
  const ids = new Set(added.map(({ id }) => id));
  return [...before.filter(({ id }) => !ids.has(id)), ...added];
}

/** What has neither list is taken for a fixture, so that it is told what it lacks. */
function isFixture(given: FixtureInput | ScenarioInput): given is FixtureInput {
  return !('fixtures' in given || 'rateLimits' in given);
}

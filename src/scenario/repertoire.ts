import type { FixtureSet } from './fixture.ts';
import { findNearest } from './nearest.ts';
import { createLayer, type Layer } from './shelf.ts';

/** What the mock ships: a scenario is read when it is first selected. */
export interface ShippedScenarios {
  names(): Promise<readonly string[]>;
  load(name: string): Promise<FixtureSet | undefined>;
}

/** A user's own fixtures, and where they were looked for. */
export interface OwnFixtures {
  readonly sets: readonly FixtureSet[];
  readonly files: number;
  /** As the user named it. */
  readonly folder?: string | undefined;
}

/** Every fixture of a server. */
export interface Repertoire {
  /** Those that no scenario has to be selected for. */
  always(): Layer;
  /** A scenario, or one fixture by its id; a user's before a shipped one. */
  select(name: string): Promise<Layer | undefined> | Layer;
  /** Puts others in the place of the user's own. */
  replace(own: OwnFixtures): void;
  own(): OwnFixtures;
  /** The name that was probably meant, or a few of those there are. */
  suggest(name: string): Promise<readonly string[]>;
}

const nothing: OwnFixtures = { sets: [], files: 0 };
const nothingShipped: ShippedScenarios = { names: async () => [], load: async () => undefined };

export function createRepertoire(
  first: OwnFixtures = nothing,
  shipped: ShippedScenarios = nothingShipped,
): Repertoire {
  let own = first;
  let always = createLayer(alwaysActive(own.sets));
  const selected = new Map<string, Layer>();

  function findOwn(name: string): Layer | undefined {
    const scenario = own.sets.filter((set) => set.scenario === name);
    return scenario.length > 0 ? createLayer(scenario) : findFixture(name, own.sets);
  }

  /** The fixtures of a shipped scenario have its name before theirs: `rate-limit.then-ok`. */
  async function findShipped(name: string): Promise<Layer | undefined> {
    const names = await shipped.names();
    const scenario = names.find((each) => name === each || name.startsWith(`${each}.`));
    const set = scenario === undefined ? undefined : await shipped.load(scenario);
    if (!set) return undefined;
    const layer = scenario === name ? createLayer([set]) : findFixture(name, [set]);
    return layer && remember(name, layer);
  }

  function remember(name: string, layer: Layer): Layer {
    selected.set(name, layer);
    return layer;
  }

  return {
    always: () => always,
    select(name) {
      const known = selected.get(name) ?? findOwn(name);
      return known ? remember(name, known) : findShipped(name);
    },
    replace(others) {
      own = others;
      always = createLayer(alwaysActive(others.sets));
      selected.clear();
    },
    own: () => own,
    async suggest(name) {
      const scenarios = own.sets.flatMap(({ scenario }) => scenario ?? []);
      const known = [...new Set([...scenarios, ...(await shipped.names())])];
      const nearest = findNearest(name, known);
      return nearest === undefined ? known.slice(0, 3) : [nearest];
    },
  };
}

function findFixture(id: string, sets: readonly FixtureSet[]): Layer | undefined {
  const set = sets.find(({ fixtures }) => fixtures.some((fixture) => fixture.id === id));
  const fixtures = set?.fixtures.filter((fixture) => fixture.id === id);
  return fixtures && createLayer([{ fixtures, limits: [] }]);
}

function alwaysActive(sets: readonly FixtureSet[]): readonly FixtureSet[] {
  return sets.filter(({ scenario }) => scenario === undefined);
}

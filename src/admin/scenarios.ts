import { defaultSession } from '../engine/session.ts';
import { firstState } from '../engine/state.ts';
import type { FixtureSet } from '../scenario/fixture.ts';
import { findNearest } from '../scenario/nearest.ts';
import type { ShippedScenarios } from '../scenario/repertoire.ts';
import type { Handlers, Refusal } from './handler.ts';
import type { AdminSettings } from './settings.ts';

export const scenarioHandlers: Handlers<'listScenarios' | 'setScenarioState' | 'resetScenarios'> = {
  async listScenarios({ query: { session = defaultSession } }, settings) {
    const states = await settings.engine.store.readStates(session);
    const known = await listKnown(settings);
    const scenarios = known.map(({ name, from, sets: [first, ...more] }) => ({
      name,
      from,
      description: first.description,
      provenance: first.provenance,
      source: first.source,
      states: listStates([first, ...more]),
      state: readState(states, name),
    }));
    return { status: 200, body: { scenarios } };
  },

  async setScenarioState({ id, query: { session = defaultSession }, body }, settings) {
    const { state = firstState } = body;
    const own = listOwn(settings).get(id);
    const shipped = own ? undefined : await settings.shipped.load(id);
    const scenario = own ?? (shipped && { sets: [shipped] });
    if (!scenario) return refuseUnknown(id, settings);
    const states = listStates(scenario.sets);
    if (!states.includes(state)) {
      const message = `No fixture of "${id}" requires or sets the state "${state}": it has ${states.join(', ')}.`;
      return { status: 422, code: 'unknown_state', message };
    }
    const { engine } = settings;
    engine.sessions.change(session, { hasHistory: true });
    await engine.store.writeState(session, id, state);
    return { status: 200, body: { session, scenario: id, state } };
  },

  async resetScenarios({ query: { session = defaultSession } }, { engine }) {
    await engine.store.reset(session);
    return { status: 200, body: { reset: [session] } };
  },
};

interface Known {
  readonly name: string;
  readonly from: 'shipped' | 'own';
  readonly sets: readonly [FixtureSet, ...FixtureSet[]];
}

async function refuseUnknown(id: string, settings: AdminSettings): Promise<Refusal> {
  const names = [...listOwn(settings).keys(), ...(await settings.shipped.names())];
  const nearest = findNearest(id, names);
  const meant = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  return {
    status: 404,
    code: 'unknown_scenario',
    message: `There is no scenario "${id}".${meant}`,
  };
}

/** A user's scenario stands in for a shipped one of its name. */
async function listKnown(settings: AdminSettings): Promise<readonly Known[]> {
  const known = listOwn(settings);
  const { shipped } = settings;
  for (const name of await shipped.names()) {
    const set = known.has(name) ? undefined : await shipped.load(name);
    if (set) known.set(name, { name, from: 'shipped', sets: [set] });
  }
  return [...known.values()].toSorted((left, right) => (left.name < right.name ? -1 : 1));
}

function listOwn({ stock }: AdminSettings): Map<string, Known> {
  const known = new Map<string, Known>();
  for (const set of stock.own().sets) {
    const { scenario: name } = set;
    if (name === undefined) continue;
    const before = known.get(name);
    known.set(name, { name, from: 'own', sets: before ? [...before.sets, set] : [set] });
  }
  return known;
}

/** Each of them is read once. */
export function rememberLoads({ names, load }: ShippedScenarios): ShippedScenarios {
  const loads = new Map<string, ReturnType<typeof load>>();
  return {
    names,
    load(name) {
      const loading = loads.get(name) ?? load(name);
      loads.set(name, loading);
      return loading;
    },
  };
}

function listStates(sets: readonly FixtureSet[]): readonly string[] {
  const fixtures = sets.flatMap((set) => set.fixtures);
  const named = fixtures.flatMap(({ requires, sets: next }) => [requires ?? [], next ?? []].flat());
  return [...new Set([firstState, ...named])];
}

function readState(states: Readonly<Record<string, string>>, name: string): string {
  return (Object.hasOwn(states, name) && states[name]) || firstState;
}

import { isSecretName } from '../contract/credentials.ts';
import type { Session } from '../engine/session.ts';
import type { Fixture, FixtureSet } from '../scenario/fixture.ts';
import { findNearest } from '../scenario/nearest.ts';
import { createLayer } from '../scenario/shelf.ts';
import type { Handlers, Refusal } from './handler.ts';
import { type Inspected, inspectFixtures } from './inspect.ts';
import { peekSession, refuseWhileOthersWork } from './known-session.ts';
import type { Problem } from './schema/common.ts';
import type { AdminSettings } from './settings.ts';
import { findShown, listShown, type Shown, type View } from './shown.ts';

export const fixtureHandlers: Handlers<
  | 'listFixtures'
  | 'addFixtures'
  | 'importFixtures'
  | 'resetFixtures'
  | 'listUnusedFixtures'
  | 'getFixture'
  | 'putFixture'
  | 'deleteFixture'
> = {
  listFixtures: ({ query }, settings) => ({ status: 200, body: list({ ...query, settings }) }),

  listUnusedFixtures({ query }, settings) {
    const { fixtures } = list({ ...query, settings });
    return { status: 200, body: { fixtures: fixtures.filter(({ used }) => used === 0) } };
  },

  async addFixtures({ query: { session }, body }, settings) {
    const isList = Array.isArray(body);
    const inspected = await inspectFixtures(
      { version: 1, fixtures: isList ? body : [body] },
      {
        checkStep: settings.checkStep,
        toBodyPath: ([, index, ...rest]) =>
          isList && index !== undefined ? [index, ...rest] : rest,
      },
    );
    return add(inspected, { session, settings });
  },

  async importFixtures({ query: { session }, body }, settings) {
    const inspected = await inspectFixtures(body, { checkStep: settings.checkStep });
    return add(inspected, { session, settings });
  },

  resetFixtures({ query, headers }, settings) {
    const { engine, stock, uses } = settings;
    const { session } = query;
    if (session !== undefined) {
      change(session, settings, { overrides: createLayer([]), hidden: undefined });
      return { status: 200, body: list({ session, settings }) };
    }
    const refusal = refuseWhileOthersWork({ engine }, { headers, query });
    if (refusal) return refusal;
    stock.restore();
    uses.clear();
    return { status: 200, body: list({ settings }) };
  },

  getFixture({ id, query: { session } }, settings) {
    const shown = findShown(id, { session, settings });
    if (!shown) return refuseUnknown(id, { session, settings });
    return { status: 200, body: detail(shown, { session, settings }) };
  },

  async putFixture({ id, query: { session }, body }, settings) {
    if (body['id'] !== undefined && body['id'] !== id) {
      const message = `The body gives the id ${JSON.stringify(body['id'])}, and the path "${id}".`;
      return { status: 400, code: 'invalid_request', message };
    }
    const inspected = await inspectFixtures(
      { version: 1, fixtures: [{ ...body, id }] },
      { checkStep: settings.checkStep, toBodyPath: ([, , ...rest]) => rest },
    );
    if (!inspected.ok) return inspected.refusal;
    const [fixture] = inspected.set.fixtures as [Fixture]; // one went in
    const answer = describeAdded(inspected.set, inspected.warnings);
    const existed = findShown(id, { session, settings }) !== undefined;
    if (session === undefined) settings.stock.put(fixture);
    else override(session, settings, inspected.set);
    if (session === undefined) settings.uses.clear(id);
    return { status: existed ? 200 : 201, body: answer };
  },

  deleteFixture({ id, query: { session } }, settings) {
    const shown = findShown(id, { session, settings });
    if (!shown) return refuseUnknown(id, { session, settings });
    if (session === undefined) {
      settings.stock.remove(id);
      settings.uses.clear(id);
    } else {
      const { overrides, hidden } = without(peekSession(session, settings), [id]);
      change(session, settings, { overrides, hidden: new Set([...(hidden ?? []), id]) });
    }
    return { status: 200, body: { removed: true } };
  },
};

interface Adding extends View {
  readonly settings: AdminSettings;
}

/** All of them, or none. */
function add(inspected: Inspected, { session, settings }: Adding) {
  if (!inspected.ok) return inspected.refusal;
  const { set, warnings } = inspected;
  if (session !== undefined) {
    if (set.scenario !== undefined) return refuseScenario(set.scenario);
    override(session, settings, set);
  } else {
    const refusal = refuseTaken(set, settings);
    if (refusal) return refusal;
    settings.stock.add(set);
    for (const { id } of set.fixtures) settings.uses.clear(id);
  }
  return { status: 201, body: describeAdded(set, warnings) } as const;
}

function describeAdded({ fixtures, limits, scenario }: FixtureSet, warnings: readonly Problem[]) {
  const [ids, rateLimits] = [fixtures, limits].map((items) => items.map(({ id }) => id));
  return { fixtures: ids ?? [], rateLimits: rateLimits ?? [], scenario, warnings };
}

/** A fixture of a session stands in for the one of everyone that has its id. */
function override(session: string, settings: AdminSettings, set: FixtureSet): void {
  const ids = set.fixtures.map(({ id }) => id);
  const { overrides, hidden } = without(peekSession(session, settings), ids);
  const given = new Set(set.limits.map(({ id }) => id));
  const kept = {
    fixtures: overrides.fixtures.toReversed(), // a later one goes before its equals
    limits: overrides.limits.filter(({ id }) => !given.has(id)),
  };
  change(session, settings, {
    overrides: createLayer([kept, set]),
    hidden: new Set([...(hidden ?? []), ...ids]),
  });
}

function without({ overrides, hidden }: Session, ids: readonly string[]) {
  const fixtures = overrides.fixtures.filter(({ id }) => !ids.includes(id)).toReversed();
  return { overrides: createLayer([{ fixtures, limits: overrides.limits }]), hidden };
}

function change(
  session: string,
  { engine }: AdminSettings,
  changes: Partial<Pick<Session, 'overrides' | 'hidden'>>,
): void {
  engine.sessions.change(session, { ...changes, hasHistory: true });
}

function list({
  session,
  scenario,
  settings,
}: Adding & { readonly scenario?: string | undefined }) {
  const shown = listShown({ session, settings }).filter(
    ({ fixture }) => scenario === undefined || fixture.scenario === scenario,
  );
  const count = counter({ session, settings });
  return { fixtures: shown.map((each) => summarize(each, count)) };
}

/** How often a fixture has answered: everyone, or a session as far as the journal tells. */
function counter({ session, settings }: Adding): (id: string) => number {
  if (session === undefined) return (id) => settings.uses.count(id);
  const counts = new Map<string, number>();
  for (const { fixture } of settings.engine.journal.list({ session })) {
    if (fixture !== undefined) counts.set(fixture, (counts.get(fixture) ?? 0) + 1);
  }
  return (id) => counts.get(id) ?? 0;
}

function summarize({ fixture, from }: Shown, count: (id: string) => number) {
  const { id, description, place, scenario, priority } = fixture;
  return { id, description, from, place, scenario, priority, used: count(id) };
}

function detail(shown: Shown, view: Adding) {
  const { conditions, steps, afterLast, requires, sets } = shown.fixture;
  return {
    ...summarize(shown, counter(view)),
    conditions: conditions.map(({ place, expected }) => ({
      place,
      expected: place.split(/[.[\]'"]+/).some(isSecretName) ? '[redacted]' : expected,
    })),
    respond: steps,
    afterLast,
    requires,
    sets,
  };
}

function refuseTaken(
  { fixtures, limits }: FixtureSet,
  { stock }: AdminSettings,
): Refusal | undefined {
  const { sets } = stock.own();
  const known = new Set(sets.flatMap((set) => set.fixtures.map(({ id }) => `fixture ${id}`)));
  for (const limit of sets.flatMap((set) => set.limits)) known.add(`rate limit ${limit.id}`);
  const given = [
    ...fixtures.map(({ id }) => ['fixture', id] as const),
    ...limits.map(({ id }) => ['rate limit', id] as const),
  ];
  const taken = given.filter(([kind, id]) => known.has(`${kind} ${id}`));
  if (taken.length === 0) return undefined;
  const names = taken.map(([kind, id]) => `${kind} "${id}"`).join(', ');
  const message = `There is already ${names}: PUT /__admin/fixtures/{id} replaces one, and ?session= gives one to a session alone.`;
  return { status: 409, code: 'already_there', message };
}

function refuseScenario(scenario: string): Refusal {
  const message = `The overrides of a session are always active there: leave out "scenario": "${scenario}", or import the file for everyone and let the session select it.`;
  return { status: 422, code: 'invalid_fixtures', message };
}

function refuseUnknown(id: string, view: View): Refusal {
  const nearest = findNearest(
    id,
    listShown(view).map(({ fixture }) => fixture.id),
  );
  const meant = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  return { status: 404, code: 'unknown_fixture', message: `There is no fixture "${id}".${meant}` };
}

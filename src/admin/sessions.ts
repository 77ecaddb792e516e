import type { Session, SessionChanges } from '../engine/session.ts';
import { judgeClient, renderVerdict } from '../engine/verdict.ts';
import { findNearest } from '../scenario/nearest.ts';
import { createLayer } from '../scenario/shelf.ts';
import { describeClock, placeClock } from './clock.ts';
import type { Handlers, Refusal } from './handler.ts';
import { type Inspected, inspectFixtures } from './inspect.ts';
import { peekSession } from './known-session.ts';
import type { AdminSettings } from './settings.ts';

export const sessionHandlers: Handlers<
  'listSessions' | 'getSession' | 'putSession' | 'resetSession' | 'deleteSession' | 'getVerdict'
> = {
  async listSessions(_, settings) {
    const sessions = settings.engine.sessions.list();
    const described = await Promise.all(sessions.map((session) => describe(session, settings)));
    return { status: 200, body: { sessions: described } };
  },

  async getSession({ id }, settings) {
    const session = settings.engine.sessions.find(id);
    if (!session) return refuseUnknown(id, settings);
    return { status: 200, body: await describe(session, settings) };
  },

  async putSession({ id, body }, settings) {
    const { engine, checkStep } = settings;
    const { scenario, seed, cassette, quirks = {}, clock, overrides = [], rateLimits = [] } = body;
    const { repertoire, sessions } = engine;
    if (scenario !== undefined && !(await repertoire.select(scenario))) {
      return refuseScenario(scenario, await repertoire.suggest(scenario));
    }
    const inspected: Inspected = await inspectFixtures(
      { version: 1, fixtures: overrides, rateLimits },
      {
        checkStep,
        toBodyPath: ([list, ...rest]) =>
          list === undefined ? [] : [list === 'fixtures' ? 'overrides' : list, ...rest],
      },
    );
    if (!inspected.ok) return inspected.refusal;
    const { set, warnings } = inspected;
    const existed = sessions.find(id) !== undefined;
    const changes: SessionChanges = {
      scenario,
      seed,
      cassette,
      quirks,
      clock: clock ? placeClock(peekSession(id, settings).clock, clock) : engine.clock,
      overrides: createLayer([set]),
      hidden: set.fixtures.length > 0 ? new Set(set.fixtures.map((one) => one.id)) : undefined,
      hasHistory: true,
    };
    const session = sessions.change(id, changes);
    const state = await describe(session, settings);
    return { status: existed ? 200 : 201, body: { ...state, warnings } };
  },

  async resetSession({ id }, { engine }) {
    await engine.store.reset(id);
    engine.journal.clear(id);
    return { status: 200, body: { reset: [id] } };
  },

  deleteSession: ({ id }, { engine }) => ({
    status: 200,
    body: { removed: engine.sessions.remove(id) },
  }),

  getVerdict({ id, query }, settings) {
    const { engine, toSubject } = settings;
    const session = engine.sessions.find(id);
    if (!session) return refuseUnknown(id, settings);
    const verdict = judgeClient(engine.journal.list({ session: id }), {
      toSubject,
      finished: query.finished,
      frozen: session.clock.kind !== 'system',
    });
    const text = renderVerdict(verdict).join('\n');
    return { status: 200, body: { session: id, ...verdict, text } };
  },
};

async function describe(session: Session, { engine }: AdminSettings) {
  const { name, scenario, seed, cassette, quirks, overrides, hidden, clock } = session;
  const own = overrides.fixtures.map(({ id }) => id);
  return {
    session: name,
    scenario,
    seed,
    cassette,
    clock: describeClock(clock),
    quirks: Object.fromEntries(
      Object.entries(quirks).filter((entry): entry is [string, boolean] => entry[1] !== undefined),
    ),
    overrides: own,
    hidden: [...(hidden ?? [])].filter((id) => !own.includes(id)),
    rateLimits: overrides.limits.map(({ id }) => id),
    states: await engine.store.readStates(name),
    requests: engine.journal.count(name),
  };
}

function refuseUnknown(id: string, { engine }: AdminSettings): Refusal {
  const nearest = findNearest(
    id,
    engine.sessions.list().map(({ name }) => name),
  );
  const meant = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  const message = `There is no session "${id}": none was declared, and no request named it.${meant}`;
  return { status: 404, code: 'unknown_session', message };
}

function refuseScenario(name: string, likely: readonly string[]): Refusal {
  const names = likely.map((each) => `"${each}"`).join(', ');
  const meant = names === '' ? 'None is loaded.' : `Did you mean ${names}?`;
  const message = `There is no scenario or fixture "${name}". ${meant}`;
  return { status: 422, code: 'unknown_scenario', message };
}

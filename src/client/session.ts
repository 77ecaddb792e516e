import { MockError } from '../errors.ts';
import { type Ask, type Carrier, createAsk } from './ask.ts';
import { createAwaiting, type ForgottenCall, withCaller } from './awaiting.ts';
import { type Connections, createConnections } from './connections.ts';
import {
  type FixtureInput,
  gatherFixtures,
  mergeFixtures,
  type OwnFixtures,
  type ScenarioInput,
} from './define.ts';
import { createInspection, type Inspection } from './inspection.ts';
import type { ClockPlace, ClockState, SessionQuirks } from './records.ts';
import { createSessionFetch } from './session-fetch.ts';
import { tellForgotten } from './tell.ts';

/** What a session is given at its start; the rest is as the mock has it. */
export interface SessionOptions {
  readonly scenario?: string | undefined;
  readonly seed?: string | undefined;
  readonly clock?: ClockPlace | undefined;
  readonly quirks?: SessionQuirks | undefined;
  /** The name of the cassette to record to and replay from, where the mock does either. */
  readonly cassette?: string | undefined;
}

export interface SessionClock {
  /** Moves a clock that does not run by itself; what falls due happens. */
  advance(milliseconds: number): Promise<void>;
  /** Stops it at a moment, or has it moved by hand. */
  set(place: ClockPlace): Promise<void>;
  /** Back to the clock of the mock. */
  reset(): Promise<void>;
}

/** What belongs to one test, on a mock in this process or elsewhere. */
export interface LongCatSession extends Connections, Inspection, AsyncDisposable {
  readonly name: string;
  readonly clock: SessionClock;
  /** A `fetch` whose requests go to the mock, whatever their host, and belong to this session. */
  readonly fetch: typeof globalThis.fetch;
  /**
   * Adds fixtures that this session alone has, in front of all others.
   *
   * @throws MockError `invalid-fixture`, with every problem
   */
  use(...fixtures: readonly (FixtureInput | ScenarioInput)[]): Promise<void>;
  /**
   * Selects a scenario; none for the mock's own choice.
   *
   * @throws MockError `unknown-scenario`
   */
  scenario(name: string | undefined): Promise<void>;
  /** Sequences, states, rate limits and requests begin again; fixtures and choices stay. */
  reset(): Promise<void>;
  /** The calls of this handle that nobody has waited for. */
  listForgotten(): readonly ForgottenCall[];
  /**
   * Drops the session, and all that is its own.
   *
   * @throws MockError `not-awaited` when a call of this handle was never waited for
   */
  close(): Promise<void>;
}

export interface Opening extends Carrier {
  readonly name: string;
  readonly options: SessionOptions;
  /** Whether clients reach the mock through its `fetch` alone. */
  readonly isInProcess: boolean;
}

/** All of a session, declared on its mock. */
export async function openSession(opening: Opening): Promise<LongCatSession> {
  const { name, options, url, isInProcess } = opening;
  const ask = createAsk(opening);
  const awaiting = createAwaiting();
  const declaration = createDeclaration(name, options, ask);
  await declaration.change({});
  const fetch = createSessionFetch(url, name, opening.fetch);
  const { watch, listForgotten } = awaiting;

  async function close(): Promise<void> {
    await ask('DELETE', { path: `/sessions/${name}` });
    const forgotten = listForgotten();
    const [first] = forgotten;
    if (!first) return;
    throw withCaller(new MockError('not-awaited', tellForgotten(forgotten)), first.frames);
  }

  return {
    name,
    fetch,
    ...createConnections(url, name, isInProcess ? fetch : undefined),
    ...createInspection(name, { ask, watch }),
    use: (...fixtures) => watch('use', declaration.add(gatherFixtures(fixtures))),
    scenario: (scenario) => watch('scenario', declaration.change({ scenario })),
    clock: {
      advance: (advanceMs) => watch('clock.advance', declaration.setClock({ advanceMs })),
      set: (place) => watch('clock.set', declaration.setClock(place)),
      reset: () => watch('clock.reset', declaration.setClock({ reset: true })),
    },
    reset: () => watch('reset', ask('POST', { path: `/sessions/${name}/reset` })),
    listForgotten,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** A declaration replaces all of a session: what was declared before is kept to be said again. */
function createDeclaration(name: string, options: SessionOptions, ask: Ask) {
  let choices = options;
  let own: OwnFixtures = { fixtures: [], rateLimits: [] };

  return {
    async change(changes: SessionOptions): Promise<void> {
      const changed = { ...choices, ...changes };
      const { fixtures: overrides, rateLimits } = own;
      const body = { ...changed, overrides, rateLimits };
      await ask('PUT', { path: `/sessions/${name}`, body });
      choices = changed;
    },

    async add(added: OwnFixtures): Promise<void> {
      const body = { version: 1, ...added };
      await ask('POST', { path: '/fixtures/import', query: { session: name }, body });
      own = mergeFixtures(own, added);
    },

    async setClock(body: ClockPlace | { advanceMs: number } | { reset: true }): Promise<void> {
      const { clock } = await ask<{ clock: ClockState }>('PUT', {
        path: '/clock',
        body: { session: name, ...body },
      });
      choices = { ...choices, clock: toPlace(clock) };
    },
  };
}

/** A clock that is moved by hand stays where it is; one that stands still is told where. */
function toPlace({ kind, now }: ClockState): ClockPlace | undefined {
  switch (kind) {
    case 'manual':
      return { manual: true };
    case 'frozen':
      return { now };
    case 'system':
      return undefined;
    default:
      return kind satisfies never;
  }
}

import type { ZodTypeAny } from 'zod/v3';
import { OneSession } from './schema/common.ts';
import * as fixtures from './schema/fixtures.ts';
import * as requests from './schema/requests.ts';
import * as server from './schema/server.ts';
import * as sessions from './schema/sessions.ts';

/** A route of the admin API. Refusals have the shape of `ErrorAnswer`. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: `/__admin/${string}`;
  readonly summary: string;
  readonly query?: ZodTypeAny;
  /** JSON; an empty body is `{}`. */
  readonly body?: ZodTypeAny;
  /** By status. */
  readonly answers: Readonly<Record<number, ZodTypeAny>>;
}

const serverOperations = {
  getHealth: {
    method: 'GET',
    path: '/__admin/health',
    summary: 'Whether the mock is up, and for how long.',
    answers: { 200: server.Health },
  },
  getVersion: {
    method: 'GET',
    path: '/__admin/version',
    summary: 'The version of the mock.',
    answers: { 200: server.Version },
  },
  getSettings: {
    method: 'GET',
    path: '/__admin/settings',
    summary: 'What the mock was started with; no secret is told.',
    answers: { 200: server.ServerSettings },
  },
  reset: {
    method: 'POST',
    path: '/__admin/reset',
    summary:
      'Forgets a session; without `session` all of them, and every change of the fixtures: refused while others work.',
    query: requests.DeleteRequestsQuery,
    answers: { 200: server.ResetDone },
  },
  shutdown: {
    method: 'POST',
    path: '/__admin/shutdown',
    summary: 'Ends a mock that listens, and the command that serves it.',
    answers: { 202: server.ShutdownBegun },
  },
} as const satisfies Record<string, Operation>;

const fixtureOperations = {
  listFixtures: {
    method: 'GET',
    path: '/__admin/fixtures',
    summary: 'The fixtures of files and of this API; a session’s own first.',
    query: fixtures.FixtureListQuery,
    answers: { 200: fixtures.FixtureList },
  },
  addFixtures: {
    method: 'POST',
    path: '/__admin/fixtures',
    summary: 'Adds fixtures that are always active; with `session`, for that one alone.',
    query: fixtures.FixtureQuery,
    body: fixtures.AddFixtures,
    answers: { 201: fixtures.FixturesAdded },
  },
  importFixtures: {
    method: 'POST',
    path: '/__admin/fixtures/import',
    summary: 'Adds what a whole fixture file holds, its rate limits and its scenario included.',
    query: fixtures.FixtureQuery,
    body: fixtures.LooseFile,
    answers: { 201: fixtures.FixturesAdded },
  },
  resetFixtures: {
    method: 'POST',
    path: '/__admin/fixtures/reset',
    summary: 'Undoes every change of the fixtures: back to the files.',
    query: fixtures.ResetFixturesQuery,
    answers: { 200: fixtures.FixtureList },
  },
  listUnusedFixtures: {
    method: 'GET',
    path: '/__admin/fixtures/unmatched',
    summary: 'The fixtures that have never answered a request.',
    query: fixtures.FixtureListQuery,
    answers: { 200: fixtures.FixtureList },
  },
  getFixture: {
    method: 'GET',
    path: '/__admin/fixtures/{id}',
    summary: 'One fixture.',
    query: fixtures.FixtureQuery,
    answers: { 200: fixtures.FixtureDetail },
  },
  putFixture: {
    method: 'PUT',
    path: '/__admin/fixtures/{id}',
    summary: 'Replaces a fixture, or adds it; the id may be left out of the body.',
    query: fixtures.FixtureQuery,
    body: fixtures.LooseFixture,
    answers: { 200: fixtures.FixturesAdded, 201: fixtures.FixturesAdded },
  },
  deleteFixture: {
    method: 'DELETE',
    path: '/__admin/fixtures/{id}',
    summary: 'Removes a fixture; with `session`, for that one alone.',
    query: fixtures.FixtureQuery,
    answers: { 200: fixtures.FixtureRemoved },
  },
  listScenarios: {
    method: 'GET',
    path: '/__admin/scenarios',
    summary: 'The scenarios that can be selected, and their states in a session.',
    query: OneSession,
    answers: { 200: fixtures.ScenarioList },
  },
  setScenarioState: {
    method: 'PUT',
    path: '/__admin/scenarios/{name}/state',
    summary: 'Puts the state machine of a scenario into a state.',
    query: OneSession,
    body: fixtures.SetState,
    answers: { 200: fixtures.StateSet },
  },
  resetScenarios: {
    method: 'POST',
    path: '/__admin/scenarios/reset',
    summary: 'A session’s sequences, states and rate limits begin again; its requests stay.',
    query: OneSession,
    answers: { 200: server.ResetDone },
  },
} as const satisfies Record<string, Operation>;

const sessionOperations = {
  listSessions: {
    method: 'GET',
    path: '/__admin/sessions',
    summary: 'The sessions, the least recently used first.',
    answers: { 200: sessions.SessionList },
  },
  getSession: {
    method: 'GET',
    path: '/__admin/sessions/{id}',
    summary: 'One session.',
    answers: { 200: sessions.SessionState },
  },
  putSession: {
    method: 'PUT',
    path: '/__admin/sessions/{id}',
    summary:
      'Declares all of a session in one call; doing it again changes nothing. Its state stays.',
    body: sessions.DeclareSession,
    answers: { 200: sessions.SessionDeclared, 201: sessions.SessionDeclared },
  },
  resetSession: {
    method: 'POST',
    path: '/__admin/sessions/{id}/reset',
    summary:
      'Its sequences, states, rate limits and requests begin again; what was declared stays.',
    answers: { 200: server.ResetDone },
  },
  deleteSession: {
    method: 'DELETE',
    path: '/__admin/sessions/{id}',
    summary: 'Forgets a session and all that belongs to it.',
    answers: { 200: sessions.SessionRemoved },
  },
  getVerdict: {
    method: 'GET',
    path: '/__admin/sessions/{id}/verdict',
    summary: 'What to say of the client that made the session’s requests.',
    query: sessions.VerdictQuery,
    answers: { 200: sessions.SessionVerdict },
  },
  setClock: {
    method: 'PUT',
    path: '/__admin/clock',
    summary: 'Stops the clock of a session, moves it by hand, or lets it run again.',
    body: sessions.SetClock,
    answers: { 200: sessions.ClockSet },
  },
} as const satisfies Record<string, Operation>;

const requestOperations = {
  listRequests: {
    method: 'GET',
    path: '/__admin/requests',
    summary: 'The requests that the journal holds, in the order in which they arrived.',
    query: requests.RequestQuery,
    answers: { 200: requests.RequestList },
  },
  deleteRequests: {
    method: 'DELETE',
    path: '/__admin/requests',
    summary: 'Empties the journal of a session; without `session` all: refused while others work.',
    query: requests.DeleteRequestsQuery,
    answers: { 200: requests.RequestsDeleted },
  },
  countRequests: {
    method: 'POST',
    path: '/__admin/requests/count',
    summary: 'How many requests fit.',
    body: requests.RequestFilter,
    answers: { 200: requests.RequestCount },
  },
  findRequests: {
    method: 'POST',
    path: '/__admin/requests/find',
    summary: 'The requests that fit.',
    body: requests.RequestFilter,
    answers: { 200: requests.RequestList },
  },
  waitForCount: {
    method: 'POST',
    path: '/__admin/requests/wait-for-count',
    summary: 'Answers once so many requests fit, or the time is up (406).',
    body: requests.WaitForCount,
    answers: { 200: requests.CountWaited, 406: requests.CountWaited },
  },
  listUnmatchedRequests: {
    method: 'GET',
    path: '/__admin/requests/unmatched',
    summary: 'The requests that no fixture matched.',
    query: requests.UnmatchedQuery,
    answers: { 200: requests.RequestList },
  },
  explainUnmatchedRequests: {
    method: 'GET',
    path: '/__admin/requests/unmatched/near-misses',
    summary: 'Why no fixture matches them, by the fixtures and states of this moment.',
    query: requests.UnmatchedQuery,
    answers: { 200: requests.NearMissList },
  },
  getRequest: {
    method: 'GET',
    path: '/__admin/requests/{id}',
    summary: 'One request, and why no fixture matched it.',
    answers: { 200: requests.RequestDetail },
  },
  explainRequest: {
    method: 'POST',
    path: '/__admin/near-misses/request',
    summary:
      'What a request would get, and why no fixture would match it; nothing is taken for it.',
    body: requests.ExplainRequest,
    answers: { 200: requests.Explanation },
  },
  verifyRequests: {
    method: 'POST',
    path: '/__admin/verify',
    summary:
      'Whether a session’s requests are as they were to be: 406 when not, 409 when the journal cannot tell.',
    body: requests.VerifyRequests,
    answers: {
      200: requests.Verification,
      406: requests.Verification,
      409: requests.Verification,
    },
  },
} as const satisfies Record<string, Operation>;

/** Every route of the admin API with the schemas of its bodies, by a name for programs. */
export const adminOperations = {
  ...serverOperations,
  ...fixtureOperations,
  ...sessionOperations,
  ...requestOperations,
};

export type OperationId = keyof typeof adminOperations;

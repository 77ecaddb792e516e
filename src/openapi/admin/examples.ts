import type { OperationId } from '../../admin/operations.ts';
import type { Examples } from '../examples/example.ts';
import * as fixtures from './examples/fixtures.ts';
import * as recordings from './examples/recordings.ts';
import * as requests from './examples/requests.ts';
import * as server from './examples/server.ts';
import * as sessions from './examples/sessions.ts';

export const bodyExamples: Partial<Readonly<Record<OperationId, Examples>>> = {
  addFixtures: {
    one: { summary: 'One fixture', value: fixtures.fixtures.one },
    several: { summary: 'Several fixtures', value: fixtures.fixtures.several },
  },
  importFixtures: only('A scenario of its own', fixtures.file),
  putFixture: only('Another text', fixtures.replacement),
  setScenarioState: only('Another state', fixtures.state),
  putSession: only('All of a session', sessions.declaration),
  setClock: {
    stop: { summary: 'Stop at a moment', value: sessions.clocks.stop },
    advance: { summary: 'Move by a minute', value: sessions.clocks.advance },
    release: { summary: 'Let it run again', value: sessions.clocks.release },
  },
  countRequests: only('Of one session and format', requests.filter),
  findRequests: only('Of one session and format', requests.filter),
  waitForCount: only('Two requests, for five seconds', requests.wait),
  explainRequest: only('A question', requests.question),
  verifyRequests: only('Once', requests.verification),
  startRecording: only('Anew, for one test', recordings.start),
  stopRecording: only('Of one session', { session: 'checkout' }),
};

type ByStatus = Readonly<Record<number, Examples>>;

export const answerExamples: Readonly<Record<OperationId, ByStatus>> = {
  getHealth: { 200: only('Up', server.health) },
  getVersion: { 200: only('A version', server.version) },
  getSettings: { 200: only('The defaults', server.settings) },
  getOpenApi: { 200: only('The beginning of it', server.document) },
  reset: { 200: only('One session', server.resetDone) },
  shutdown: { 202: only('It ends', server.closing) },
  listFixtures: { 200: only('One fixture of a file', fixtures.list) },
  addFixtures: { 201: only('One was added', fixtures.added) },
  importFixtures: { 201: only('A scenario was added', fixtures.imported) },
  resetFixtures: { 200: only('Those of the files', fixtures.list) },
  listUnusedFixtures: { 200: only('One that never answered', fixtures.unused) },
  getFixture: { 200: only('A fixture of a file', fixtures.detail) },
  putFixture: {
    200: only('One was replaced', fixtures.added),
    201: only('One was added', fixtures.added),
  },
  deleteFixture: { 200: only('It is gone', fixtures.removed) },
  listScenarios: { 200: only('A shipped one', fixtures.scenarios) },
  setScenarioState: { 200: only('The state', fixtures.stateSet) },
  resetScenarios: { 200: only('One session', server.resetDone) },
  listSessions: { 200: only('One session', sessions.list) },
  getSession: { 200: only('A declared session', sessions.state) },
  putSession: {
    200: only('Declared again', sessions.declared),
    201: only('Declared', sessions.declared),
  },
  resetSession: { 200: only('One session', server.resetDone) },
  deleteSession: { 200: only('It is gone', sessions.removed) },
  getVerdict: { 200: only('A client that retries too much', sessions.verdict) },
  setClock: { 200: only('A clock that stands still', sessions.clockSet) },
  listRequests: { 200: only('One request', requests.list) },
  deleteRequests: { 200: only('Three were held', requests.deleted) },
  countRequests: { 200: only('An SDK retried once', requests.count) },
  findRequests: { 200: only('One request', requests.list) },
  waitForCount: {
    200: only('They came', requests.waited),
    406: only('The time was up', requests.waitedInVain),
  },
  listUnmatchedRequests: { 200: only('One request', requests.list) },
  explainUnmatchedRequests: { 200: only('One request', requests.nearMisses) },
  getRequest: { 200: only('One that no fixture matched', requests.detail) },
  explainRequest: { 200: only('No fixture matches', requests.explanation) },
  verifyRequests: {
    200: only('As it was to be', requests.passed),
    406: only('Not so', requests.failed),
    409: only('The journal cannot tell', requests.inconclusive),
  },
  getRecordings: { 200: only('One session records', recordings.state) },
  startRecording: { 200: only('One session records', recordings.state) },
  stopRecording: { 200: only('All is on disk', { ...recordings.state, sessions: {} }) },
};

function only(summary: string, value: unknown): Examples {
  return { example: { summary, value } };
}

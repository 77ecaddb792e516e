export {
  type ConnectedLongCatMock,
  type ConnectOptions,
  connectLongCatMock,
} from './client/connect.ts';
export type { AnthropicConnection, Environment, OpenAIConnection } from './client/connections.ts';
export {
  defineFixture,
  defineScenario,
  type FixtureInput,
  type ScenarioInput,
} from './client/define.ts';
export type { Bounds, Expectation, Times } from './client/inspection.ts';
export type {
  ClockPlace,
  Explanation,
  MatchInput,
  RequestRecord,
  SessionVerdict,
  UnmatchedRequest,
  Verification,
} from './client/records.ts';
export type { LongCatSession, SessionClock, SessionOptions } from './client/session.ts';
export type { LongCatSessions } from './client/sessions.ts';
export type { QuirkName, QuirkSettings } from './contract/quirks.ts';
export { type Clock, frozenClock } from './engine/clock.ts';
export { MockError, type MockErrorCode } from './errors.ts';
export type { RequestReport, Validation } from './http/settings.ts';
export {
  createLongCatMock,
  type LongCatMock,
  type RunningLongCatMock,
  startLongCatMock,
} from './mock.ts';
export type { ListeningOptions, LongCatMockOptions } from './options.ts';

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

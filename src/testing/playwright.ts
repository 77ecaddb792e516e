import { test as base, expect as baseExpect } from '@playwright/test';
import type { LongCatSession } from '../client/session.ts';
import type { ListeningOptions } from '../options.ts';
import { type LongCatMatchers, matchers } from './matchers.ts';
import { openMock, type TestMock } from './place.ts';
import { closeTestSession, openTestSession, type TestOptions } from './test-session.ts';

export { type LongCatServerOptions, longcatServer } from './web-server.ts';
export type { LongCatMatchers, LongCatSession, TestMock, TestOptions };

export interface LongCatFixtures {
  /** The session of this test. */
  readonly longcat: LongCatSession;
  /** What the sessions are given: an option, for `use` in the configuration and `test.use`. */
  readonly longcatOptions: TestOptions;
}

export interface LongCatWorkerFixtures {
  /** The mock of LONGCAT_MOCK_URL, as `longcatServer` sets it; else one of this worker. */
  readonly longcatMock: TestMock;
  /** How the worker's own mock is started: an option. */
  readonly longcatMockOptions: ListeningOptions;
}

/** Playwright's own `test`, with a session for each test that asks for `longcat`. */
export const test = base.extend<LongCatFixtures, LongCatWorkerFixtures>({
  longcatMockOptions: [{}, { option: true, scope: 'worker' }],
  longcatMock: [
    async ({ longcatMockOptions }, use) => {
      const mock = await openMock(longcatMockOptions);
      await use(mock);
      await mock.close();
    },
    { scope: 'worker' },
  ],
  longcatOptions: [{}, { option: true }],
  longcat: async (
    { longcatMock, longcatOptions },
    use,
    { file, titlePath, project, repeatEachIndex },
  ) => {
    const mark = `${project.name} ${repeatEachIndex}`;
    const session = await openTestSession(
      longcatMock,
      { file, titles: titlePath.slice(1), mark },
      longcatOptions,
    );
    await use(session);
    await closeTestSession(session, longcatOptions);
  },
});

export const expect = baseExpect.extend(matchers);

import { test as base, expect, inject } from 'vitest';
import type { LongCatSession } from '../client/session.ts';
import { type LongCatMatchers, matchers } from './matchers.ts';
import { type MockPlace, openMock, type TestMock } from './place.ts';
import { closeTestSession, openTestSession, type TestOptions } from './test-session.ts';

export { expect };
export type { LongCatMatchers, LongCatSession, MockPlace, TestMock, TestOptions };

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the global setup has started a mock. */
    longcatMock: MockPlace;
  }
  // biome-ignore lint/suspicious/noExplicitAny: Vitest's own declaration, which this one joins.
  interface Matchers<T = any> extends LongCatMatchers {}
}

export interface LongCatFixtures {
  /** The session of this test. */
  readonly longcat: LongCatSession;
  /** What the sessions are given; for one file or group, by `test.override` (`test.scoped`). */
  readonly longcatOptions: TestOptions;
  /** The mock of the run; without a global setup, of this worker. */
  readonly longcatMock: TestMock;
}

expect.extend(matchers);

/** Vitest's own `test`, with a session for each test that asks for `longcat`. */
export const test = base.extend<LongCatFixtures>({
  longcatMock: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest wants to see the fixtures that it uses.
    async ({}, use) => {
      const mock = await openMock({}, inject('longcatMock'));
      await use(mock);
      await mock.close();
    },
    { scope: 'worker' },
  ],
  longcatOptions: {},
  longcat: async ({ task, onTestFinished, longcatMock, longcatOptions }, use) => {
    const identity = {
      file: task.file.filepath,
      titles: listTitles(task),
      mark: `${task.file.projectName ?? ''}${task.id}`,
    };
    const session = await openTestSession(longcatMock, identity, longcatOptions);
    const settle = createSettlement(onTestFinished);
    await use(session);
    await settle(closeTestSession(session, longcatOptions));
  },
});

export const it = test;

/** Vitest reports twice what a fixture throws at its end, and once what a hook of the test does. */
function createSettlement(onTestFinished: (hook: () => void) => void) {
  const problems: unknown[] = [];
  let isOver = false;
  onTestFinished(() => {
    isOver = true;
    for (const problem of problems) throw problem;
  });
  return async function settle(ending: Promise<void>): Promise<void> {
    await ending.catch((problem: unknown) => {
      if (isOver) throw problem; // a fixture of aroundEach ends after the hooks
      problems.push(problem);
    });
  };
}

interface Named {
  readonly name: string;
  readonly suite?: Named | undefined;
}

function listTitles({ name, suite }: Named): readonly string[] {
  return suite ? [...listTitles(suite), name] : [name];
}

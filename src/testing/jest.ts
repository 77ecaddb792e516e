import type { LongCatSession } from '../client/session.ts';
import { MockError } from '../errors.ts';
import { type LongCatMatchers, matchers } from './matchers.ts';
import { openMock, readPlace, type TestMock } from './place.ts';
import { closeTestSession, openTestSession, type TestOptions } from './test-session.ts';

export type { LongCatMatchers, LongCatSession, TestOptions };

declare global {
  namespace jest {
    interface Matchers<R, T> extends LongCatMatchers {}
  }
}

/** As much of Jest's globals as is needed. */
interface Jest {
  beforeEach(hook: () => Promise<void>): void;
  afterEach(hook: () => Promise<void>): void;
  readonly expect: {
    extend(matchers: object): void;
    getState(): { readonly testPath?: string; readonly currentTestName?: string };
  };
}

const jest = findJest();
jest.expect.extend(matchers);

const findMock = createFinder();

/**
 * A session for each test of the file, or of the group in which this is called. What it returns is
 * the session of the test that is running.
 */
export function useLongCat(options: TestOptions = {}): LongCatSession {
  let current: LongCatSession | undefined;
  jest.beforeEach(async () => {
    const { testPath: file = '', currentTestName: title = '' } = jest.expect.getState();
    current = await openTestSession(await findMock(), { file, titles: [title] }, options);
  });
  jest.afterEach(async () => {
    const ended = current;
    current = undefined;
    if (ended) await closeTestSession(ended, options);
  });
  return delegateTo(() => {
    if (current) return current;
    const message =
      'What useLongCat() returns is there within a test: use it in the test’s function. A concurrent test takes withLongCat().';
    throw new MockError('invalid-config', message);
  });
}

/** Counts the tests of a file that Jest gives no name while they run. */
const countTests = createCounter();

/** The function of a test with a session of its own: `test.concurrent('…', withLongCat(async (longcat) => { … }))`. */
export function withLongCat(
  run: (longcat: LongCatSession) => Promise<void> | void,
  options: TestOptions = {},
): () => Promise<void> {
  const titles = [`concurrent ${countTests()}`];
  return async () => {
    const { testPath: file = '' } = jest.expect.getState();
    const session = await openTestSession(await findMock(), { file, titles }, options);
    try {
      await run(session);
    } catch (error) {
      await session.close().catch(() => {}); // the test has failed already, and of this
      throw error;
    }
    await closeTestSession(session, options);
  };
}

function findJest(): Jest {
  const found = globalThis as Partial<Jest>;
  if (found.beforeEach && found.afterEach && found.expect) return found as Jest;
  const message =
    'longcat-mock/jest finds no beforeEach, afterEach and expect: require it in a test file of Jest, and leave injectGlobals on.';
  throw new MockError('invalid-config', message);
}

function createFinder(): () => Promise<TestMock> {
  let opening: Promise<TestMock> | undefined;
  return () => {
    opening ??= openShared();
    return opening;
  };
}

/** Jest's sandbox cannot load a mock: the global setup has started it outside. */
async function openShared(): Promise<TestMock> {
  const place = readPlace();
  if (!place) throw new MockError('invalid-config', noPlace);
  if (typeof globalThis.fetch !== 'function') throw new MockError('invalid-config', noFetch);
  return openMock({}, place);
}

const noPlace =
  'There is no mock for the tests. Add to the configuration of Jest: globalSetup: "longcat-mock/jest/global-setup" and globalTeardown: "longcat-mock/jest/global-teardown"; or set LONGCAT_MOCK_URL to the address of one.';

const noFetch =
  'This environment of Jest has no fetch, as jsdom’s has none: write "@jest-environment node" in a comment at the top of the file.';

function createCounter(): () => number {
  let count = 0;
  return () => {
    count += 1;
    return count;
  };
}

/** An object whose members are those of another one, looked up each time. */
function delegateTo(find: () => LongCatSession): LongCatSession {
  return new Proxy({} as LongCatSession, {
    get: (_, member) => find()[member as keyof LongCatSession],
    has: (_, member) => member in find(),
  });
}

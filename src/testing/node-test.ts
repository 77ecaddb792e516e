import { after, type TestContext } from 'node:test';
import type { LongCatSession } from '../client/session.ts';
import type { ListeningOptions } from '../options.ts';
import { openMock, type TestMock } from './place.ts';
import { closeTestSession, openTestSession, type TestOptions } from './test-session.ts';

export type { LongCatSession, TestOptions };

const findMock = createFinder();

/**
 * A session for one test, dropped when the test ends; the mock is this process's own, or that of
 * LONGCAT_MOCK_URL.
 */
export async function useLongCat(
  test: TestContext,
  options: TestOptions = {},
): Promise<LongCatSession> {
  const { name, fullName = name, filePath = process.argv[1] ?? '' } = test as Named;
  const identity = { file: filePath, titles: fullName.split(' > ') };
  const session = await openTestSession(await findMock(), identity, options);
  test.after(() => closeTestSession(session, options));
  return session;
}

/** Members that later versions of Node have. */
interface Named {
  readonly name: string;
  readonly fullName?: string;
  readonly filePath?: string;
}

/** The mock is started when a test first asks for it, and ends after all of them. */
function createFinder(options: ListeningOptions = {}): () => Promise<TestMock> {
  let opening: Promise<TestMock> | undefined;
  after(async () => (await opening)?.close());
  return () => {
    opening ??= openMock(options);
    return opening;
  };
}

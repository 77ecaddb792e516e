import type { LongCatSession, SessionOptions } from '../client/session.ts';
import type { LongCatSessions } from '../client/sessions.ts';
import { tellUnmatched } from '../client/tell.ts';
import { MockError } from '../errors.ts';
import { nameCassette, nameSession, type TestIdentity } from './name.ts';

/** What a test wants of its session. */
export interface TestOptions extends SessionOptions {
  /** Whether a request without a fixture fails the test; it does by default. */
  readonly failOnUnmatched?: boolean;
}

/** A session of the test's own, with the test's name and its cassette. */
export async function openTestSession(
  mock: LongCatSessions,
  identity: TestIdentity,
  { failOnUnmatched: _, ...options }: TestOptions = {},
): Promise<LongCatSession> {
  const name = nameSession(identity);
  const free = (await mock.has(name)) ? `${name}-${crypto.randomUUID().slice(0, 8)}` : name;
  return mock.session(free, { cassette: nameCassette(identity), ...options });
}

/**
 * Drops the session of a test that has ended.
 *
 * @throws MockError `unmatched-requests` or `not-awaited`, of which a test should fail
 */
export async function closeTestSession(
  session: LongCatSession,
  { failOnUnmatched = true }: TestOptions = {},
): Promise<void> {
  const forgotten = session.listForgotten();
  const unmatched = failOnUnmatched ? await session.unmatched() : [];
  if (unmatched.length === 0) return session.close();
  await session.close().catch(() => {}); // what it would tell is told here
  const message = tellUnmatched(session.name, unmatched, forgotten);
  throw new MockError('unmatched-requests', message);
}

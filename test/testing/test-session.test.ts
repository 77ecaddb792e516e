import { expect, it } from 'vitest';
import { createSessions } from '../../src/client/sessions.ts';
import { createLongCatMock, type LongCatMock } from '../../src/index.ts';
import { closeTestSession, openTestSession } from '../../src/testing/test-session.ts';
import { ask } from '../ask.ts';

const identity = { file: 'test/chat.test.ts', titles: ['answers'] };

async function askUnmatched(mock: LongCatMock, session: string): Promise<void> {
  await ask({}, { mock, headers: { 'x-longcat-mock-session': session } });
}

it('a session of another run that has the name is left alone', async () => {
  await using mock = createLongCatMock();
  await using one = await openTestSession(mock, identity);
  await using other = await openTestSession(mock, identity);

  expect(other.name).toMatch(new RegExp(`^${one.name}-[0-9a-f]{8}$`));
});

it('a request without a fixture fails the test, and the session is dropped all the same', async () => {
  await using mock = createLongCatMock();
  const session = await openTestSession(mock, identity);
  await session.use({ id: 'later', match: { turnIndex: 7 }, respond: {} });
  await askUnmatched(mock, session.name);

  await expect(closeTestSession(session)).rejects.toMatchObject({
    code: 'unmatched-requests',
    message: expect.stringMatching(
      /^1 request of session "answers-\w+" had no fixture\.\n\nPOST \/openai.*\nNo fixture matched\. Closest: "later"/,
    ),
  });
  expect(await mock.has(session.name)).toBe(false);
});

it('a request without a fixture may be let be', async () => {
  await using mock = createLongCatMock();
  const session = await openTestSession(mock, identity);
  await session.use({ id: 'later', match: { turnIndex: 7 }, respond: {} });
  await askUnmatched(mock, session.name);

  await expect(closeTestSession(session, { failOnUnmatched: false })).resolves.toBeUndefined();
});

it('a request that came before its fixture tells of the await that is missing', async () => {
  await using mock = createLongCatMock();
  const session = await openTestSession(mock, identity);
  await session.use({ id: 'later', match: { turnIndex: 7 }, respond: {} });
  await askUnmatched(mock, session.name);
  const using = session.use({ id: 'any', respond: {} });
  await mock.session('other'); // by then the fixture is there

  await expect(closeTestSession(session)).rejects.toThrow(
    /"any" would answer it now: it came before its fixture\.\n\nNobody waited for use\(\)/,
  );
  await using;
});

it.each([
  ['names its cassette where there are some', { cassettes: './cassettes' }, true],
  ['names none where nothing is recorded', {}, false],
])('the session of a test %s', async (_, settings, isNamed) => {
  const bodies: unknown[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (init?.body) bodies.push(JSON.parse(String(init.body)));
    if (String(input).endsWith('/settings')) return Response.json(settings);
    return Response.json({ error: 'none' }, { status: init?.method === 'GET' ? 404 : 200 });
  };
  const sessions = createSessions({ url: 'http://longcat.mock', fetch, isOwn: true });

  await openTestSession(sessions, identity);

  const cassette = isNamed ? 'test/chat.test.ts > answers' : undefined;
  expect(bodies).toEqual([{ cassette, overrides: [], rateLimits: [] }]);
});

import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type ConnectedLongCatMock,
  connectLongCatMock,
  createLongCatMock,
  defineFixture,
  defineScenario,
  type LongCatSession,
  type LongCatSessions,
  type RunningLongCatMock,
  startLongCatMock,
} from '../../src/index.ts';
import { hello } from '../ask.ts';

let running: RunningLongCatMock;
let connected: ConnectedLongCatMock;
const portless = createLongCatMock();

beforeAll(async () => {
  running = await startLongCatMock({ port: 0, fixtures: [], adminToken: 'let-me-in' });
  connected = await connectLongCatMock({ url: `${running.url}/`, adminToken: 'let-me-in' });
});
afterAll(async () => {
  await running.close();
  await portless.close();
});

const carriers: readonly (readonly [string, () => LongCatSessions])[] = [
  ['a mock without a port', () => portless],
  ['a mock that listens', () => running],
  ['a mock elsewhere', () => connected],
];

const greeting = defineFixture({
  id: 'greeting',
  match: { messages: { last: { text: { contains: 'Hello' } } } },
  respond: { text: 'Good day.' },
});

async function greet(session: LongCatSession, overrides: object = {}): Promise<Response> {
  return session.fetch('/openai/v1/chat/completions', {
    method: 'POST',
    headers: { authorization: 'Bearer any' }, // names no session: the fetch does
    body: JSON.stringify({ ...hello, ...overrides }),
  });
}

async function readText(response: Response): Promise<unknown> {
  return (await response.json()).choices[0].message.content;
}

it.each(carriers)('on %s the official clients need nothing but a session', async (_, mock) => {
  await using session = await mock().session();
  await session.use(greeting);

  const openai = new OpenAI(session.openai());
  const chat = await openai.chat.completions.create({
    model: 'LongCat-2.0',
    messages: [{ role: 'user', content: 'Hello!' }],
  });
  const anthropic = new Anthropic(session.anthropic());
  const message = await anthropic.messages.create({
    model: 'LongCat-2.0',
    max_tokens: 100,
    messages: [{ role: 'user', content: 'Hello!' }],
  });

  expect(chat.choices[0]?.message.content).toBe('Good day.');
  expect(message.content).toMatchObject([{ type: 'text', text: 'Good day.' }]);
  const requests = await session.requests();
  expect(requests.map(({ session: name }) => name)).toEqual([session.name, session.name]);
});

it.each(carriers)('on %s a session has fixtures that others have not', async (_, mock) => {
  await using one = await mock().session();
  await using other = await mock().session();
  await one.use(greeting);

  expect(await readText(await greet(one))).toBe('Good day.');
  expect(await readText(await greet(other))).not.toBe('Good day.');
  expect(await one.requests()).toHaveLength(1);
  expect(await other.requests()).toHaveLength(1);
});

it.each(carriers)('on %s a used fixture goes in front of those before it', async (_, mock) => {
  await using session = await mock().session();
  await session.use(greeting);
  await session.use({ id: 'other', respond: { text: 'Other.' } });

  expect(await readText(await greet(session))).toBe('Other.');
});

it.each(carriers)('on %s every problem of a used fixture is told', async (_, mock) => {
  await using session = await mock().session();
  const wrong = { id: 'wrong', match: { modle: 'x' }, respond: { txt: 'y' } };

  await expect(session.use(wrong as never)).rejects.toMatchObject({
    name: 'MockError',
    code: 'invalid-fixture',
    message: [
      'The mock refuses what it was given:',
      '  fixtures[0].match.modle: Unknown key "modle". Did you mean "model"?',
      '  fixtures[0].respond.txt: Unknown key "txt". Did you mean "text"?',
    ].join('\n'),
  });
});

it.each(carriers)('on %s a choice of scenario keeps fixtures, seed and clock', async (_, mock) => {
  await using session = await mock().session(undefined, { seed: 'spring', clock: { now: 5000 } });
  await session.use(greeting);
  await session.clock.advance(2000);

  await session.scenario('rate-limit');
  const answer = await (await greet(session)).json();

  expect(answer).toMatchObject({ created: 7, choices: [{ message: { content: 'Good day.' } }] });
});

it.each(carriers)('on %s an unknown scenario is told with its neighbours', async (_, mock) => {
  await expect(mock().session('lost', { scenario: 'rate-limt' })).rejects.toMatchObject({
    code: 'unknown-scenario',
    message: expect.stringMatching(/There is no scenario or fixture "rate-limt".*"rate-limit/),
  });
});

it.each(carriers)('on %s a clock that is moved by hand frees a rate limit', async (_, mock) => {
  await using session = await mock().session(undefined, { clock: { manual: true } });
  await session.use(
    defineScenario({
      fixtures: [greeting],
      rateLimits: [{ id: 'slow', requestsPerMinute: 1, burst: 1 }],
    }),
  );

  expect((await greet(session)).status).toBe(200);
  expect((await greet(session)).status).toBe(429);
  await session.clock.advance(60_000);
  expect((await greet(session)).status).toBe(200);
});

it.each(carriers)('on %s a reset keeps the fixtures and forgets the requests', async (_, mock) => {
  await using session = await mock().session();
  await session.use({ id: 'steps', respond: [{ text: 'One.' }, { text: 'Two.' }] });
  await greet(session);

  await session.reset();

  expect(await session.requests()).toEqual([]);
  expect(await readText(await greet(session))).toBe('One.');
});

it.each(
  carriers,
)('on %s what was received is verified, and a retry is no call', async (_, mock) => {
  await using session = await mock().session(undefined, { scenario: 'rate-limit' });
  const client = new OpenAI({ ...session.openai(), maxRetries: 1 });
  await client.chat.completions.create({
    model: 'LongCat-2.0',
    messages: [{ role: 'user', content: 'Hello!' }],
  });

  await session.verify({ match: { model: 'LongCat-2.0' }, calls: 1 });
  await session.verify({ times: 2 });
  expect(await session.calls()).toHaveLength(1);
  expect((await session.verdict()).findings).toEqual([]);
});

it.each(carriers)('on %s a failed verification names the nearest request', async (_, mock) => {
  await using session = await mock().session();
  await greet(session);
  const [request] = await session.requests();

  await expect(
    session.verify({ match: { messages: { last: { text: 'Bye' } } } }),
  ).rejects.toMatchObject({
    code: 'not-verified',
    message: [
      `Session "${session.name}": expected at least 1 request, received 0 requests.`,
      `Nearest request ${request?.id}: 0 of 1 conditions.`,
      '  messages[-1].content: expected "Bye", got "Hello!"',
    ].join('\n'),
  });
});

it('a verification without any request tells where requests went instead', async () => {
  await using mock = createLongCatMock();
  await using session = await mock.session('tests');
  await expect(session.verify({})).rejects.toThrow('No request came at all.');

  await mock.fetch('http://localhost/openai/v1/chat/completions', {
    method: 'POST',
    headers: { authorization: 'Bearer any' },
    body: JSON.stringify(hello),
  });

  await expect(session.verify({})).rejects.toThrow(
    '1 request came to session "default" instead: make the client with openai(), anthropic() or env() of this one.',
  );
});

it('an unmatched request is told with why no fixture answered', async () => {
  await using mock = createLongCatMock();
  await using session = await mock.session('tests');
  await session.use(greeting);
  await greet(session, { messages: [{ role: 'user', content: 'Bye' }] });

  const [unmatched] = await session.unmatched();

  expect(unmatched?.request).toMatchObject({ session: 'tests', status: 404 });
  expect(unmatched?.explanation).toMatchObject({ result: 'unmatched', kind: 'differs' });
});

it('a session that the mock has dropped says so', async () => {
  await using mock = createLongCatMock();
  const session = await mock.session('tests');
  await mock.reset();

  await expect(session.requests()).rejects.toMatchObject({
    code: 'session-gone',
    message: expect.stringContaining('There is no session "tests" any more'),
  });
  await expect(session.verify({ times: 0 })).rejects.toThrow(
    'There is no session "tests" any more',
  );
});

it('a call that nobody waited for is told when the session closes', async () => {
  await using mock = createLongCatMock();
  const session = await mock.session();
  await session.use(greeting);
  session.use({ id: 'forgotten', respond: {} });

  await expect(session.close()).rejects.toMatchObject({
    code: 'not-awaited',
    message: expect.stringContaining('Nobody waited for use(): write "await" before it'),
  });
});

it('calls that are waited for together are waited for', async () => {
  await using mock = createLongCatMock();
  const session = await mock.session();
  await Promise.all([session.use(greeting), session.scenario('rate-limit')]);

  await expect(session.close()).resolves.toBeUndefined();
});

it('the end of a session leaves nothing of it', async () => {
  await using mock = createLongCatMock();
  {
    await using session = await mock.session('tests');
    await session.use(greeting);
    await greet(session);
  }
  await using again = await mock.session('tests');

  expect(await again.requests()).toEqual([]);
  expect(await readText(await greet(again))).not.toBe('Good day.');
});

it('the environment of a session names it by path and key', async () => {
  const session = await connected.session('of-a-child');

  expect(session.env()).toEqual({
    OPENAI_BASE_URL: `${running.url}/s/of-a-child/openai/v1`,
    OPENAI_API_KEY: 'lcmock_of-a-child',
    ANTHROPIC_BASE_URL: `${running.url}/s/of-a-child/anthropic`,
    ANTHROPIC_AUTH_TOKEN: 'lcmock_of-a-child',
    LONGCAT_BASE_URL: `${running.url}/s/of-a-child`,
    LONGCAT_API_KEY: 'lcmock_of-a-child',
  });
});

it('a name that fits in no path is refused', async () => {
  await expect(portless.session('a/b')).rejects.toThrow('Invalid session name "a/b": expected');
});

it('sessions without a name are counted', async () => {
  await using mock = createLongCatMock();

  const names = [await mock.session(), await mock.session()].map(({ name }) => name);

  expect(names).toEqual(['session-1', 'session-2']);
});

it('the stack of an error leads to the line that asked', async () => {
  await using session = await portless.session();

  const error: Error = await session.scenario('nowhere').catch((reason) => reason);

  expect(error.stack?.split('\n')[1]).toContain('session.test.ts');
});

import OpenAI from 'openai';
import { expect, it } from 'vitest';
import { createLongCatMock, type LongCatMock, startLongCatMock } from '../../src/index.ts';
import { ask, messagesPath } from '../ask.ts';
import { script } from '../script.ts';
import { waitFor } from '../wait.ts';
import { as, call, readRefusal, refuse, send, textFixture } from './admin.ts';

function say(mock: LongCatMock, content: string, session?: string): Promise<Response> {
  const headers = session === undefined ? {} : as(session);
  return ask({ messages: [{ role: 'user', content }] }, { mock, headers });
}

const hi = { messages: { last: { text: 'hi' } } };

/** Two sessions: w1 asks hi twice and something else, w2 hi once. */
async function makeBusy(): Promise<LongCatMock> {
  const mock = createLongCatMock();
  script(mock, [{ id: 'hi', match: hi, respond: { text: 'Hi.' } }]);
  await say(mock, 'hi', 'w1');
  await say(mock, 'hi', 'w1');
  await say(mock, 'what?', 'w1');
  await say(mock, 'hi', 'w2');
  return mock;
}

it.each([
  [{}, 4],
  [{ session: 'w1' }, 3],
  [{ session: 'nobody' }, 0],
  [{ limit: '2' }, 2],
  [{ unmatched: 'true' }, 1],
  [{ unmatched: 'false' }, 3],
  [{ fixture: 'hi', session: 'w1' }, 2],
  [{ since: '2020-01-01T00:00:00Z' }, 4],
  [{ since: '4102444800000' }, 0],
])('requests are listed by %j', async (query, count) => {
  const mock = await makeBusy();
  const { body } = await call(mock, 'listRequests', { query });

  expect(body.requests).toHaveLength(count);
});

it.each([
  [{ sesion: 'w1' }, 'Unknown key "sesion". Did you mean "session"?'],
  [{ limit: 'all' }, 'Invalid limit "all": expected a whole number'],
  [{ since: 'yesterday' }, 'expected milliseconds since 1970'],
])('the query %j is refused', async (query, words) => {
  const { status, message } = await refuse(createLongCatMock(), 'listRequests', { query });

  expect(status).toBe(400);
  expect(message).toContain(words);
});

it('what is read back holds no credential', async () => {
  const mock = createLongCatMock();
  await ask({}, { mock, headers: { authorization: 'Bearer planted-secret' } });
  const text = await (await send(mock, 'listRequests')).text();

  expect(text).not.toContain('planted-secret');
});

it.each([
  [{ match: hi }, { count: 3, calls: 3 }],
  [
    { match: hi, session: 'w1' },
    { count: 2, calls: 2 },
  ],
  [{ match: { api: 'anthropic' } }, { count: 0, calls: 0 }],
  [
    { fixture: 'hi', session: 'w2' },
    { count: 1, calls: 1 },
  ],
  [{ unmatched: true }, { count: 1, calls: 1 }],
  [undefined, { count: 4, calls: 4 }],
])('requests that fit %j are counted and found', async (body, expected) => {
  const mock = await makeBusy();

  expect((await call(mock, 'countRequests', { body })).body).toEqual(expected);
  expect((await call(mock, 'findRequests', { body })).body.requests).toHaveLength(expected.count);
});

it('an SDK’s retries count as requests, and not as calls', async () => {
  const mock = createLongCatMock();
  script(mock, [
    {
      id: 'flaky',
      respond: [{ error: { name: 'service_unavailable', retryAfterMs: 1 } }, { text: 'Ok.' }],
    },
  ]);
  const client = new OpenAI({
    apiKey: 'lcmock_w1',
    baseURL: 'http://localhost/openai/v1',
    fetch: mock.fetch,
  });
  await client.chat.completions.create({
    model: 'LongCat-2.0',
    messages: [{ role: 'user', content: 'Hello!' }],
  });
  const session = 'w1';
  const counted = await call(mock, 'countRequests', { body: { session } });
  const requests = await call(mock, 'verifyRequests', { body: { session, times: { max: 1 } } });
  const calls = await call(mock, 'verifyRequests', {
    body: { session, times: { min: 1, max: 1 }, distinctCalls: true },
  });

  expect(counted.body).toEqual({ count: 2, calls: 1 });
  expect([requests.status, calls.status]).toEqual([406, 200]);
  expect(requests.body.reason).toContain('2 requests (1 call + 1 SDK retry)');
});

it('a request is found by the id of its answer, with the place of its fixture', async () => {
  const mock = createLongCatMock();
  const headers = { 'x-longcat-mock-scenario': 'rate-limit' };
  const answer = await ask({}, { mock, headers });
  const id = answer.headers.get('x-longcat-mock-request-id') ?? '';
  const { body } = await call(mock, 'getRequest', { id });

  expect(body.request).toMatchObject({ id, scenario: 'rate-limit', status: 429 });
  expect(body.place).toMatch(/rate-limit\.yaml:\d+:\d+$/);
  expect((await refuse(mock, 'getRequest', { id: 'none' })).status).toBe(404);
});

it('a request that no fixture matched comes with the reason', async () => {
  const mock = await makeBusy();
  const { body } = await call(mock, 'listUnmatchedRequests');
  const [request] = body.requests;
  const detail = await call(mock, 'getRequest', { id: request?.id ?? '' });
  const all = await call(mock, 'explainUnmatchedRequests', { query: { session: 'w1' } });

  expect(body.requests).toHaveLength(1);
  expect(detail.body.explanation).toMatchObject({
    result: 'unmatched',
    kind: 'differs',
    nearMisses: [{ fixture: 'hi', met: 0, of: 1 }],
    diff: expect.stringContaining('Closest fixture'),
  });
  expect(all.body.requests).toEqual([
    { request: request?.id, explanation: detail.body.explanation },
  ]);
});

const body = { model: 'LongCat-2.0', messages: [{ role: 'user', content: 'hi' }] };

it.each([
  ['matched', { api: 'openai', body }, { fixture: 'hi', step: 0 }],
  ['unmatched', { api: 'openai', body: { ...body, messages: [] } }, { kind: 'differs' }],
  ['unmatched', { api: 'anthropic', body: {} }, { kind: 'differs' }],
  [
    'refused',
    { api: 'openai', body, headers: { 'X-Longcat-Mock-Scenario': 'rate-limt' } },
    { message: expect.stringContaining('"rate-limit"') },
  ],
])('what a request would get is told: %s', async (result, asked, expected) => {
  const mock = await makeBusy();
  const before = (await call(mock, 'listRequests')).body;
  const explained = await call(mock, 'explainRequest', { body: asked });

  expect(explained.body).toMatchObject({ result, ...expected });
  expect((await call(mock, 'listRequests')).body).toEqual(before);
});

it('a wrong state, an exhausted sequence and another session’s override are told', async () => {
  const mock = createLongCatMock();
  const explain = async (session: string) => {
    const { body: explained } = await call(mock, 'explainRequest', {
      body: { api: 'openai', body, session, headers: as(session) },
    });
    return [explained.result, explained.kind];
  };
  const declare = (id: string, fixture: object) =>
    call(mock, 'putSession', { id, body: { overrides: [{ id: `${id}.fixture`, ...fixture }] } });
  await declare('state', { state: { requires: 'Later' }, respond: {} });
  await declare('sequence', { afterLast: 'error', respond: [{ text: 'One.' }] });
  const before = await explain('sequence');
  await call(mock, 'addFixtures', {
    body: textFixture('behind', 'Behind.', { headers: { 'x-longcat-mock-session': 'sequence' } }),
  });
  await say(mock, 'hi', 'sequence');
  await declare('other', { match: { model: 'none' }, respond: {} });

  expect(before).toEqual(['matched', undefined]);
  expect(await explain('state')).toEqual(['unmatched', 'wrong-state']);
  expect(await explain('sequence')).toEqual(['unmatched', 'exhausted']);
  expect(await explain('other')).toEqual(['unmatched', 'elsewhere']);
});

it('without a fixture words are generated, which is told', async () => {
  const { body: explained } = await call(createLongCatMock(), 'explainRequest', {
    body: { api: 'openai', body },
  });

  expect(explained).toMatchObject({ result: 'generated', nearMisses: [] });
});

it('verify passes, fails with near misses, and refuses a typo', async () => {
  const mock = await makeBusy();
  const pass = await call(mock, 'verifyRequests', { body: { session: 'w1', match: hi } });
  const fail = await call(mock, 'verifyRequests', {
    body: { session: 'w1', match: hi, times: { min: 3 } },
  });
  const order = await call(mock, 'verifyRequests', {
    body: { session: 'w1', order: ['hi', 'ho'] },
  });
  const typo = await refuse(mock, 'verifyRequests', { body: { sesion: 'w1' } });

  expect([pass.status, fail.status, order.status]).toEqual([200, 406, 406]);
  expect(pass.body).toMatchObject({ result: 'pass', count: 2, calls: 2 });
  expect(fail.body.nearMisses).toMatchObject([{ met: 0, of: 1 }]);
  expect(order.body.reason).toContain('"ho" did not answer');
  expect(typo.message).toContain('Unknown key "sesion". Did you mean "session"? Known here are');
});

it('verify is inconclusive once the journal has dropped what it would need', async () => {
  const mock = createLongCatMock();
  for (let index = 0; index < 1001; index += 1) await say(mock, `${index}`);
  const { status, body: verification } = await call(mock, 'verifyRequests', {
    body: { times: { min: 1001 } },
  });

  expect(status).toBe(409);
  expect(verification.reason).toContain('kept 1000 of 1001');
});

it('a session’s requests are deleted alone', async () => {
  const mock = await makeBusy();
  const { body: done } = await call(mock, 'deleteRequests', { query: { session: 'w1' } });

  expect(done).toEqual({ deleted: 3 });
  expect((await call(mock, 'listRequests')).body.requests).toHaveLength(1);
});

it('who waits for a count is told when it is reached', async () => {
  const mock = await makeBusy();
  const waiting = call(mock, 'waitForCount', { body: { session: 'w1', match: hi, count: 3 } });
  let isOver = false;
  void waiting.finally(() => {
    isOver = true;
  });
  await say(mock, 'hi', 'w2');
  await say(mock, 'what?', 'w1');
  await new Promise((resolve) => setImmediate(resolve));
  expect(isOver).toBe(false);
  await ask(
    { max_tokens: 5, messages: [{ role: 'user', content: 'hi' }] },
    {
      mock,
      path: messagesPath,
      headers: as('w1'),
    },
  );

  expect(await waiting).toMatchObject({ status: 200, body: { reached: true, count: 3 } });
});

it('who waits in vain is told so when the time is up', async () => {
  const mock = createLongCatMock();
  const { status, body: waited } = await call(mock, 'waitForCount', {
    body: { count: 1, timeoutMs: 5 },
  });
  const long = await refuse(mock, 'waitForCount', { body: { count: 1, timeoutMs: 30_001 } });

  expect([status, waited.reached]).toEqual([406, false]);
  expect(long.message).toContain('expected 30000 or less');
});

it('who waits is sent away when the mock closes', async () => {
  const mock = await startLongCatMock({ port: 0, fixtures: [] });
  const waiting = send(mock, 'waitForCount', { body: { count: 1 } });
  await fetch(`${mock.url}/ready`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const begin = performance.now();
  await mock.close();

  expect(await readRefusal(await waiting)).toMatchObject({ status: 503, code: 'closing' });
  expect(performance.now() - begin).toBeLessThan(1500);
});

it('a client that stops waiting leaves nothing behind', async () => {
  await using mock = await startLongCatMock({ port: 0, fixtures: [] });
  const { journal } = mock.engine;
  const listeners = countListeners(journal);
  const controller = new AbortController();
  const { signal } = controller;
  const waiting = send(mock, 'waitForCount', { body: { count: 1 }, signal });
  await waitFor(() => listeners.count === 1);
  controller.abort();

  await expect(waiting).rejects.toThrow();
  await waitFor(() => listeners.count === 0);
});

function countListeners(journal: LongCatMock['engine']['journal']): { readonly count: number } {
  const listeners = { count: 0 };
  const { onAdd } = journal;
  journal.onAdd = (listener) => {
    const stop = onAdd(listener);
    listeners.count += 1;
    return () => {
      listeners.count -= 1;
      stop();
    };
  };
  return listeners;
}

import OpenAI from 'openai';
import { expect, it } from 'vitest';
import { createLongCatMock, frozenClock, type LongCatMock } from '../../src/index.ts';
import { ask, readEvents } from '../ask.ts';
import { script } from '../script.ts';
import { waitFor } from '../wait.ts';
import { as, call, refuse, textFixture } from './admin.ts';

const limited = {
  rateLimits: [{ id: 'one-a-minute', requestsPerMinute: 1 }],
};

const start = Date.parse('2026-10-01T12:00:00Z');

function clientOf(mock: LongCatMock, session: string): OpenAI {
  return new OpenAI({
    apiKey: `lcmock_${session}`,
    baseURL: 'http://localhost/openai/v1',
    fetch: mock.fetch,
    maxRetries: 0,
  });
}

function chat(client: OpenAI) {
  return client.chat.completions.create({
    model: 'LongCat-2.0',
    messages: [{ role: 'user', content: 'Hello!' }],
  });
}

it('one call declares all of a session, and doing it again changes nothing', async () => {
  const mock = createLongCatMock();
  const body = {
    scenario: 'rate-limit',
    seed: 'seven',
    clock: { now: '2026-10-01T12:00:00Z' },
    quirks: { 'effective-cached-tokens': true },
    overrides: [textFixture('own', 'Own.')],
    ...limited,
  };
  const first = await call(mock, 'putSession', { id: 'w1', body });
  const second = await call(mock, 'putSession', { id: 'w1', body });
  const answer = await (await ask({}, { mock, headers: as('w1') })).json();

  expect([first.status, second.status]).toEqual([201, 200]);
  expect(second.body).toEqual(first.body);
  expect(first.body).toMatchObject({
    session: 'w1',
    scenario: 'rate-limit',
    clock: { kind: 'frozen', now: start },
    overrides: ['own'],
    rateLimits: ['one-a-minute'],
  });
  expect(answer).toMatchObject({
    created: start / 1000,
    usage: { effectiveCachedTokens: 0 },
    choices: [{ message: { content: 'Own.' } }],
  });
});

it('what a later declaration leaves out is gone', async () => {
  const mock = createLongCatMock();
  await call(mock, 'putSession', {
    id: 'w1',
    body: { seed: 'x', clock: { manual: true }, overrides: [textFixture('own', 'Own.')] },
  });
  const { body } = await call(mock, 'putSession', { id: 'w1', body: {} });

  expect(body).toMatchObject({ clock: { kind: 'system' }, overrides: [], quirks: {} });
  expect(body).not.toHaveProperty('seed');
});

it('quirks of a session are its own', async () => {
  const mock = createLongCatMock();
  const quirks = { 'effective-cached-tokens': true };
  await call(mock, 'putSession', { id: 'w1', body: { quirks } });
  const usages = await Promise.all(
    ['w1', 'w2'].map(async (name) => (await ask({}, { mock, headers: as(name) })).json()),
  );

  expect(usages.map(({ usage }) => 'effectiveCachedTokens' in usage)).toEqual([true, false]);
});

it.each([
  [{ sed: 'x' }, 'sed: Unknown key "sed". Did you mean "seed"? Known here are scenario, seed,'],
  [{ colour: 1 }, 'colour: Unknown key "colour". Known here are scenario, seed, clock, quirks,'],
  [{ quirks: { 'open-models': true } }, 'Unknown key "open-models".'],
  [{ clock: { now: 'soon' } }, 'expected milliseconds since 1970, or a date'],
  [[], 'The body holds [].'.slice(0, 16)],
])('the declaration %j is refused by its key', async (body, words) => {
  const { status, message } = await refuse(createLongCatMock(), 'putSession', { id: 'w1', body });

  expect(status).toBe(400);
  expect(message).toContain(words);
});

it('a declaration with a bad override or an unknown scenario changes nothing', async () => {
  const mock = createLongCatMock();
  const overrides = [{ id: 'a', respond: { txt: '' } }];
  const bad = await refuse(mock, 'putSession', { id: 'w1', body: { overrides } });
  const unknown = await refuse(mock, 'putSession', { id: 'w1', body: { scenario: 'rate-limt' } });

  expect(bad).toMatchObject({ status: 422, problems: [{ path: 'overrides[0].respond.txt' }] });
  expect(unknown).toMatchObject({ status: 422, code: 'unknown_scenario' });
  expect(unknown.message).toContain('Did you mean "rate-limit"');
  expect((await refuse(mock, 'getSession', { id: 'w1' })).status).toBe(404);
});

it('a limit of a minute passes in no time when the clock is moved by hand', async () => {
  const mock = createLongCatMock();
  await call(mock, 'putSession', { id: 'w1', body: { ...limited, clock: { manual: true } } });
  const client = clientOf(mock, 'w1');
  const first = await chat(client);
  await expect(chat(client)).rejects.toMatchObject({ status: 429 });
  await call(mock, 'setClock', { body: { session: 'w1', advanceMs: 59_000 } });
  await expect(chat(client)).rejects.toMatchObject({ status: 429 });
  await call(mock, 'setClock', { body: { session: 'w1', advanceMs: 1000 } });
  const last = await chat(client);

  expect(last.created - first.created).toBe(60);
  // The bucket of another session is full, and its clock runs.
  expect((await chat(clientOf(mock, 'w2'))).object).toBe('chat.completion');
});

it('a frozen clock can be moved too, and lets delays elapse at once', async () => {
  const mock = createLongCatMock();
  script(mock, [{ id: 'slow', respond: { text: 'Slow.', delay: 3_600_000 } }], limited);
  await call(mock, 'setClock', { body: { now: start } });
  const statuses = [(await ask({}, { mock })).status, (await ask({}, { mock })).status];
  const { body } = await call(mock, 'setClock', { body: { advanceMs: 60_000 } });
  const late = await ask({}, { mock });

  expect(statuses).toEqual([200, 429]);
  expect(body).toEqual({ session: 'default', clock: { kind: 'frozen', now: start + 60_000 } });
  expect((await late.json()).created).toBe(start / 1000 + 60);
});

it('a paced stream waits for a clock that is moved by hand', async () => {
  const mock = createLongCatMock();
  script(mock, [
    { id: 'slow', respond: { stream: { ttftMs: 5000, chunks: ['a', { text: 'b', atMs: 9000 }] } } },
  ]);
  await call(mock, 'setClock', { body: { session: 'w1', manual: true } });
  const response = await ask({ stream: true }, { mock, headers: as('w1') });
  let text = '';
  const read = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk);
  })();
  const advance = (advanceMs: number) =>
    call(mock, 'setClock', { body: { session: 'w1', advanceMs } });
  await advance(4999);
  expect(text).not.toContain('"a"');
  await advance(1);
  await waitFor(() => text.includes('"a"'));
  expect(text).not.toContain('"b"');
  await advance(4000);
  await read;

  expect(text).toContain('"b"');
  expect(text).toContain('[DONE]');
});

it.each([
  ['the clock runs again', 'setClock', { body: { session: 'w1', reset: true } }],
  ['the session is deleted', 'deleteSession', { id: 'w1' }],
  ['the session is declared anew', 'putSession', { id: 'w1', body: {} }],
] as const)('what waits for a clock comes at once when %s', async (_, id, asking) => {
  const mock = createLongCatMock();
  script(mock, [{ id: 'slow', respond: { stream: { ttftMs: 60_000, chunks: ['a'] } } }]);
  await call(mock, 'setClock', { body: { session: 'w1', manual: true } });
  const answer = ask({ stream: true }, { mock, headers: as('w1') }).then(readEvents);
  await waitFor(() => mock.engine.journal.list().length > 0);
  await call(mock, id, asking);

  expect((await answer).at(-1)?.data).toBe('[DONE]');
});

it('declaring a session again leaves its manual clock where it is, and what waits for it', async () => {
  const mock = createLongCatMock();
  const slow = { id: 'slow', respond: { text: 'Slow.', delay: 1000 } };
  const body = { clock: { manual: true }, overrides: [slow] };
  await call(mock, 'putSession', { id: 'w1', body });
  const answer = ask({}, { mock, headers: as('w1') });
  await waitFor(() => mock.engine.journal.list().length > 0);
  const { body: moved } = await call(mock, 'setClock', { body: { session: 'w1', advanceMs: 5 } });
  const { body: again } = await call(mock, 'putSession', { id: 'w1', body });
  await call(mock, 'setClock', { body: { session: 'w1', advanceMs: 994 } });
  await new Promise((resolve) => setImmediate(resolve));

  expect(again.clock).toEqual(moved.clock);
  expect(mock.engine.journal.list()[0]).not.toHaveProperty('end', 'finished');
  await call(mock, 'setClock', { body: { session: 'w1', advanceMs: 1 } });
  expect((await answer).status).toBe(200);
});

it.each([
  [{ advanceMs: 5 }, 409, 'runs by itself'],
  [{}, 400, 'expected now, manual, advanceMs or reset'],
  [{ reset: true, advanceMs: 5 }, 400, 'expected reset alone'],
  [{ advanceMs: -5 }, 400, 'expected 0 or more'],
  [{ freeze: true }, 400, 'Known here are session, now, manual, advanceMs, reset'],
])('the clock %j is refused', async (body, status, words) => {
  const refusal = await refuse(createLongCatMock(), 'setClock', { body });

  expect(refusal.status).toBe(status);
  expect(refusal.message).toContain(words);
});

it('a reset begins the sequences and requests again, and keeps what was declared', async () => {
  const mock = createLongCatMock();
  const overrides = [{ id: 'seq', respond: [{ text: 'One.' }, { text: 'Two.' }] }];
  await call(mock, 'putSession', { id: 'w1', body: { overrides } });
  const client = clientOf(mock, 'w1');
  const texts = async () => (await chat(client)).choices[0]?.message.content;
  const before = [await texts(), await texts()];
  await call(mock, 'resetSession', { id: 'w1' });
  const { body } = await call(mock, 'getSession', { id: 'w1' });

  expect(before).toEqual(['One.', 'Two.']);
  expect(body).toMatchObject({ overrides: ['seq'], requests: { seen: 0, kept: 0 } });
  expect(await texts()).toBe('One.');
});

it('a deleted session is as if it had never been', async () => {
  const mock = createLongCatMock();
  await call(mock, 'putSession', { id: 'w1', body: { overrides: [textFixture('own', 'Own.')] } });
  await ask({}, { mock, headers: as('w1') });
  const removed = [
    await call(mock, 'deleteSession', { id: 'w1' }),
    await call(mock, 'deleteSession', { id: 'w1' }),
  ];
  const answer = await ask({}, { mock, headers: as('w1') });

  expect(removed.map(({ body }) => body.removed)).toEqual([true, false]);
  expect(answer.headers.get('x-longcat-mock-source')).toBe('generated');
});

it('sessions are listed, those that requests made too', async () => {
  const mock = createLongCatMock({ clock: frozenClock(start) });
  await ask({}, { mock, headers: as('w1') });
  const { body } = await call(mock, 'listSessions');

  expect(body.sessions).toMatchObject([
    { session: 'w1', clock: { kind: 'frozen' }, requests: { seen: 1, kept: 1 } },
  ]);
});

it('the verdict tells what a client did wrong', async () => {
  const mock = createLongCatMock();
  script(mock, [{ id: 'no', respond: { error: 'insufficient_quota' } }]);
  await ask({}, { mock, headers: as('w1') });
  await ask({}, { mock, headers: { ...as('w1'), 'x-stainless-retry-count': '1' } });
  const { body } = await call(mock, 'getVerdict', { id: 'w1', query: { finished: 'true' } });

  expect(body.findings.map(({ rule }) => rule)).toEqual(['retried-what-must-not-be']);
  expect(body.checked['retried-what-must-not-be']).toBe('fail');
  expect(body.text).toMatch(/^Client: broke 1 of /);
});

it('one session is forgotten, and others are not', async () => {
  const mock = createLongCatMock();
  for (const name of ['w1', 'w2']) await ask({}, { mock, headers: as(name) });
  await call(mock, 'reset', { query: { session: 'w1' } });
  const { body } = await call(mock, 'listSessions');

  expect(body.sessions.map(({ session }) => session)).toEqual(['w2']);
});

it('everything is forgotten only while nobody else works, or by force', async () => {
  const mock = createLongCatMock();
  await call(mock, 'addFixtures', { body: textFixture('a', 'x') });
  for (const name of ['w1', 'w2']) await ask({}, { mock, headers: as(name) });
  const refusal = await refuse(mock, 'reset', { headers: as('w1') });
  const kept = await refuse(mock, 'deleteRequests');
  const { body } = await call(mock, 'reset', { query: { force: 'true' } });

  expect(refusal).toMatchObject({ status: 409, code: 'sessions_active' });
  expect(refusal.message).toContain('10 s: "w2".');
  expect(kept.message).toContain('"w1", "w2"');
  expect(body.reset).toEqual(['w1', 'w2']);
  expect((await call(mock, 'listRequests')).body.requests).toEqual([]);
  expect((await call(mock, 'listFixtures')).body.fixtures).toEqual([]);
  await ask({}, { mock });
  expect((await call(mock, 'reset')).body.reset).toEqual(['default']);
});

import Anthropic from '@anthropic-ai/sdk';
import AnthropicV0 from 'anthropic-0';
import OpenAI from 'openai';
import OpenAIV6 from 'openai-6';
import { afterEach, expect, it, vi } from 'vitest';
import { createLongCatMock, type LongCatMock, type LongCatMockOptions } from '../../src/index.ts';
import { compileFile } from '../../src/scenario/compile.ts';
import { FixtureFile } from '../../src/scenario/schema.ts';
import { type Asking, ask, chatPath, messagesPath } from '../ask.ts';
import { anthropicInProcess } from '../sdk/anthropic/clients.ts';
import { openaiInProcess } from '../sdk/openai/clients.ts';

afterEach(() => vi.unstubAllEnvs());

const paths = [chatPath, messagesPath];
const names = ['by-header', 'by-prefer', 'by-key', 'by-session', 'by-server'];

/** A mock with a scenario for each way of choosing one; each answers with its name. */
function createScripted(options: LongCatMockOptions = {}): LongCatMock {
  const mock = createLongCatMock(options);
  const sets = names.map((scenario) => {
    const fixtures = [
      { id: `${scenario}.first`, match: { model: 'LongCat-2.0' }, respond: { text: scenario } },
      { id: `${scenario}.second`, respond: { text: `${scenario}, second` }, priority: 9 },
    ];
    const content = FixtureFile.parse({ version: 1, scenario, fixtures });
    return compileFile({ file: `${scenario}.longcat.yaml`, content, places: [] });
  });
  mock.engine.repertoire.replace({ sets, files: sets.length });
  return mock;
}

async function readText(response: Response): Promise<string> {
  const body = await response.json();
  return body.choices?.[0].message.content ?? body.content?.[0].text;
}

const own = (response: Response, name: string) => response.headers.get(`x-longcat-mock-${name}`);

interface Naming {
  readonly header?: boolean;
  readonly path?: boolean;
  readonly key?: boolean;
}

const namings: readonly (readonly [Naming, string])[] = [
  [{}, 'default'],
  [{ key: true }, 'keyed'],
  [{ path: true }, 'routed'],
  [{ path: true, key: true }, 'routed'],
  [{ header: true }, 'headed'],
  [{ header: true, key: true }, 'headed'],
  [{ header: true, path: true }, 'headed'],
  [{ header: true, path: true, key: true }, 'headed'],
];

it.each(
  namings,
)('a request that names its session by %j is of the session %s', async (by, name) => {
  const mock = createLongCatMock();
  for (const path of paths) {
    const headers = {
      ...(by.header && { 'x-longcat-mock-session': 'headed' }),
      ...(by.key && { authorization: 'Bearer lcmock_keyed' }),
    };
    const response = await ask({}, { mock, headers, path: by.path ? `/s/routed${path}` : path });

    expect(response.status).toBe(200);
    expect(own(response, 'session')).toBe(name);
  }
  expect(mock.engine.sessions.list().map((session) => session.name)).toEqual([name]);
  expect(mock.engine.journal.count(name).seen).toBe(2);
});

it('every route has its twin below a session', async () => {
  const mock = createLongCatMock();
  for (const path of [
    '/openai/v1/models',
    '/anthropic/v1/models',
    '/openai/v1/models/LongCat-2.0',
  ]) {
    const url = `http://localhost/s/worker%201${path}`;
    const response = await mock.fetch(url, { headers: { authorization: 'Bearer k' } });

    expect(response.status).toBe(200);
  }
  const response = await ask({}, { mock, path: `/s/worker%201${chatPath}` });
  expect(own(response, 'session')).toBe('worker 1');
});

it.each([
  ['no JSON', '{', {}, 400],
  ['no messages', '{"model":"LongCat-2.0"}', {}, 400],
  ['an unknown coding', '{}', { 'content-encoding': 'lzma' }, 415],
])('a request with %s is in the journal of the session of its key', async (_, body, more, status) => {
  const mock = createLongCatMock();
  const headers = { authorization: 'Bearer lcmock_keyed', ...more };
  const response = await mock.fetch(`http://localhost${chatPath}`, {
    method: 'POST',
    headers,
    body,
  });

  expect(response.status).toBe(status);
  expect(own(response, 'session')).toBe('keyed');
  expect(mock.engine.journal.count('keyed').seen).toBe(1);
  expect(mock.engine.journal.count('default').seen).toBe(0);
});

it('a key of the mock is accepted even where others are listed', async () => {
  const mock = createLongCatMock({ acceptKeys: ['secret'] });
  const asked = (key: string) => ask({}, { mock, headers: { authorization: `Bearer ${key}` } });

  expect((await asked('lcmock_keyed')).status).toBe(200);
  expect((await asked('other')).status).toBe(401);
});

interface Choosing {
  readonly header?: boolean;
  readonly prefer?: boolean;
  readonly key?: boolean;
  readonly session?: boolean;
  readonly server?: boolean;
}

const everything = { header: true, prefer: true, key: true, session: true, server: true };
const choosings: readonly (readonly [Choosing, string | null])[] = [
  [{}, null],
  [{ server: true }, 'server'],
  [{ session: true }, 'session'],
  [{ key: true }, 'key'],
  [{ prefer: true }, 'prefer'],
  [{ header: true }, 'header'],
  [{ session: true, server: true }, 'session'],
  [{ key: true, session: true, server: true }, 'key'],
  [{ prefer: true, key: true, session: true, server: true }, 'prefer'],
  [everything, 'header'],
];

it.each(choosings)('a scenario chosen by %j is the one by %s', async (by, winner) => {
  const mock = createScripted(by.server ? { scenario: 'by-server' } : {});
  if (by.session) mock.engine.sessions.change('w', { scenario: 'by-session' });
  const headers = {
    'x-longcat-mock-session': 'w',
    ...(by.header && { 'x-longcat-mock-scenario': 'by-header' }),
    ...(by.prefer && { prefer: 'example=by-prefer' }),
    ...(by.key && { authorization: 'Bearer lcmock_other.by-key' }),
  };
  for (const path of paths) {
    const response = await ask({}, { mock, path, headers });

    expect(own(response, 'selected-by')).toBe(winner);
    expect(own(response, 'scenario')).toBe(winner && `by-${winner}`);
    expect(own(response, 'source')).toBe(winner ? 'fixture' : 'generated');
    if (winner) expect(await readText(response)).toBe(`by-${winner}`);
  }
});

it.each([
  'example=by-prefer',
  'example="by-prefer"',
  'Example=by-prefer',
  'respond-async, example=by-prefer; seed=7',
  'wait=10,example=by-prefer',
])('Prefer: %s chooses the example', async (prefer) => {
  const response = await ask({}, { mock: createScripted(), headers: { prefer } });

  expect(await readText(response)).toBe('by-prefer');
});

it('one fixture can be chosen by its id, in every way', async () => {
  const mock = createScripted();
  const ways: Record<string, string>[] = [
    { 'x-longcat-mock-scenario': 'by-header.second' },
    { prefer: 'example=by-prefer.second' },
    { authorization: 'Bearer lcmock_w.by-key.second' },
  ];
  const texts = [];
  for (const headers of ways) texts.push(await readText(await ask({}, { mock, headers })));

  expect(texts).toEqual(['by-header, second', 'by-prefer, second', 'by-key, second']);
});

it.each([
  [401, 'missing_api_key'],
  [402, 'insufficient_quota'],
  [429, 'rate_limit_exceeded'],
  [503, 'service_unavailable'],
])('Prefer: code=%i is the error of that status, and says who chose it', async (code) => {
  for (const path of paths) {
    const mock = createScripted({ scenario: 'by-server' });
    const response = await ask({}, { mock, path, headers: { prefer: `code=${code}` } });

    expect(response.status).toBe(code);
    expect(own(response, 'selected-by')).toBe('prefer');
    expect(mock.engine.journal.list()).toMatchObject([{ status: code, source: 'refused' }]);
  }
});

it.each([
  '418',
  'abc',
  '200',
])('Prefer: code=%s is refused with the codes there are', async (code) => {
  const response = await ask({}, { headers: { prefer: `code=${code}` } });

  expect(response.status).toBe(404);
  expect(response.headers.get('x-should-retry')).toBe('false');
  expect((await response.json()).error.message).toContain('LongCat answers 400, 401');
});

it('a scenario named by the header wins over a code that is preferred', async () => {
  const headers = { 'x-longcat-mock-scenario': 'by-header', prefer: 'code=503' };

  expect(await readText(await ask({}, { mock: createScripted(), headers }))).toBe('by-header');
});

it('Prefer: seed gives other words, and the same for the same', async () => {
  const mock = createLongCatMock();
  const withSeed = async (seed: string) => {
    const response = await ask({}, { mock, headers: { prefer: `seed=${seed}` } });
    return readText(response);
  };

  expect(await withSeed('one')).toBe(await withSeed('one'));
  expect(await withSeed('one')).not.toBe(await withSeed('two'));
});

const misnamings = [
  [{ 'x-longcat-mock-scenario': 'by-heder' }, 'by-heder', 'by-header'],
  [{ prefer: 'example=by-prefr' }, 'by-prefr', 'by-prefer'],
  [{ authorization: 'Bearer lcmock_w.by-kee' }, 'by-kee', 'by-key'],
] as const;

it.each(
  misnamings,
)('an unknown name in %j is refused with the nearest, and not to be retried', async (headers, wrong, right) => {
  for (const path of paths) {
    const mock = createScripted();
    const response = await ask({}, { mock, path, headers });
    const { error } = await response.json();

    expect(response.status).toBe(404);
    expect(response.headers.get('x-should-retry')).toBe('false');
    expect(error.code).toBe('unknown_scenario');
    expect(error.message).toContain(`There is no scenario or fixture "${wrong}".`);
    expect(error.message).toContain(`Did you mean "${right}"`);
    expect(mock.engine.journal.list()).toMatchObject([{ status: 404, source: 'refused' }]);
  }
});

it.each(['session', 'server'])('an unknown name of the %s is refused as well', async (by) => {
  const mock = createScripted(by === 'server' ? { scenario: 'by-sever' } : {});
  if (by === 'session') mock.engine.sessions.change('default', { scenario: 'by-sesion' });
  const { error } = await (await ask({}, { mock })).json();

  expect(error.message).toContain(`Did you mean "by-${by}"`);
});

it('a name of a shipped scenario is known, and a near one is told', async () => {
  const mock = createLongCatMock();
  const asked = (scenario: string) =>
    ask({}, { mock, headers: { 'x-longcat-mock-scenario': scenario } });

  expect((await asked('rate-limit')).status).toBe(429);
  expect((await (await asked('rate-limt')).json()).error.message).toContain('"rate-limit"');
});

it('where sessions are required, a request without one is a 400 that says how to name it', async () => {
  const mock = createLongCatMock({ requireSession: true });
  for (const path of paths) {
    const refused = await ask({}, { mock, path });
    expect(refused.status).toBe(400);
    expect(refused.headers.get('x-should-retry')).toBe('false');
    const { code, message } = (await refused.json()).error;
    expect(code).toBe('session_required');
    for (const way of ['x-longcat-mock-session', 'lcmock_', '/s/{session}/']) {
      expect(message).toContain(way);
    }
    const ways: Asking[] = [
      { headers: { 'x-longcat-mock-session': 'w' }, path },
      { headers: { authorization: 'Bearer lcmock_w' }, path },
      { path: `/s/w${path}` },
    ];
    for (const way of ways) expect((await ask({}, { mock, ...way })).status).toBe(200);
  }
});

it('what the mock tells of itself is left out where only the contract counts', async () => {
  const mock = createScripted({ strictContract: true });
  const headers = { 'x-longcat-mock-scenario': 'by-header', 'x-longcat-mock-session': 'w' };
  const response = await ask({}, { mock, headers });

  expect(await readText(response)).toBe('by-header');
  expect([...response.headers.keys()].filter((name) => name.startsWith('x-longcat'))).toEqual([]);
});

const customHeaders = 'x-longcat-mock-session: worker-1\nx-longcat-mock-scenario: by-header';

it.each([
  ['openai 7', OpenAI],
  ['openai 6', OpenAIV6 as unknown as typeof OpenAI], // as in the clients of the SDK's tests
])('%s sends the headers of OPENAI_CUSTOM_HEADERS', async (_, Client) => {
  vi.stubEnv('OPENAI_CUSTOM_HEADERS', customHeaders);
  const mock = createScripted();
  const client = openaiInProcess(Client, mock);
  const { data, response } = await client.chat.completions
    .create({ model: 'LongCat-2.0', messages: [{ role: 'user', content: 'Hello!' }] })
    .withResponse();

  expect(data.choices[0]?.message.content).toBe('by-header');
  expect(own(response, 'session')).toBe('worker-1');
});

it.each([
  ['anthropic 1', Anthropic],
  ['anthropic 0', AnthropicV0 as unknown as typeof Anthropic], // as in the clients of the SDK's tests
])('%s sends the headers of ANTHROPIC_CUSTOM_HEADERS', async (_, Client) => {
  vi.stubEnv('ANTHROPIC_CUSTOM_HEADERS', customHeaders);
  const mock = createScripted();
  const client = anthropicInProcess(Client, mock);
  const { data, response } = await client.messages
    .create({
      model: 'LongCat-2.0',
      max_tokens: 100,
      messages: [{ role: 'user', content: 'Hello!' }],
    })
    .withResponse();

  expect(data.content).toEqual([{ type: 'text', text: 'by-header' }]);
  expect(own(response, 'session')).toBe('worker-1');
});

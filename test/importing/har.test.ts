import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { importHar } from '../../src/importing/har.ts';
import { chatPath, hello, messagesPath } from '../ask.ts';
import { type Exchange, toArchive } from './archive.ts';
import { settleAll } from './land.ts';

const chat = '/v1/chat/completions';
const json = { 'content-type': 'application/json' };

const completion = (content: unknown, more: object = {}) =>
  JSON.stringify({
    choices: [{ message: { role: 'assistant', content }, finish_reason: 'stop', ...more }],
  });

const ok = (text: string, headers: Record<string, string> = json) => ({
  status: 200,
  headers,
  text,
});

function call(
  body: object,
  response: Exchange['response'],
  more: Partial<Exchange> = {},
): Exchange {
  return { path: chat, host: 'api.openai.com', body: { ...hello, ...body }, response, ...more };
}

function importAll(exchanges: readonly Exchange[], options: { timing?: boolean } = {}) {
  const archive = toArchive(exchanges);
  const imported = importHar(JSON.stringify(archive), { file: 'a.har', ...options });
  if (!imported) throw new Error('no archive');
  return imported;
}

async function fixturesOf(exchanges: readonly Exchange[], options: { timing?: boolean } = {}) {
  return (await settleAll(importAll(exchanges, options))).fixtures;
}

const say = (content: string) => ({ messages: [{ role: 'user', content }] });

it('a call becomes a fixture that knows its request and says its answer', async () => {
  const tools = [{ type: 'function', function: { name: 'look', parameters: {} } }];
  const [fixture] = await fixturesOf([call({ tools }, ok(completion('Hi.')))]);

  expect(fixture).toEqual({
    id: 'imported.1',
    description: 'POST api.openai.com/v1/chat/completions, entry 1',
    match: {
      api: 'openai',
      model: 'LongCat-2.0',
      turnIndex: 0,
      messages: { lastUser: 'Hello!' },
      tools: { includes: ['look'] },
    },
    respond: { text: 'Hi.' },
  });
});

it('a repeated request is a sequence, and equal answers in a row are one step', async () => {
  const limited = {
    status: 429,
    headers: { ...json, 'retry-after': '2' },
    text: '{"error":{"code":"rate_limit_exceeded","message":"Request rate limit exceeded, please try again later","type":"rate_limit_error","retry_after":60}}',
  };
  const fixtures = await fixturesOf([
    call({}, limited),
    call({}, limited),
    call({}, ok(completion('At last.'))),
  ]);

  const error = { name: 'rate_limit_exceeded', retryAfterHeader: 2 };
  expect(fixtures).toMatchObject([{ respond: [{ error, times: 2 }, { text: 'At last.' }] }]);
});

it('requests with the same words are told apart by what differs', async () => {
  const system = { messages: [{ role: 'system', content: 'Be brief.' }, ...hello.messages] };
  const fixtures = await fixturesOf([
    call({ temperature: 0.1 }, ok(completion('a'))),
    call(system, ok(completion('b'))),
  ]);

  expect(fixtures).toMatchObject([
    {
      match: {
        messages: { system: { absent: true } },
        body: [{ path: '$.temperature', equals: 0.1 }],
      },
      respond: { text: 'a' },
    },
    {
      match: {
        messages: { system: 'Be brief.' },
        body: [{ path: '$.temperature', exists: false }],
      },
      respond: { text: 'b' },
    },
  ]);
});

it('requests that differ where no fixture looks are a sequence, and that is told', () => {
  const history = (content: string) => ({
    messages: [{ role: 'user', content }, { role: 'assistant', content }, ...hello.messages],
  });
  const { drafts, notices } = importAll([
    call(history('x'), ok(completion('a'))),
    call(history('y'), ok(completion('b'))),
  ]);

  expect(drafts).toHaveLength(1);
  expect(notices).toEqual([expect.stringContaining('entries 1, 2: the requests differ')]);
});

it('a model that LongCat does not have is told and not asked for', () => {
  const { drafts, notices, leftovers } = importAll([
    call({ model: 'gpt-4o' }, ok(completion('a'))),
  ]);

  expect(drafts[0]?.fixture.match).not.toHaveProperty('model');
  expect(notices).toEqual([expect.stringContaining('no model "gpt-4o"')]);
  expect(leftovers).toEqual([]);
});

it.each([
  ['as it is', (text: string) => ({ text })],
  [
    'in base64',
    (text: string) => ({ text: Buffer.from(text).toString('base64'), encoding: 'base64' }),
  ],
  ['gzipped', (text: string) => ({ text: gzipSync(text).toString('base64'), encoding: 'base64' })],
  [
    'with brotli',
    (text: string) => ({ text: brotliCompressSync(text).toString('base64'), encoding: 'base64' }),
  ],
])('a body that was kept %s is read', (kept, write) => {
  const encoding = { gzipped: 'gzip', 'with brotli': 'br' }[kept] ?? '';
  const exchange = call(
    { stream: true },
    ok('', { 'content-type': 'text/event-stream', 'content-encoding': encoding }),
  );
  const archive = toArchive([exchange]);
  const text =
    'data: {"choices":[{"delta":{"content":"你好"}}]}\r\n\r\ndata: {"choices":[{"delta":{},"finish_reason":"length"}]}\r\n\r\ndata: [DONE]\r\n\r\n';
  const [entry] = archive.log.entries;
  Object.assign(entry?.response.content ?? {}, write(text));
  const imported = importHar(JSON.stringify(archive), { file: 'a.har' });

  expect(imported?.drafts).toMatchObject([
    { fixture: { respond: { text: '你好', finishReason: 'length' } } },
  ]);
  expect(imported?.leftovers).toEqual([]);
});

const secret = 'Zx9-very-own-secret';

it('a key reaches nothing that is written, wherever in a call it stands', async () => {
  const elsewhere = 'sk-proj-abcdefghijklmnop1234';
  const exchange = call(
    say(`My key is ${secret}.\nAnd ${elsewhere}?`),
    ok(completion(`Do not tell ${secret}!`)),
    {
      path: `${chat}?api_key=${secret}&token=other-secret-2`,
      requestHeaders: { Authorization: `Bearer ${secret}`, Cookie: 'id=other-secret-2' },
    },
  );
  const leaky = call(
    say('other-secret-2'),
    {
      status: 400,
      headers: json,
      text: JSON.stringify({ error: { message: `Bearer ${elsewhere}1`, api_key: 'short' } }),
    },
    { requestHeaders: { 'x-api-key': 'other-secret-2' } },
  );
  const imported = importAll([exchange, leaky]);
  const { text = '' } = await settleAll(imported);

  for (const each of [secret, elsewhere, 'other-secret-2', 'short'])
    expect(text).not.toContain(each);
  expect(text).toContain('Do not tell [redacted]!');
  expect(imported.drafts[0]?.fixture.match?.messages?.lastUser).toEqual({
    matches: '(?s)^My key is .*\\.\nAnd .*\\?$',
  });
  expect(imported.notices.filter((notice) => notice.includes('like a key'))).toHaveLength(2);
});

it('arguments keep their form, and those that are a password lose it', async () => {
  const call_ = (input: string) => ({
    id: 'call_1',
    type: 'function',
    function: { name: 'log_in', arguments: input },
  });
  const inputs = [
    '{"a": 1, "b": [2]}',
    '{"a":1}',
    '{ "a":1 }',
    '{"big": 12345678901234567890}',
    '{',
    '{"password": "x"}',
  ];
  const message = { role: 'assistant', content: null, tool_calls: inputs.map(call_) };
  const text = JSON.stringify({ choices: [{ message, finish_reason: 'tool_calls' }] });
  const [fixture] = await fixturesOf([call({}, ok(text))]);

  const kept = [
    { a: 1, b: [2] },
    { a: 1 },
    '{ "a":1 }',
    '{"big": 12345678901234567890}',
    '{',
    { password: '[redacted]' },
  ];
  expect(fixture?.respond).toEqual({
    toolCalls: kept.map((input) => ({ name: 'log_in', arguments: input })),
  });
});

it.each([
  [completion('a', { finish_reason: 'content_filter' }), 'finish_reason "content_filter"'],
  [completion('a', { logprobs: { content: [] } }), 'logprobs'],
  [completion('a', { matched_stop: 'END' }), 'matched_stop'],
  [
    JSON.stringify({ choices: [{ message: { content: 'a' } }, { message: { content: 'b' } }] }),
    'the answers after the first',
  ],
  [JSON.stringify({ choices: [{ message: { content: null, refusal: 'No.' } }] }), 'refusal'],
  ['data: {"choices":[{"delta":{"content":"a"}}]}\n\ndata: {"cho\n\n', 'a frame'],
])('of the answer %s something is listed', (text, what) => {
  expect(importAll([call({}, ok(text))]).leftovers).toMatchObject([{ entry: 'entry 1', what }]);
});

it.each([
  [
    { content: [{ type: 'server_tool_use' }, { type: 'text', text: 'a' }] },
    'a block of type "server_tool_use"',
  ],
  [
    {
      content: [
        { type: 'tool_use', name: 'a', input: {} },
        { type: 'text', text: 'a' },
      ],
    },
    'the order of the blocks',
  ],
  [{ content: [{ type: 'text', text: 'a' }], stop_reason: 'refusal' }, 'stop_reason "refusal"'],
  [
    { content: [{ type: 'text', text: 'a' }], usage: { cache_creation_input_tokens: 4 } },
    'cache_creation_input_tokens',
  ],
  [{ content: [{ type: 'thinking', thinking: 'a' }] }, 'the thinking'],
])('of the message %j something is listed', (body, what) => {
  const text = JSON.stringify({ type: 'message', ...body });
  const exchange = call({ max_tokens: 9 }, ok(text), { path: messagesPath });

  expect(importAll([exchange]).leftovers).toMatchObject([{ what }]);
});

it.each([
  ['no answer', { status: 0, headers: {}, text: '' }, /no answer/],
  ['a redirect', { status: 307, headers: {}, text: '' }, /redirect, 307/],
])('a call with %s is listed', (_case, response, why) => {
  expect(importAll([call({}, response)]).leftovers).toMatchObject([
    { why: expect.stringMatching(why) },
  ]);
});

it('a body that was not saved is listed with what to do', () => {
  const archive = toArchive([call({}, ok(''))]);
  Reflect.deleteProperty(archive.log.entries[0]?.response.content ?? {}, 'text');
  const imported = importHar(JSON.stringify(archive), { file: 'a.har' });

  expect(imported?.leftovers).toMatchObject([
    { why: expect.stringContaining('save the archive with content') },
  ]);
});

it('calls of other endpoints are counted and passed over', () => {
  const other = call({}, ok('<p>'), { path: '/index.html' });
  const { drafts, leftovers, notices } = importAll([other, other]);

  expect({ drafts, leftovers }).toEqual({ drafts: [], leftovers: [] });
  expect(notices).toEqual(['a.har: passed over 2 entries of other endpoints.']);
});

it('an answer that is of no format is sent as it came', async () => {
  const page = {
    status: 502,
    headers: { 'content-type': 'text/html' },
    text: '<p>Bad gateway</p>',
  };
  const [fixture] = await fixturesOf([call({}, page)]);

  expect(fixture?.respond).toEqual({
    status: 502,
    headers: { 'content-type': 'text/html' },
    body: '<p>Bad gateway</p>',
    raw: true,
  });
});

it('answers take their time when it is asked for', async () => {
  const words =
    'data: {"choices":[{"delta":{"content":"12345678"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
  const fixtures = await fixturesOf(
    [call({}, ok(completion('a'))), call({ ...say('s'), stream: true }, ok(words))],
    { timing: true },
  );

  expect(fixtures).toMatchObject([
    { respond: { text: 'a', delay: 150 } },
    { respond: { stream: { ttftMs: 150, tokensPerSecond: 20 } } },
  ]);
});

it.each([
  '{',
  '[]',
  '{"log": {}}',
  `${'['.repeat(5000)}${']'.repeat(5000)}`,
])('the text %.20j is no archive', (text) => {
  expect(importHar(text, { file: 'a.har' })).toBeUndefined();
});

it('a chat path is known with LongCat’s prefix and without the version', async () => {
  const paths = [chatPath, '/openai/chat/completions', '/proxy/v1/chat/completions/'];
  const exchanges = paths.map((path, index) =>
    call(say(`${index}`), ok(completion('a')), { path }),
  );

  expect(await fixturesOf(exchanges)).toHaveLength(3);
});

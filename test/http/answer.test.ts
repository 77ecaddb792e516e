import { expect, it } from 'vitest';
import { Message } from '../../src/contract/anthropic/response.ts';
import { MessageStreamEvent } from '../../src/contract/anthropic/stream.ts';
import { ChatCompletion } from '../../src/contract/openai/response.ts';
import { ChatChunk } from '../../src/contract/openai/stream.ts';
import { createLongCatMock, frozenClock, type LongCatMockOptions } from '../../src/index.ts';
import { ask, chatPath, hello, messagesPath, readChunks, readEvents } from '../ask.ts';

it.each([
  '/openai/v1/chat/completions',
  '/openai/chat/completions',
  '/openai/v1/chat/completions?beta=true',
])('POST %s answers a chat', async (path) => {
  const response = await ask({}, { path });

  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json');
  ChatCompletion.parse(await response.json());
});

it.each<Record<string, string>>([
  {},
  { 'anthropic-version': '2023-06-01' },
  { 'anthropic-version': '2026-10-21', 'anthropic-beta': 'a,b' },
  { accept: 'application/json' },
  { 'content-type': 'text/plain' },
])('a message is answered whatever the headers: %j', async (headers) => {
  const response = await ask({}, { path: `${messagesPath}?beta=true`, headers });

  expect(Message.parse(await response.json()).stop_reason).toBe('end_turn');
});

it('streaming is decided by the body alone', async () => {
  const streamed = await ask({ stream: true }, { headers: { accept: 'application/json' } });
  const whole = await ask({ stream: null }, { headers: { accept: 'text/event-stream' } });

  expect(streamed.headers.get('content-type')).toBe('text/event-stream');
  expect(whole.headers.get('content-type')).toBe('application/json');
});

it('a stream says what the whole answer says', async () => {
  const whole = ChatCompletion.parse(await (await ask()).json());
  const chunks = (await readChunks(await ask({ stream: true }))).map((chunk) =>
    ChatChunk.parse(chunk),
  );
  const deltas = chunks.map(({ choices }) => choices[0]?.delta);

  expect(deltas.map((delta) => delta?.content ?? '').join('')).toBe(
    whole.choices[0]?.message.content,
  );
  expect(deltas.map((delta) => delta?.reasoning_content ?? '').join('')).toBe(
    whole.choices[0]?.message.reasoning_content,
  );
  expect(chunks.at(-1)?.usage).toEqual(whole.usage);
});

it('both formats say the same words to the same conversation', async () => {
  const chat = ChatCompletion.parse(await (await ask()).json());
  const message = Message.parse(await (await ask({}, { path: messagesPath })).json());

  expect(message.content).toEqual([{ type: 'text', text: chat.choices[0]?.message.content }]);
});

it('the ids of a stream are one id, and two answers have two', async () => {
  const mock = createLongCatMock();
  const ids = async () =>
    (await readChunks(await ask({ stream: true }, { mock }))).map(
      (chunk) => ChatChunk.parse(chunk).id,
    );
  const first = await ids();
  const second = await ids();

  expect(new Set(first).size).toBe(1);
  expect(second[0]).not.toBe(first[0]);
});

const requests = [
  [{}, chatPath],
  [{ stream: true }, chatPath],
  [{ n: 2, temperature: 0.1 }, chatPath],
  [{ n: 2, temperature: 0.2 }, chatPath],
  [{}, messagesPath],
  [{ messages: [{ role: 'user', content: '你好' }] }, messagesPath],
] as const;

async function askAll(
  order: readonly number[],
  options: LongCatMockOptions,
): Promise<Map<number, string>> {
  const mock = createLongCatMock(options);
  const bodies = new Map<number, string>();
  for (const index of order) {
    const [overrides, path] = requests[index] ?? [];
    bodies.set(index, await (await ask(overrides, { path, mock })).text());
  }
  return bodies;
}

it('with a frozen clock the order of requests changes no byte', async () => {
  const options = { seed: 'order', clock: frozenClock(new Date('2026-09-01')) };
  const forward = await askAll([0, 1, 2, 3, 4, 5], options);
  const backward = await askAll([5, 4, 3, 2, 1, 0], options);

  expect(Object.fromEntries(backward)).toEqual(Object.fromEntries(forward));
  expect(new Set(forward.values()).size).toBe(requests.length);
});

it('another seed gives other words and other ids', async () => {
  const one = ChatCompletion.parse(await (await ask({}, { options: { seed: '1' } })).json());
  const two = ChatCompletion.parse(await (await ask({}, { options: { seed: '2' } })).json());

  expect(two.id).not.toBe(one.id);
  expect(two.choices[0]?.message.content).not.toBe(one.choices[0]?.message.content);
});

it('created is the clock’s time in whole seconds', async () => {
  const clock = frozenClock(1_788_243_528_999);
  const { created } = ChatCompletion.parse(await (await ask({}, { options: { clock } })).json());

  expect(created).toBe(1_788_243_528);
});

it('an answer carries the mock’s own headers', async () => {
  const response = await ask();

  expect(response.headers.get('x-longcat-mock-source')).toBe('generated');
  expect(response.headers.get('x-longcat-mock-session')).toBe('default');
  expect(response.headers.get('x-longcat-mock-request-id')).toBe((await response.json()).id);
});

it.each([
  [{ 'x-longcat-mock-session': 'mine' }, 'mine'],
  [{ authorization: 'Bearer lcmock_theirs' }, 'theirs'],
  [{ authorization: 'Bearer lcmock_theirs.rate-limit' }, 'theirs'],
  [{ authorization: 'Bearer lcmock_theirs', 'x-longcat-mock-session': 'mine' }, 'mine'],
])('%j asks in the session %j', async (headers, session) => {
  const response = await ask({}, { headers });

  expect(response.headers.get('x-longcat-mock-session')).toBe(session);
});

it('a key that names a session is accepted whatever keys are', async () => {
  const headers = { authorization: 'Bearer lcmock_any' };
  const options = { acceptKeys: ['other'] };

  expect((await ask({}, { headers, options })).status).toBe(200);
  expect((await ask({}, { options })).status).toBe(401);
});

it('sessions share words but no ids', async () => {
  const mock = createLongCatMock();
  const one = await (await ask({}, { mock, headers: { 'x-longcat-mock-session': 'a' } })).json();
  const two = await (await ask({}, { mock, headers: { 'x-longcat-mock-session': 'b' } })).json();

  expect(two.choices).toEqual(one.choices);
  expect(two.id).not.toBe(one.id);
});

it('under the strict contract no header tells of the mock', async () => {
  const options = { strictContract: true };
  const answers = [
    await ask({}, { options }),
    await ask({ stream: true }, { options }),
    await ask({ top_p: 2 }, { options }),
    await ask({}, { options, path: '/nowhere' }),
  ];

  const names = answers.flatMap(({ headers }) => [...headers.keys()]);
  expect(names.filter((name) => name.includes('mock'))).toEqual([]);
});

it('validate=warn answers, and names the violations in a header', async () => {
  const response = await ask({ top_p: 2, user: 7 }, { options: { validate: 'warn' } });

  expect(response.status).toBe(200);
  expect(response.headers.get('x-longcat-mock-violations')).toBe(
    '/top_p: 2 is not less or equal to 1; /user: expected type: String, found: Integer',
  );
});

it('a violation with other than ASCII text is escaped in its header', async () => {
  const thinking = { type: '思考' };
  const response = await ask({ thinking }, { options: { validate: 'warn' } });

  expect(response.headers.get('x-longcat-mock-violations')).toBe(
    '/thinking/type: \\u601d\\u8003 is not a valid enum value',
  );
});

const oddities: readonly object[] = [
  {},
  { messages: 7 },
  { messages: [null, 1, 'a', [], {}] },
  { messages: [{ role: 5, content: { a: 1 } }], tools: 'x', stop: 5, n: 'many' },
  {
    messages: [
      { role: 'assistant', tool_calls: [null, { function: 3 }], content: [1, { text: 2 }] },
    ],
  },
  { max_tokens: -5, n: -1, top_logprobs: 'x', logprobs: true, response_format: [] },
  { max_tokens: 1e308, n: 1e9 },
  { tools: [{}, { type: 'function' }, { type: 'custom', custom: 1 }], tool_choice: 'required' },
  {
    tools: [{ name: 1, input_schema: 'x' }],
    tool_choice: { type: 'any' },
    system: [5, { text: 'a' }],
  },
  { thinking: 'yes', stream_options: 1, output_config: { format: { type: 'json_schema' } } },
  { response_format: { type: 'json_schema' } },
];

it.each(
  oddities.flatMap((body) => [chatPath, messagesPath].map((path) => ({ body, path }))),
)('validate=off answers $body on $path, in a body the published schema accepts', async ({
  body,
  path,
}) => {
  const options = { validate: 'off', models: ['*'] } as const;
  const whole = await ask(body, { path, options });
  const streamed = await readEvents(await ask({ ...body, stream: true }, { path, options }));

  (path === chatPath ? ChatCompletion : Message).parse(await whole.json());
  for (const { data } of streamed.filter((event) => event.data !== '[DONE]')) {
    (path === chatPath ? ChatChunk : MessageStreamEvent).parse(JSON.parse(data));
  }
});

it.each([
  [['LongCat-2.0', 'LongCat-2.5-Preview'], 'LongCat-2.5-Preview', 200],
  [['LongCat-2.5-Preview'], 'LongCat-2.0', 400],
  [['*'], 'anything-at-all', 200],
  [undefined, 'LongCat-2.5-Preview', 400],
])('a server of %j answers %s with %i', async (models, model, status) => {
  const response = await ask({ model }, { options: models ? { models } : {} });

  expect(response.status).toBe(status);
  if (status === 200) expect((await response.json()).model).toBe(model);
});

it('the output limit is that of the model', async () => {
  const options = { models: ['*'] };
  const body = { model: 'LongCat-2.5-Preview', max_tokens: 200_000 };

  expect((await ask(body, { options })).status).toBe(200);
  expect((await ask({ ...body, model: 'LongCat-2.0' }, { options })).status).toBe(400);
});

it('the context window is full at its last token', async () => {
  const overhead = 4;
  const fits = ' cat'.repeat(1_048_576 - overhead);
  const body = (content: string) => ({ messages: [{ role: 'user', content }], max_tokens: 1 });

  const full = await ask(body(fits), { options: { maxBody: 64_000_000 } });
  const over = await ask(body(`${fits} cat`), { options: { maxBody: 64_000_000 } });

  expect(full.status).toBe(200);
  expect((await full.json()).usage.prompt_tokens).toBe(1_048_576);
  expect((await over.json()).error.message).toContain('(1048577 tokens)');
});

it('names that reach into objects are only names', async () => {
  const body = `{"model":"LongCat-2.0","__proto__":{"polluted":1},"constructor":1,"messages":[{"role":"user","content":"Hi","__proto__":{"polluted":1}}]}`;
  const headers = { authorization: 'Bearer test' };
  const mock = createLongCatMock();
  const response = await mock.fetch(`http://localhost${chatPath}`, {
    method: 'POST',
    headers,
    body,
  });

  expect(response.status).toBe(200);
  expect({}).not.toHaveProperty('polluted');
});

it.each([
  ['a byte order mark', new TextEncoder().encode(`\ufeff${JSON.stringify(hello)}`)],
  ['a lone surrogate', `{"model":"LongCat-2.0","messages":[{"role":"user","content":"\\ud800"}]}`],
  [
    'the same member twice',
    `{"model":"x","model":"LongCat-2.0","messages":[{"role":"user","content":""}]}`,
  ],
  [
    'bytes that are not UTF-8',
    Buffer.concat([
      Buffer.from('{"model":"LongCat-2.0","messages":[{"role":"user","content":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}]}'),
    ]),
  ],
])('a body with %s is answered', async (_case, body) => {
  const headers = { authorization: 'Bearer test' };
  const mock = createLongCatMock();
  const response = await mock.fetch(`http://localhost${chatPath}`, {
    method: 'POST',
    headers,
    body,
  });

  expect(response.status).toBe(200);
  expect((await response.text()).isWellFormed()).toBe(true);
});

it('a crash is LongCat’s internal error, reported, and the SDKs do not retry it', async () => {
  const reports: { status: number; notes: readonly string[] }[] = [];
  const mock = createLongCatMock({
    clock: {
      now: () => {
        throw new Error('the clock is broken');
      },
    },
    report: (report) => reports.push(report),
  });
  const response = await ask({}, { mock });

  expect(response.status).toBe(500);
  expect(response.headers.get('x-should-retry')).toBe('false');
  expect((await response.json()).error).toMatchObject({
    code: 'internal_error',
    type: 'server_error',
  });
  expect(reports).toEqual([
    expect.objectContaining({
      status: 500,
      notes: expect.arrayContaining(['Error: the clock is broken']),
    }),
  ]);
});

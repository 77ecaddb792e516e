import { expect, it } from 'vitest';
import { anthropic } from '../../src/dialect/anthropic/index.ts';
import { openai } from '../../src/dialect/openai/index.ts';
import { type Performance, perform } from '../../src/engine/perform.ts';
import type { JsonObject } from '../../src/exchange/json.ts';
import type { Choice, Reply } from '../../src/exchange/reply.ts';
import { createRandom } from '../../src/generate/random.ts';
import { Step } from '../../src/scenario/step-schema.ts';
import { hello } from '../ask.ts';

const generated: Reply = {
  choices: [{ text: 'generated', toolCalls: [], stop: { kind: 'end' } }],
  warnings: [],
  usage: { input: 1, cached: 0, output: 2, reasoning: 0 },
};
const counted = { input: 10, cached: 3, output: 20, reasoning: 5 };

interface Asked {
  readonly api?: 'openai' | 'anthropic';
  readonly body?: JsonObject;
  readonly seed?: number;
}

async function play(
  step: unknown,
  { api = 'openai', body = {}, seed = 1 }: Asked = {},
): Promise<Performance> {
  const dialect = api === 'openai' ? openai : anthropic;
  return perform(Step.parse(step), {
    prompt: dialect.decode({ ...hello, ...body }),
    ids: createRandom(seed),
    random: createRandom(seed),
    generate: async () => generated,
    countUsage: async () => counted,
  });
}

async function reply(step: unknown, asked?: Asked): Promise<Reply> {
  const performance = await play(step, asked);
  if (performance.kind !== 'reply') throw new Error(`A ${performance.kind} and no reply.`);
  return performance.reply;
}

async function choice(step: unknown, asked?: Asked): Promise<Choice | undefined> {
  return (await reply(step, asked)).choices[0];
}

it.each([
  [{}],
  [{ delay: 5 }],
  [{ fault: 'STREAM_NO_DONE' }],
  [{ wire: { split: 1 } }],
  [{ stream: { ttftMs: 5 } }],
  [{ quirks: { 'usage-late': true } }],
])('a step that says nothing, %j, leaves the words to be generated', async (step) => {
  expect((await reply(step)).choices).toEqual(generated.choices);
  expect((await reply(step)).usage).toEqual(generated.usage);
});

it.each([
  [{ text: 'Hi.' }, { text: 'Hi.', toolCalls: [], stop: { kind: 'end' } }],
  [{ text: '' }, { text: '', toolCalls: [], stop: { kind: 'end' } }],
  [{ text: null }, { toolCalls: [], stop: { kind: 'end' } }],
  [
    { stream: { chunks: ['a', { text: 'b', atMs: 5 }] } },
    { text: 'ab', chunks: ['a', 'b'], toolCalls: [], stop: { kind: 'end' } },
  ],
  [
    { text: 'Hi.', finishReason: 'length' },
    { text: 'Hi.', stop: { kind: 'limit' } },
  ],
  [
    { text: 'Hi.', finishReason: 'tool_calls' },
    { text: 'Hi.', stop: { kind: 'tool-calls' } },
  ],
])('%j is the choice %j', async (step, expected) => {
  expect(await choice(step)).toMatchObject(expected);
});

it('calls of tools end the answer, unless it is told how it ends', async () => {
  const toolCalls = [
    { name: 'get_weather', arguments: { city: 'Paris' }, id: 'a1' },
    { name: 'get_time', arguments: '{"cut' },
    { name: 'get_news' },
  ];
  const made = await choice({ toolCalls });

  expect(made?.stop).toEqual({ kind: 'tool-calls' });
  expect(made?.text).toBeUndefined();
  expect(made?.toolCalls).toMatchObject([
    { id: 'a1', kind: 'function', name: 'get_weather', input: '{"city": "Paris"}' },
    { id: expect.stringMatching(/^[\da-f]{24}$/), name: 'get_time', input: '{"cut' },
    { id: expect.stringMatching(/^[\da-f]{24}$/), name: 'get_news', input: '{}' },
  ]);
  expect((await choice({ toolCalls, finishReason: 'stop' }))?.stop).toEqual({ kind: 'end' });
});

it('a call of a custom tool is of its kind', async () => {
  const body = { tools: [{ type: 'custom', custom: { name: 'sql' } }] };
  const made = await choice({ toolCalls: [{ name: 'sql', arguments: 'SELECT 1' }] }, { body });

  expect(made?.toolCalls).toMatchObject([{ kind: 'custom', input: 'SELECT 1' }]);
});

it('ids are of the seed', async () => {
  const step = { toolCalls: [{ name: 'a' }] };
  const id = async (seed: number) => (await choice(step, { seed }))?.toolCalls[0]?.id;

  expect(await id(1)).toBe(await id(1));
  expect(await id(1)).not.toBe(await id(2));
});

it.each([
  ['openai', {}, 'Hm.'],
  ['openai', { thinking: { type: 'disabled' } }, undefined],
  ['openai', { enable_thinking: false }, undefined],
  ['openai', { reasoning_effort: 'none' }, undefined],
  ['anthropic', {}, undefined],
  ['anthropic', { thinking: { type: 'disabled' } }, undefined],
  ['anthropic', { thinking: { type: 'enabled', budget_tokens: 50 } }, 'Hm.'],
  ['anthropic', { thinking: { type: 'enabled', display: 'omitted' } }, ''],
] as const)('reasoning on %s with %j is %j', async (api, body, text) => {
  const made = await choice({ thinking: 'Hm.', text: 'Hi.' }, { api, body });

  expect(made?.thinking?.text).toBe(text);
  expect(made?.text).toBe('Hi.');
});

it('a request for several choices gets as many', async () => {
  const { choices } = await reply({ text: 'Hi.' }, { body: { n: 3 } });

  expect(choices.map(({ text }) => text)).toEqual(['Hi.', 'Hi.', 'Hi.']);
});

it.each([
  [{ text: 'Hi.' }, counted],
  [
    { text: 'Hi.', usage: { output: 9 } },
    { ...counted, output: 9 },
  ],
  [
    { text: 'Hi.', usage: { input: 42, output: 9, cached: 0, reasoning: 1 } },
    { input: 42, output: 9, cached: 0, reasoning: 1 },
  ],
  [{ usage: { input: 42 } }, { ...generated.usage, input: 42 }],
])('the usage of %j is %j', async (step, usage) => {
  expect((await reply(step)).usage).toEqual(usage);
});

it.each([
  ['rate_limit_exceeded', { name: 'rate_limit_exceeded', headers: {} }],
  [
    { name: 'rate_limit_exceeded', message: 'Slow down.', retryAfter: 60 },
    { name: 'rate_limit_exceeded', message: 'Slow down.', retryAfter: 60, headers: {} },
  ],
  [
    { name: 'internal_error', retryAfterHeader: 2, retryAfterMs: 5, sdkRetry: false },
    { headers: { 'retry-after': '2', 'retry-after-ms': '5', 'x-should-retry': 'false' } },
  ],
  [
    { name: 'internal_error', retryAfterHeader: 'Wed, 21 Oct 2026 07:28:00 GMT', sdkRetry: true },
    { headers: { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT', 'x-should-retry': 'true' } },
  ],
])('the error %j is the failure %j', async (error, failure) => {
  expect(await play({ error })).toMatchObject({ kind: 'failure', failure });
});

it('an error has the status and the headers of its step', async () => {
  const step = {
    error: { name: 'internal_error', retryAfterMs: 5 },
    status: 529,
    headers: { 'retry-after-ms': '7', 'x-own': 'a' },
  };

  expect(await play(step)).toMatchObject({
    failure: { status: 529, headers: { 'retry-after-ms': '7', 'x-own': 'a' } },
  });
});

it.each([
  [{ body: 'text' }, { status: 200, headers: {}, body: 'text' }],
  [
    { body: { a: 1 }, status: 418 },
    { status: 418, body: { a: 1 } },
  ],
  [{ body: null, headers: { 'content-type': 'x/y' } }, { body: null }],
])('%j is a body as it is', async (step, expected) => {
  expect(await play(step)).toMatchObject({ kind: 'body', ...expected });
});

it('a reply has the status, headers and switches of its step', async () => {
  const step = {
    text: 'Hi.',
    status: 203,
    headers: { 'x-own': 'a' },
    quirks: { 'usage-late': true },
  };

  expect(await play(step)).toMatchObject({
    kind: 'reply',
    status: 203,
    headers: { 'x-own': 'a' },
    quirks: { 'usage-late': true },
  });
});

it('how a reply travels is planned with its tokens', async () => {
  const step = {
    text: 'Hi.',
    delay: 7,
    wire: { split: 3 },
    stream: { ttftMs: 5, tokensPerSecond: 10, jitter: 0.1, heartbeatMs: 50 },
    fault: { type: 'STREAM_ERROR_EVENT', afterChunks: 2, error: 'rate_limit_exceeded' },
  };
  const { delivery } = await play(step);

  expect(delivery).toMatchObject({
    delayMs: 7,
    wire: { split: 3 },
    pace: { ttftMs: 5, spanMs: 2000, jitter: 0.1, heartbeatMs: 50 },
    fault: { type: 'STREAM_ERROR_EVENT', afterChunks: 2, error: 'rate_limit_exceeded' },
  });
  expect((await play({ text: 'Hi.' })).delivery).toMatchObject({ delayMs: 0 });
  expect((await play({ text: 'Hi.' })).delivery.pace).toBeUndefined();
});

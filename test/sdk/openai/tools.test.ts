import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChatCompletion } from '../../../src/contract/openai/response.ts';
import { ChatChunk, type ChatToolCallDelta } from '../../../src/contract/openai/stream.ts';
import { type RunningLongCatMock, startLongCatMock } from '../../../src/index.ts';
import { collect, cross, model } from '../versions.ts';
import { openaiClient, openaiVersions } from './clients.ts';

let mock: RunningLongCatMock;
let nullless: RunningLongCatMock;

beforeAll(async () => {
  mock = await startLongCatMock({ port: 0 });
  nullless = await startLongCatMock({ port: 0, quirks: { 'tool-delta-nulls': false } });
});
afterAll(() => Promise.all([mock.close(), nullless.close()]));

type Client = ReturnType<typeof openaiClient>;

const weather = {
  type: 'function' as const,
  function: {
    name: 'get_weather',
    description: 'The weather of a city.',
    parameters: {
      type: 'object',
      properties: {
        city: { type: 'string', minLength: 1 },
        unit: { enum: ['celsius', 'fahrenheit'] },
        days: { type: 'integer', minimum: 1, maximum: 7 },
      },
      required: ['city', 'unit', 'days'],
      additionalProperties: false,
    },
  },
};
const time = {
  type: 'function' as const,
  function: { name: 'get_time', parameters: { type: 'object', properties: {} } },
};

function question(content: string) {
  return { model, messages: [{ role: 'user' as const, content }], tools: [weather, time] };
}

const sunny = question('Is it sunny? Use get_weather.');
const both = question('Use get_time, then get_weather.');
const neither = question('Is it sunny?');

async function ask(client: Client, request: object) {
  const answer = await client.chat.completions.create({ ...neither, ...request, stream: false });
  const [choice] = ChatCompletion.parse(answer).choices;
  return { ...choice?.message, finish: choice?.finish_reason };
}

async function streamCalls(client: Client, request: object): Promise<ChatToolCallDelta[]> {
  const chunks = await collect(
    await client.chat.completions.create({ ...neither, ...request, stream: true }),
  );
  const choices = chunks.flatMap((chunk) => ChatChunk.parse(chunk).choices);
  expect(choices.at(-1)).toMatchObject({ finish_reason: 'tool_calls', matched_stop: 2 });
  return choices.flatMap(({ delta }) => delta.tool_calls ?? []);
}

function namesOf({ tool_calls = [] }: Awaited<ReturnType<typeof ask>>): string[] {
  return tool_calls.map((call) => (call.type === 'function' ? call.function.name : 'custom'));
}

it.each(openaiVersions)('%s gets a call of the tool that is mentioned', async (_v, OpenAI) => {
  const message = await ask(openaiClient(OpenAI, mock), sunny);

  expect(message).toMatchObject({
    finish: 'tool_calls',
    content: null,
    tool_calls: [
      {
        id: expect.stringMatching(/^call_[0-9a-f]{24}$/),
        index: 0,
        type: 'function',
        function: { name: 'get_weather' },
      },
    ],
  });
  const [call] = message.tool_calls ?? [];
  const input = JSON.parse(call?.type === 'function' ? call.function.arguments : '');
  expect(input).toEqual({
    city: expect.stringMatching(/./),
    unit: expect.stringMatching(/^(celsius|fahrenheit)$/),
    days: expect.any(Number),
  });
  expect([1, 2, 3, 4, 5, 6, 7]).toContain(input.days);
});

it.each(openaiVersions)('%s streams a call: name first, then the arguments', async (_v, OpenAI) => {
  const client = openaiClient(OpenAI, mock);
  const whole = await ask(client, sunny);

  const [first, ...later] = await streamCalls(client, sunny);

  expect(first).toEqual({
    id: expect.stringMatching(/^call_[0-9a-f]{24}$/),
    index: 0,
    type: 'function',
    function: { name: 'get_weather', arguments: '' },
  });
  expect(later.length).toBeGreaterThan(1);
  const pieces = later.map((delta) => (delta.type === 'function' ? delta.function.arguments : ''));
  expect(whole.tool_calls).toMatchObject([{ function: { arguments: pieces.join('') } }]);
  expect(later).toEqual(
    pieces.map((piece) => ({
      id: null,
      index: 0,
      type: 'function',
      function: { name: null, arguments: piece },
    })),
  );
});

it.each(openaiVersions)('%s without quirk tool-delta-nulls reads no nulls', async (_v, OpenAI) => {
  const [, ...later] = await streamCalls(openaiClient(OpenAI, nullless), sunny);

  expect(later.length).toBeGreaterThan(1);
  for (const delta of later) {
    expect(Object.keys(delta)).toEqual(['index', 'type', 'function']);
    expect(delta).toMatchObject({ function: { arguments: expect.stringMatching(/./) } });
    expect(delta).not.toHaveProperty('function.name');
  }
});

it.each(
  openaiVersions,
)('%s .stream() gathers the calls, with nulls and without', async (_v, OpenAI) => {
  for (const server of [mock, nullless]) {
    const client = openaiClient(OpenAI, server);
    const { tool_calls = [] } = await ask(client, both);

    const streamed = await client.chat.completions.stream(both).finalChatCompletion();

    const calls = streamed.choices[0]?.message.tool_calls ?? [];
    expect(calls.map(({ id }) => id)).toEqual([
      expect.stringMatching(/^call_[0-9a-f]{24}$/),
      expect.stringMatching(/^call_[0-9a-f]{24}$/),
    ]);
    expect(calls).toMatchObject(tool_calls.map(({ id, index, ...call }) => call));
  }
});

it.each(
  openaiVersions,
)('%s gets parallel calls in the order of the question', async (_v, OpenAI) => {
  const client = openaiClient(OpenAI, mock);

  const message = await ask(client, both);

  expect(namesOf(message)).toEqual(['get_time', 'get_weather']);
  expect(message.tool_calls?.map(({ index }) => index)).toEqual([0, 1]);
  expect(new Set(message.tool_calls?.map(({ id }) => id)).size).toBe(2);
  const indexes = (await streamCalls(client, both)).map(({ index }) => index);
  expect(indexes).toEqual(indexes.toSorted());
  expect(new Set(indexes)).toEqual(new Set([0, 1]));
});

it.each(openaiVersions)('%s gets one call with parallel_tool_calls false', async (_v, OpenAI) => {
  const client = openaiClient(OpenAI, mock);

  expect(namesOf(await ask(client, { ...both, parallel_tool_calls: false }))).toEqual(['get_time']);
});

const named = { type: 'function', function: { name: 'get_time' } };

function allow(mode: 'auto' | 'required') {
  return { type: 'allowed_tools', allowed_tools: { mode, tools: [named] } };
}

const choices: readonly (readonly [string, object, readonly string[]])[] = [
  ['auto and no mention', { ...neither, tool_choice: 'auto' }, []],
  ['auto and a longer word', question('Run get_weather_now and forget_time.'), []],
  ['none and a mention', { ...sunny, tool_choice: 'none' }, []],
  ['required and no mention', { ...neither, tool_choice: 'required' }, ['get_weather']],
  ['required and a mention', { ...both, tool_choice: 'required' }, ['get_time', 'get_weather']],
  ['a named tool', { ...neither, tool_choice: named }, ['get_time']],
  ['a named tool and another’s mention', { ...sunny, tool_choice: named }, ['get_time']],
  ['allowed_tools auto and no mention of them', { ...sunny, tool_choice: allow('auto') }, []],
  ['allowed_tools auto and a mention', { ...both, tool_choice: allow('auto') }, ['get_time']],
  ['allowed_tools required', { ...sunny, tool_choice: allow('required') }, ['get_time']],
];

it.each(
  cross(openaiVersions, choices),
)('%s with tool_choice %s gets the calls it asks for', async (_v, _case, OpenAI, request, names) => {
  const message = await ask(openaiClient(OpenAI, mock), request);

  expect(namesOf(message)).toEqual(names);
  expect(message.finish).toBe(names.length > 0 ? 'tool_calls' : 'stop');
  expect(message.content === null).toBe(names.length > 0);
});

const calledTurns = [
  ...sunny.messages,
  {
    role: 'assistant',
    reasoning_content: '\nThe tool knows.',
    tool_calls: [
      { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{}' } },
    ],
  },
  { role: 'tool', tool_call_id: 'call_1', content: [{ type: 'text', text: 'Sunny.' }] },
];

const followed: readonly (readonly [string, readonly object[]])[] = [
  ['the tool’s result', calledTurns],
  ['a system turn after it', [...calledTurns, { role: 'system', content: 'Be brief.' }]],
  ['a developer turn after it', [...calledTurns, { role: 'developer', content: 'Be brief.' }]],
];

it.each(
  cross(openaiVersions, followed),
)('%s gets words, not the call again, after %s', async (_v, _case, OpenAI, messages) => {
  const message = await ask(openaiClient(OpenAI, mock), { messages });

  expect(namesOf(message)).toEqual([]);
  expect(message.finish).toBe('stop');
  expect(message.content).toMatch(/\.$/);
});

it.each(
  openaiVersions,
)('%s gets words after a result even where a call is required', async (_v, OpenAI) => {
  const message = await ask(openaiClient(OpenAI, mock), {
    messages: calledTurns,
    tool_choice: 'required',
  });

  expect(namesOf(message)).toEqual([]);
  expect(message.finish).toBe('stop');
});

it.each(openaiVersions)('%s gets free text for a custom tool', async (_version, OpenAI) => {
  const client = openaiClient(OpenAI, mock);
  const request = {
    messages: [{ role: 'user', content: 'Use write_poem.' }],
    tools: [{ type: 'custom', custom: { name: 'write_poem' } }],
  };

  const { tool_calls } = await ask(client, request);
  const [first, ...later] = await streamCalls(client, request);

  expect(first).toMatchObject({ type: 'custom', custom: { name: 'write_poem', input: '' } });
  const input = later.map((delta) => (delta.type === 'custom' ? delta.custom.input : '')).join('');
  expect(input).toMatch(/^[A-Z].+\.$/);
  expect(tool_calls).toMatchObject([{ type: 'custom', custom: { name: 'write_poem', input } }]);
});

it.each(openaiVersions)('%s gets arguments cut by max_tokens', async (_version, OpenAI) => {
  const client = openaiClient(OpenAI, mock);
  const whole = await ask(client, { ...sunny, reasoning_effort: 'none' });

  const cut = await ask(client, { ...sunny, reasoning_effort: 'none', max_tokens: 8 });

  const [text = '', start = ''] = [whole, cut].map(({ tool_calls: [call] = [] }) =>
    call?.type === 'function' ? call.function.arguments : '',
  );
  expect(cut.finish).toBe('length');
  expect(start.length).toBeGreaterThan(0);
  expect(start.length).toBeLessThan(text.length);
  expect(text.startsWith(start)).toBe(true);
});

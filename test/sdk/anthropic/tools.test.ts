import { afterAll, beforeAll, expect, it } from 'vitest';
import { Message } from '../../../src/contract/anthropic/response.ts';
import { MessageStreamEvent } from '../../../src/contract/anthropic/stream.ts';
import { writeJson } from '../../../src/exchange/json.ts';
import { type RunningLongCatMock, startLongCatMock } from '../../../src/index.ts';
import { collect, cross, model } from '../versions.ts';
import { anthropicClient, anthropicVersions } from './clients.ts';

let mock: RunningLongCatMock;

beforeAll(async () => {
  mock = await startLongCatMock({ port: 0 });
});
afterAll(() => mock.close());

type Client = ReturnType<typeof anthropicClient>;

const weather = {
  name: 'get_weather',
  description: 'The weather of a city.',
  input_schema: {
    type: 'object' as const,
    properties: { city: { type: 'string', minLength: 1 }, days: { type: 'integer', minimum: 1 } },
    required: ['city', 'days'],
    additionalProperties: false,
  },
};
const time = { name: 'get_time', input_schema: { type: 'object' as const, properties: {} } };

function question(content: string) {
  return {
    model,
    messages: [{ role: 'user' as const, content }],
    max_tokens: 1000,
    tools: [weather, time],
  };
}

const sunny = question('Is it sunny? Use get_weather.');
const both = question('Use get_time, then get_weather.');
const neither = question('Is it sunny?');

async function ask(client: Client, request: object): Promise<Message> {
  return Message.parse(await client.messages.create({ ...neither, ...request, stream: false }));
}

function namesOf({ content }: Message): string[] {
  return content.flatMap((block) => (block.type === 'tool_use' ? block.name : []));
}

const weatherInput = { city: expect.stringMatching(/./), days: expect.any(Number) };

it.each(
  anthropicVersions,
)('%s gets a call of the tool that is mentioned', async (_v, Anthropic) => {
  const message = await ask(anthropicClient(Anthropic, mock), sunny);

  expect(message).toMatchObject({ stop_reason: 'tool_use', stop_sequence: null });
  expect(message.content).toEqual([
    {
      type: 'tool_use',
      id: expect.stringMatching(/^toolu_[0-9a-f]{24}$/),
      name: 'get_weather',
      input: weatherInput,
    },
  ]);
});

it.each(anthropicVersions)('%s gets a thought before a call', async (_version, Anthropic) => {
  const message = await ask(anthropicClient(Anthropic, mock), {
    ...sunny,
    thinking: { type: 'between_tools' },
  });

  expect(message.content.map(({ type }) => type)).toEqual(['thinking', 'tool_use']);
});

it.each(
  anthropicVersions,
)('%s streams the input in pieces, an empty one first', async (_v, Anthropic) => {
  const client = anthropicClient(Anthropic, mock);
  const whole = await ask(client, sunny);

  const events = (await collect(await client.messages.create({ ...sunny, stream: true }))).map(
    (event) => MessageStreamEvent.parse(event),
  );

  const blocks = events.filter((event) => 'index' in event);
  const pieces = blocks.flatMap((event) =>
    event.type === 'content_block_delta' && event.delta.type === 'input_json_delta'
      ? event.delta.partial_json
      : [],
  );
  expect(blocks[0]).toEqual({
    type: 'content_block_start',
    index: 0,
    content_block: {
      type: 'tool_use',
      id: expect.stringMatching(/^toolu_[0-9a-f]{24}$/),
      name: 'get_weather',
      input: {},
    },
  });
  expect(pieces.length).toBeGreaterThan(2);
  expect(pieces[0]).toBe('');
  expect(blocks).toHaveLength(pieces.length + 2);
  expect(whole.content).toMatchObject([{ input: JSON.parse(pieces.join('')) }]);
  expect(events.at(-2)).toMatchObject({ delta: { stop_reason: 'tool_use' } });
});

it.each(anthropicVersions)('%s .stream() gathers parallel calls', async (_version, Anthropic) => {
  const client = anthropicClient(Anthropic, mock);
  const whole = await ask(client, both);
  const pieces: string[] = [];

  const stream = client.messages.stream(both);
  stream.on('inputJson', (piece) => pieces.push(piece));
  const { content, stop_reason } = await stream.finalMessage();

  expect(namesOf(whole)).toEqual(['get_time', 'get_weather']);
  expect(stop_reason).toBe('tool_use');
  expect(content).toMatchObject(
    whole.content.map((block) => block.type === 'tool_use' && { ...block, id: expect.any(String) }),
  );
  const ids = content.flatMap((block) => (block.type === 'tool_use' ? block.id : []));
  expect(new Set(ids).size).toBe(2);
  const inputs = content.map((block) => (block.type === 'tool_use' ? writeJson(block.input) : ''));
  expect(pieces.join('')).toBe(inputs.join(''));
});

const choices: readonly (readonly [string, object, readonly string[]])[] = [
  ['auto and no mention', { ...neither, tool_choice: { type: 'auto' } }, []],
  ['auto and a longer word', question('Run get_weather_now and forget_time.'), []],
  ['none and a mention', { ...sunny, tool_choice: { type: 'none' } }, []],
  ['any and no mention', { ...neither, tool_choice: { type: 'any' } }, ['get_weather']],
  ['any and two mentions', { ...both, tool_choice: { type: 'any' } }, ['get_time', 'get_weather']],
  ['a tool', { ...neither, tool_choice: { type: 'tool', name: 'get_time' } }, ['get_time']],
  [
    'a tool and another’s mention',
    { ...sunny, tool_choice: { type: 'tool', name: 'get_time' } },
    ['get_time'],
  ],
  [
    'auto and no parallel use',
    { ...both, tool_choice: { type: 'auto', disable_parallel_tool_use: true } },
    ['get_time'],
  ],
  [
    'any and no parallel use',
    { ...both, tool_choice: { type: 'any', disable_parallel_tool_use: true } },
    ['get_time'],
  ],
];

it.each(
  cross(anthropicVersions, choices),
)('%s with tool_choice %s gets the calls it asks for', async (_v, _case, Anthropic, request, names) => {
  const message = await ask(anthropicClient(Anthropic, mock), request);

  expect(namesOf(message)).toEqual(names);
  expect(message.stop_reason).toBe(names.length > 0 ? 'tool_use' : 'end_turn');
  expect(message.content.map(({ type }) => type)).toEqual(
    names.length > 0 ? names.map(() => 'tool_use') : ['text'],
  );
});

it.each(
  anthropicVersions,
)('%s gets the empty input of a call that max_tokens cut', async (_v, Anthropic) => {
  const client = anthropicClient(Anthropic, mock);
  const request = { ...sunny, max_tokens: 8 };

  const message = await ask(client, request);
  const streamed = await client.messages.stream(request).finalMessage();

  expect(message).toMatchObject({
    stop_reason: 'max_tokens',
    content: [{ type: 'tool_use', name: 'get_weather', input: {} }],
    usage: { output_tokens: 8 },
  });
  expect(streamed).toMatchObject({ stop_reason: 'max_tokens', content: [{ name: 'get_weather' }] });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { Message } from '../../../src/contract/anthropic/response.ts';
import { type RunningLongCatMock, startLongCatMock } from '../../../src/index.ts';
import { cross, model } from '../versions.ts';
import { anthropicClient, anthropicVersions } from './clients.ts';

let mock: RunningLongCatMock;

beforeAll(async () => {
  mock = await startLongCatMock({ port: 0 });
});
afterAll(() => mock.close());

type Client = ReturnType<typeof anthropicClient>;

const schema = {
  type: 'object' as const,
  properties: { city: { type: 'string', minLength: 1 } },
  required: ['city'],
  additionalProperties: false,
};
const tools = ['get_weather', 'get_time'].map((name) => ({ name, input_schema: schema }));
const asked = { role: 'user' as const, content: 'Use get_weather and get_time.' };

async function ask(client: Client, messages: readonly object[], members: object = {}) {
  const request = { model, max_tokens: 1000, tools, ...members, stream: false as const };
  return Message.parse(
    await client.messages.create({ ...request, messages: messages as [typeof asked] }),
  );
}

const called = {
  role: 'assistant',
  content: [
    { type: 'thinking', thinking: '\nTwo tools.', signature: 'abc' },
    { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { city: 'Paris' } },
    { type: 'tool_use', id: 'toolu_2', name: 'get_time', input: {}, caller: { type: 'direct' } },
  ],
};

function result(members: object = {}) {
  return { type: 'tool_result', tool_use_id: 'toolu_1', ...members };
}

const image = { type: 'base64', media_type: 'image/png', data: 'AAAA' };

const results: readonly (readonly [string, readonly object[]])[] = [
  ['without content', [result()]],
  ['of null', [result({ content: null })]],
  ['of an empty string', [result({ content: '' })]],
  ['of a string', [result({ content: 'Sunny.' })]],
  ['of no blocks', [result({ content: [] })]],
  ['of text blocks', [result({ content: [{ type: 'text', text: 'Sunny.' }] })]],
  ['of an image', [result({ content: [{ type: 'image', source: image }] })]],
  ['that is an error', [result({ content: 'No such city.', is_error: true })]],
  ['before text', [result({ content: 'Sunny.' }), { type: 'text', text: 'Use get_time.' }]],
  ['after text', [{ type: 'text', text: 'Use get_time.' }, result({ content: 'Sunny.' })]],
  ['beside another', [result({ content: 'Sunny.' }), result({ tool_use_id: 'toolu_2' })]],
];

it.each(
  cross(anthropicVersions, results),
)('%s gets words after a tool_result %s', async (_v, _case, Anthropic, content) => {
  const message = await ask(anthropicClient(Anthropic, mock), [
    asked,
    called,
    { role: 'user', content },
  ]);

  expect(message).toMatchObject({
    stop_reason: 'end_turn',
    content: [{ type: 'text', text: expect.stringMatching(/^[A-Z].+\.$/) }],
  });
});

const answered = [asked, called, { role: 'user', content: [result({ content: 'Sunny.' })] }];

const followed: readonly (readonly [string, readonly object[]])[] = [
  ['a system turn', [...answered, { role: 'system', content: 'Be brief.' }]],
  ['the beginning of an answer', [...answered, { role: 'assistant', content: 'It is' }]],
];

it.each(
  cross(anthropicVersions, followed),
)('%s gets words, not the call again, when %s follows the result', async (_v, _case, Anthropic, messages) => {
  const message = await ask(anthropicClient(Anthropic, mock), messages);

  expect(message.content.map(({ type }) => type)).toEqual(['text']);
  expect(message.stop_reason).toBe('end_turn');
});

it.each(
  anthropicVersions,
)('%s gets words after a result even where a call is required', async (_v, Anthropic) => {
  const message = await ask(anthropicClient(Anthropic, mock), answered, {
    tool_choice: { type: 'any' },
  });

  expect(message.content.map(({ type }) => type)).toEqual(['text']);
});

it.each(anthropicVersions)('%s may ask for a tool again in a later turn', async (_v, Anthropic) => {
  const message = await ask(anthropicClient(Anthropic, mock), [
    ...answered,
    { role: 'assistant', content: 'It is sunny.' },
    { role: 'user', content: 'Use get_time again.' },
  ]);

  expect(message.content).toMatchObject([{ type: 'tool_use', name: 'get_time' }]);
});

/** A tool of the runner that notes what it was called with. */
function createTool() {
  const cities: string[] = [];
  const tool = {
    name: 'get_weather',
    description: 'The weather of a city.',
    input_schema: schema,
    parse: (input: unknown) => input as { city: string },
    run: ({ city }: { city: string }) => {
      cities.push(city);
      return 'Sunny.';
    },
  };
  return { cities, tool };
}

const loop = {
  model,
  max_tokens: 1000,
  messages: [{ role: 'user' as const, content: 'Is it sunny? Use get_weather.' }],
};

const modes: readonly (readonly [string, object])[] = [
  ['whole', { thread: false }],
  ['streamed', { thread: false, stream: true }],
];

it.each(
  cross(anthropicVersions, modes),
)('%s toolRunner, %s, calls the tool once and ends in words', async (_v, _case, Anthropic, members) => {
  const { cities, tool } = createTool();

  const runner = anthropicClient(Anthropic, mock).beta.messages.toolRunner({
    ...loop,
    ...members,
    tools: [tool],
  });

  expect(await runner.runUntilDone()).toMatchObject({
    stop_reason: 'end_turn',
    content: [{ type: 'text', text: expect.stringMatching(/^[A-Z].+\.$/) }],
  });
  expect(cities).toEqual([expect.stringMatching(/./)]);
  expect(runner.params.messages.map(({ role }) => role).slice(0, 3)).toEqual([
    'user',
    'assistant',
    'user',
  ]);
});

/**
 * The runner of the newest major leaves the history to the server by default (`thread`), which
 * LongCat does not document: the mock sees the result alone, and answers it.
 */
it.each(
  anthropicVersions,
)('%s toolRunner ends in words by its default too', async (version, Anthropic) => {
  const { cities, tool } = createTool();
  const sent: { messages: unknown[]; thread?: { type: string } }[] = [];
  const client = anthropicClient(Anthropic, mock, {
    fetch: (url, init) => {
      sent.push(JSON.parse(String(init?.body)));
      return fetch(url, init);
    },
  });

  const message = await client.beta.messages.toolRunner({ ...loop, tools: [tool] }).runUntilDone();

  expect(message.content.map(({ type }) => type)).toEqual(['text']);
  expect(cities).toHaveLength(1);
  expect(sent.map(({ messages, thread }) => [messages.length, thread?.type])).toEqual(
    version === 'anthropic 1'
      ? [
          [1, 'create'],
          [1, 'continue'],
        ]
      : [
          [1, undefined],
          [3, undefined],
        ],
  );
});

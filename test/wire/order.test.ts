import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { z } from 'zod/v3';
import { Message } from '../../src/contract/anthropic/response.ts';
import { MessageStreamEvent } from '../../src/contract/anthropic/stream.ts';
import { ModelDetail, ModelList } from '../../src/contract/model-list.ts';
import { ChatCompletion } from '../../src/contract/openai/response.ts';
import { ChatChunk, ChatDelta } from '../../src/contract/openai/stream.ts';
import { createLongCatMock } from '../../src/index.ts';
import { ask, keyPaths, messagesPath, readChunks, readEvents } from '../ask.ts';

function recorded(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
}

function recordedLines(name: string): unknown[] {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

async function get(path: string): Promise<unknown> {
  const headers = { authorization: 'Bearer test' };
  const response = await createLongCatMock().fetch(`http://localhost${path}`, { headers });
  return response.json();
}

/** Validated, but as sent: a schema gives its members back in an order of its own. */
function accepted<Schema extends z.ZodTypeAny>(schema: Schema, value: unknown): z.output<Schema> {
  schema.parse(value);
  return value;
}

async function readPayloads(response: Response): Promise<MessageStreamEvent[]> {
  const events = await readEvents(response);
  return events.map(({ data }) => accepted(MessageStreamEvent, JSON.parse(data)));
}

const weather = {
  messages: [{ role: 'user', content: 'Use exec_command.' }],
  tools: [
    {
      type: 'function',
      function: {
        name: 'exec_command',
        parameters: {
          type: 'object',
          properties: { cmd: { type: 'string' } },
          required: ['cmd'],
        },
      },
    },
  ],
};

const toolUse = {
  messages: [{ role: 'user', content: 'Use exec_command.' }],
  tools: [{ name: 'exec_command', input_schema: { type: 'object' } }],
};

it.each([
  ['chat-completion.json', ChatCompletion],
  ['model-list.json', ModelList],
  ['model-detail.json', ModelDetail],
])('the published schema accepts the recorded %s', (name, schema) => {
  expect(schema.parse(recorded(name))).toEqual(recorded(name));
});

it('the published schemas accept every recorded chunk and delta', () => {
  for (const chunk of recordedLines('chat-stream.chunks.jsonl')) ChatChunk.parse(chunk);
  for (const delta of recordedLines('chat-tool-stream.deltas.jsonl')) ChatDelta.parse(delta);
});

it('a whole chat answer has the recorded members in the recorded order', async () => {
  const body = await (await ask()).json();

  expect(keyPaths(body)).toEqual(keyPaths(recorded('chat-completion.json')));
});

it('a whole chat answer has the recorded values where they do not depend on the words', async () => {
  const body = ChatCompletion.parse(await (await ask()).json());

  expect(body.choices[0]?.message.reasoning_content).toMatch(/^\n\S/);
  expect(body.choices[0]).toMatchObject({
    delta: null,
    finish_reason: 'stop',
    matched_stop: 2,
    logprobs: null,
  });
  expect(body.lastOne).toBe(false);
  expect(body.usage.total_tokens).toBe(body.usage.prompt_tokens + body.usage.completion_tokens);
  expect(body.usage.completion_tokens_details.reasoning_tokens).toBeLessThan(
    body.usage.completion_tokens,
  );
});

it('a chat stream has the recorded kinds of chunks in the recorded order', async () => {
  const chunks = await readChunks(await ask({ stream: true }));
  const kinds = chunks.map((chunk) => keyPaths(chunk).join(' '));
  const distinct = kinds.filter((kind, index) => kind !== kinds[index - 1]);

  const recordedKinds = recordedLines('chat-stream.chunks.jsonl').map((chunk) =>
    keyPaths(chunk).join(' '),
  );
  expect(distinct).toEqual(
    recordedKinds.filter((kind, index) => kind !== recordedKinds[index - 1]),
  );
});

it('a chat stream gives the leading newline of the reasoning as a chunk of its own', async () => {
  const chunks = await readChunks(await ask({ stream: true }));
  const deltas = chunks.map((chunk) => accepted(ChatChunk, chunk).choices[0]?.delta);

  expect(deltas[0]).toEqual({ role: 'assistant', content: '' });
  expect(deltas[1]).toEqual({ reasoning_content: '\n' });
});

it('a streamed tool call has the recorded first and later deltas', async () => {
  const chunks = await readChunks(await ask({ ...weather, stream: true }));
  const deltas = chunks
    .map((chunk) => accepted(ChatChunk, chunk).choices[0]?.delta)
    .filter((delta) => delta?.tool_calls);
  const [first, later] = recordedLines('chat-tool-stream.deltas.jsonl');

  expect(keyPaths(deltas[0])).toEqual(keyPaths(first));
  expect(deltas[0]?.tool_calls?.[0]).toMatchObject({
    id: expect.stringMatching(/^call_[0-9a-f]{24}$/),
    function: { name: 'exec_command', arguments: '' },
  });
  for (const delta of deltas.slice(1)) {
    expect(keyPaths(delta)).toEqual(keyPaths(later));
    expect(delta?.tool_calls?.[0]).toMatchObject({ id: null, function: { name: null } });
  }
});

it('a chat that ends in a tool call matches the end-of-text token when streamed, and null whole', async () => {
  const chunks = await readChunks(await ask({ ...weather, stream: true }));
  const finish = chunks
    .map((chunk) => accepted(ChatChunk, chunk).choices[0])
    .filter(Boolean)
    .at(-1);
  const whole = ChatCompletion.parse(await (await ask(weather)).json());

  expect(finish).toMatchObject({ delta: {}, finish_reason: 'tool_calls', matched_stop: 2 });
  expect(whole.choices[0]).toMatchObject({ finish_reason: 'tool_calls', matched_stop: null });
  expect(whole.choices[0]?.message.content).toBeNull();
});

it('a chat stream ends with the usage and then [DONE]', async () => {
  const events = await readEvents(await ask({ stream: true }));

  expect(events.at(-1)).toEqual({ event: undefined, data: '[DONE]' });
  expect(JSON.parse(events.at(-2)?.data ?? '')).toMatchObject({ choices: [], lastOne: true });
  expect(events.filter(({ data }) => data.includes('"lastOne":true'))).toHaveLength(1);
});

it('a whole message has its members in the documented order', async () => {
  const body = await (await ask({}, { path: messagesPath })).json();

  expect(Message.parse(body).id).toMatch(/^msg_/);
  expect(Object.keys(body)).toEqual(
    Object.keys(recorded('message-docs-shape.json') as Record<string, unknown>),
  );
});

it('a message stream has the recorded usage members in their order', async () => {
  const payloads = await readPayloads(await ask({ stream: true }, { path: messagesPath }));
  const start = payloads.find((payload) => payload.type === 'message_start');
  const delta = payloads.find((payload) => payload.type === 'message_delta');

  expect(keyPaths({ message_start: start?.message.usage, message_delta: delta?.usage })).toEqual(
    keyPaths(recorded('message-usage.json')),
  );
  expect(start?.message.usage?.output_tokens).toBe(0);
});

it('a whole message with every kind of block has the members of each in order', async () => {
  const response = await ask({ ...toolUse, thinking: { type: 'enabled' } }, { path: messagesPath });
  const body = accepted(Message, await response.json());

  expect(body.content.map((block: object) => Object.keys(block))).toEqual([
    ['type', 'thinking', 'signature'],
    ['type', 'id', 'name', 'input'],
  ]);
  expect(Object.keys(body.usage)).toEqual([
    'input_tokens',
    'cache_read_input_tokens',
    'cache_creation_input_tokens',
    'output_tokens',
  ]);
});

it('every kind of event of a message stream has its members in order', async () => {
  const asked = { stream: true, thinking: { type: 'enabled' } };
  const words = await readPayloads(await ask(asked, { path: messagesPath }));
  const calls = await readPayloads(await ask({ ...asked, ...toolUse }, { path: messagesPath }));
  const kinds = [...words, ...calls].map((payload) => keyPaths(payload).join(' '));

  expect([...new Set(kinds)].sort()).toEqual([
    '.type',
    '.type .delta .delta.stop_reason .delta.stop_sequence .usage .usage.output_tokens',
    '.type .index',
    '.type .index .content_block .content_block.type .content_block.id .content_block.name .content_block.input',
    '.type .index .content_block .content_block.type .content_block.text',
    '.type .index .content_block .content_block.type .content_block.thinking .content_block.signature',
    '.type .index .delta .delta.type .delta.partial_json',
    '.type .index .delta .delta.type .delta.signature',
    '.type .index .delta .delta.type .delta.text',
    '.type .index .delta .delta.type .delta.thinking',
    '.type .message .message.id .message.type .message.role .message.content .message.model .message.stop_reason .message.stop_sequence .message.usage .message.usage.input_tokens .message.usage.cache_read_input_tokens .message.usage.cache_creation_input_tokens .message.usage.output_tokens',
  ]);
});

it('a message stream names each event by its type and opens one block at a time', async () => {
  const thinking = { type: 'enabled' };
  const response = await ask({ stream: true, thinking }, { path: messagesPath });
  const events = await readEvents(response);
  const payloads = events.map(({ data }) => accepted(MessageStreamEvent, JSON.parse(data)));
  const kinds = payloads.map((payload) =>
    payload.type === 'content_block_delta'
      ? `${payload.index} ${payload.delta.type}`
      : 'index' in payload
        ? `${payload.index} ${payload.type}`
        : payload.type,
  );

  expect(events.map(({ event }) => event)).toEqual(payloads.map(({ type }) => type));
  expect(kinds.filter((kind, index) => kind !== kinds[index - 1])).toEqual([
    'message_start',
    '0 content_block_start',
    'ping',
    '0 thinking_delta',
    '0 signature_delta',
    '0 content_block_stop',
    '1 content_block_start',
    '1 text_delta',
    '1 content_block_stop',
    'message_delta',
    'message_stop',
  ]);
});

it('the documented shape of messages has the documented members in their order', async () => {
  const response = await ask(
    { thinking: { type: 'enabled' } },
    { path: messagesPath, options: { quirks: { 'messages-docs-shape': true } } },
  );
  const body = await response.json();

  Message.parse(body);
  expect(keyPaths(body)).toEqual(keyPaths(recorded('message-docs-shape.json')));
});

it('the documented stream of messages has no block boundaries and one index', async () => {
  const response = await ask(
    { stream: true, thinking: { type: 'enabled' } },
    { path: messagesPath, options: { quirks: { 'messages-docs-shape': true } } },
  );
  const events = await readEvents(response);
  const payloads = events.map(({ data }) => accepted(MessageStreamEvent, JSON.parse(data)));
  const types = payloads.map(({ type }) => type);

  expect(types.filter((type, index) => type !== types[index - 1])).toEqual([
    'message_start',
    'content_block_delta',
    'message_delta',
    'message_stop',
  ]);
  expect(payloads[0]).not.toHaveProperty('message.stop_reason');
  expect(payloads.at(-2)).toMatchObject({ delta: { stop_reason: 'end_turn' } });
  expect(Object.keys(payloads.at(-2) ?? {})).toEqual(['type', 'delta', 'usage']);
});

it.each([
  ['/openai/v1/models', 'model-list.json'],
  ['/openai/models', 'model-list.json'],
  ['/anthropic/v1/models', 'model-list.json'],
  ['/openai/v1/models/LongCat-2.0', 'model-detail.json'],
  ['/openai/models/LongCat-2.0', 'model-detail.json'],
  ['/anthropic/v1/models/LongCat-2.0', 'model-detail.json'],
])('GET %s is %s to the byte', async (path, name) => {
  expect(JSON.stringify(await get(path))).toBe(JSON.stringify(recorded(name)));
});

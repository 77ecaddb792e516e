import Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Message } from '../../../src/contract/anthropic/response.ts';
import { MessageStreamEvent } from '../../../src/contract/anthropic/stream.ts';
import { type RunningLongCatMock, startLongCatMock } from '../../../src/index.ts';
import { ask, messagesPath, readEvents } from '../../ask.ts';
import { collect, model } from '../versions.ts';
import { anthropicClient, anthropicVersions } from './clients.ts';

let mock: RunningLongCatMock;
let late: RunningLongCatMock;
let documented: RunningLongCatMock;

beforeAll(async () => {
  mock = await startLongCatMock({ port: 0 });
  late = await startLongCatMock({ port: 0, quirks: { 'usage-late': true } });
  documented = await startLongCatMock({ port: 0, quirks: { 'messages-docs-shape': true } });
});
afterAll(() => Promise.all([mock.close(), late.close(), documented.close()]));

const question = {
  model,
  messages: [{ role: 'user' as const, content: 'What is a long cat?' }],
  max_tokens: 1000,
  thinking: { type: 'enabled' as const, budget_tokens: 1024 },
};

async function stream(server: RunningLongCatMock): Promise<MessageStreamEvent[]> {
  const response = await ask({ ...question, stream: true }, { path: messagesPath, mock: server });
  const events = await readEvents(response);
  return events.map(({ data }) => MessageStreamEvent.parse(JSON.parse(data)));
}

it('usage-late leaves the usage out of message_start and puts all of it into message_delta', async () => {
  const { usage } = await anthropicClient(Anthropic, mock).messages.create(question);

  const events = await stream(late);

  expect(events[0]).toMatchObject({ type: 'message_start' });
  expect(events[0]).not.toHaveProperty('message.usage');
  expect(events.at(-2)).toEqual({
    type: 'message_delta',
    delta: { stop_reason: 'end_turn', stop_sequence: null },
    usage,
  });
});

it.each(
  anthropicVersions,
)('%s iterates a stream with usage-late, but .stream() throws', async (_v, Anthropic) => {
  const { messages } = anthropicClient(Anthropic, late);

  const events = await collect(await messages.create({ ...question, stream: true }));

  expect(events.at(-1)).toEqual({ type: 'message_stop' });
  await expect(messages.stream(question).finalMessage()).rejects.toThrow(
    "Cannot set properties of undefined (setting 'output_tokens')",
  );
});

it.each(
  anthropicVersions,
)('%s reads a whole answer as ever with usage-late', async (_v, Anthropic) => {
  const [ours, theirs] = await Promise.all(
    [late, mock].map((server) => anthropicClient(Anthropic, server).messages.create(question)),
  );

  expect(ours).toMatchObject({ content: theirs?.content, usage: theirs?.usage });
});

it.each(
  anthropicVersions,
)('%s reads the thought inside the text with messages-docs-shape', async (_v, Anthropic) => {
  const { content, usage } = await anthropicClient(Anthropic, mock).messages.create(question);

  const message = Message.parse(
    await anthropicClient(Anthropic, documented).messages.create(question),
  );

  const [thought, text] = content;
  expect(message.content).toEqual([
    {
      type: 'text',
      text: text?.type === 'text' && text.text,
      thinking: thought?.type === 'thinking' && thought.thinking,
    },
  ]);
  expect(message.usage).toEqual({
    input_tokens: usage.input_tokens,
    output_tokens: usage.output_tokens,
  });
});

it('messages-docs-shape streams deltas of index 0 with nothing around them', async () => {
  const events = await stream(documented);

  const steps = events.map((event) =>
    event.type === 'content_block_delta' ? `${event.index} ${event.delta.type}` : event.type,
  );
  expect(steps.filter((step, index) => step !== steps[index - 1])).toEqual([
    'message_start',
    '0 thinking_delta',
    '0 text_delta',
    'message_delta',
    'message_stop',
  ]);
  expect(events[0]).not.toHaveProperty('message.stop_reason');
});

it.each(
  anthropicVersions,
)('%s iterates a stream with messages-docs-shape, but .stream() throws', async (_v, Anthropic) => {
  const { messages } = anthropicClient(Anthropic, documented);
  const whole = await messages.create(question);

  const events = await collect(await messages.create({ ...question, stream: true }));

  const pieces = events.map((event) =>
    event.type === 'content_block_delta' && event.delta.type === 'text_delta'
      ? event.delta.text
      : '',
  );
  expect(whole.content).toMatchObject([{ text: pieces.join('') }]);
  await expect(messages.stream(question).finalMessage()).rejects.toThrow(
    "Cannot read properties of undefined (reading 'type')",
  );
});

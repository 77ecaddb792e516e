import { afterAll, beforeAll, expect, it } from 'vitest';
import { MessageStreamEvent } from '../../../src/contract/anthropic/stream.ts';
import { type RunningLongCatMock, startLongCatMock } from '../../../src/index.ts';
import { ask, messagesPath, readEvents } from '../../ask.ts';
import { collect, model } from '../versions.ts';
import { anthropicClient, anthropicVersions } from './clients.ts';

let mock: RunningLongCatMock;

beforeAll(async () => {
  mock = await startLongCatMock({ port: 0 });
});
afterAll(() => mock.close());

const question = {
  model,
  messages: [{ role: 'user' as const, content: 'What is a long cat?' }],
  max_tokens: 1000,
};
const thinking = { type: 'enabled' as const, budget_tokens: 1024 };

function squeeze(types: readonly string[]): string[] {
  return types.filter((type, index) => type !== types[index - 1]);
}

it('sends the events of each block in turn, with a ping after the first opens', async () => {
  const response = await ask({ ...question, thinking, stream: true }, { path: messagesPath, mock });

  const sent = await readEvents(response);

  const events = sent.map(({ data }) => MessageStreamEvent.parse(JSON.parse(data)));
  expect(sent.map(({ event }) => event)).toEqual(events.map(({ type }) => type));
  const steps = events.map((event) =>
    'index' in event ? `${event.type} ${event.index}` : event.type,
  );
  expect(squeeze(steps)).toEqual([
    'message_start',
    'content_block_start 0',
    'ping',
    'content_block_delta 0',
    'content_block_stop 0',
    'content_block_start 1',
    'content_block_delta 1',
    'content_block_stop 1',
    'message_delta',
    'message_stop',
  ]);
});

it.each(anthropicVersions)('%s streams the whole answer', async (_version, Anthropic) => {
  const { messages } = anthropicClient(Anthropic, mock, { fetch });
  const whole = await messages.create(question);

  const events = (await collect(await messages.create({ ...question, stream: true }))).map(
    (event) => MessageStreamEvent.parse(event),
  );

  const pieces = events.flatMap((event) =>
    event.type === 'content_block_delta' && event.delta.type === 'text_delta'
      ? event.delta.text
      : [],
  );
  expect(pieces.length).toBeGreaterThan(3);
  expect(whole.content).toEqual([{ type: 'text', text: pieces.join('') }]);
  expect(events[0]).toEqual({
    type: 'message_start',
    message: {
      ...whole,
      id: expect.stringMatching(/^msg_[0-9a-f]{32}$/),
      content: [],
      stop_reason: null,
      usage: { ...whole.usage, output_tokens: 0 },
    },
  });
  expect(events.at(-2)).toEqual({
    type: 'message_delta',
    delta: { stop_reason: 'end_turn', stop_sequence: null },
    usage: { output_tokens: whole.usage.output_tokens },
  });
});

it.each(anthropicVersions)('%s .stream() ends in the whole answer', async (_v, Anthropic) => {
  const { messages } = anthropicClient(Anthropic, mock);
  const request = { ...question, thinking };
  const whole = await messages.create(request);
  const heard = { text: '', thinking: '', signature: '', blocks: [] as string[] };

  const stream = messages.stream(request);
  stream.on('text', (piece) => {
    heard.text += piece;
  });
  stream.on('thinking', (piece) => {
    heard.thinking += piece;
  });
  stream.on('signature', (signature) => {
    heard.signature += signature;
  });
  stream.on('contentBlock', ({ type }) => heard.blocks.push(type));
  const message = await stream.finalMessage();

  expect(message).toMatchObject({ ...whole, id: expect.stringMatching(/^msg_[0-9a-f]{32}$/) });
  expect(message.id).not.toBe(whole.id);
  expect(heard.blocks).toEqual(['thinking', 'text']);
  expect(whole.content).toEqual([
    { type: 'thinking', thinking: heard.thinking, signature: heard.signature },
    { type: 'text', text: heard.text },
  ]);
  expect(await stream.finalText()).toBe(heard.text);
});

it.each(
  anthropicVersions,
)('%s streams the signature of an omitted thought', async (_v, Anthropic) => {
  const { messages } = anthropicClient(Anthropic, mock);
  const request = { ...question, thinking: { ...thinking, display: 'omitted' as const } };
  const whole = await messages.create(request);

  const events = await collect(await messages.create({ ...request, stream: true }));

  const first = events.filter((event) => 'index' in event && event.index === 0);
  const [thought] = whole.content;
  expect(first).toEqual([
    {
      type: 'content_block_start',
      index: 0,
      content_block: { type: 'thinking', thinking: '', signature: '' },
    },
    {
      type: 'content_block_delta',
      index: 0,
      delta: {
        type: 'signature_delta',
        signature: thought?.type === 'thinking' && thought.signature,
      },
    },
    { type: 'content_block_stop', index: 0 },
  ]);
});

it.each(
  anthropicVersions,
)('%s .stream() is cut at a stop sequence that spans pieces', async (_v, Anthropic) => {
  const { messages } = anthropicClient(Anthropic, mock);
  const text = await messages.stream(question).finalText();
  const stop = text.slice(20, 50);

  const message = await messages.stream({ ...question, stop_sequences: [stop] }).finalMessage();

  expect(message).toMatchObject({
    content: [{ type: 'text', text: text.slice(0, text.indexOf(stop)) }],
    stop_reason: 'stop_sequence',
    stop_sequence: stop,
  });
});

it.each(anthropicVersions)('%s .stream() is cut at max_tokens', async (_version, Anthropic) => {
  const { messages } = anthropicClient(Anthropic, mock);
  const whole = await messages.create({ ...question, max_tokens: 9 });

  const message = await messages.stream({ ...question, max_tokens: 9 }).finalMessage();

  expect(message.content).toEqual(whole.content);
  expect(message).toMatchObject({ stop_reason: 'max_tokens', usage: { output_tokens: 9 } });
});

it.each(anthropicVersions)('%s .stream() of nothing has no blocks', async (_version, Anthropic) => {
  const { messages } = anthropicClient(Anthropic, mock);

  const message = await messages.stream({ ...question, max_tokens: 0 }).finalMessage();

  expect(message).toMatchObject({ content: [], stop_reason: 'max_tokens' });
});

it.each(
  anthropicVersions,
)('a stream that %s leaves does not keep the next from being answered', async (_v, Anthropic) => {
  const { messages } = anthropicClient(Anthropic, mock, { fetch });
  const stream = messages.stream(question);
  stream.once('streamEvent', () => stream.abort());
  await expect(stream.done()).rejects.toBeInstanceOf(Anthropic.APIUserAbortError);
  const second = await messages.create({ ...question, stream: true });
  for await (const { type } of second) {
    expect(type).toBe('message_start');
    break;
  }

  const [whole, text] = await Promise.all([
    messages.create(question),
    messages.stream(question).finalText(),
  ]);

  expect(whole.content).toEqual([{ type: 'text', text }]);
});

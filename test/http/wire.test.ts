import Anthropic from '@anthropic-ai/sdk';
import { createParser } from 'eventsource-parser';
import OpenAI from 'openai';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { frozenClock, type RunningLongCatMock, startLongCatMock } from '../../src/index.ts';
import type { FixtureInput } from '../../src/scenario/schema.ts';
import { chatPath, messagesPath, type SentEvent } from '../ask.ts';
import { createWire, type Received, writeBody } from '../cases/wire.ts';
import { script } from '../script.ts';
import { call } from './socket.ts';

type WireForm = NonNullable<Extract<FixtureInput['respond'], { wire?: unknown }>['wire']>;
type Api = 'chat' | 'message';

const apis: readonly Api[] = ['chat', 'message'];
const paths = { chat: chatPath, message: messagesPath };
const text = 'A 猫 says: data: 😀, é.';

let mock: RunningLongCatMock;

beforeAll(async () => {
  mock = await startLongCatMock({ port: 0, clock: frozenClock(0) });
});
afterAll(() => mock.close());

/** The mock with an answer that travels so; what was asked before is forgotten. */
function shape(wire?: WireForm): RunningLongCatMock {
  script(mock, [{ id: 'shaped', match: { stream: true }, respond: { text, wire } }]);
  mock.engine.store.reset('default');
  return mock;
}

function stream(api: Api, wire?: WireForm): Promise<Received> {
  return createWire(shape(wire).port)[api]({ stream: true });
}

/** The events of a stream, by a parser that is not ours, fed with what came chunk by chunk. */
function parse({ chunks }: Pick<Received, 'chunks'>): SentEvent[] {
  const events: SentEvent[] = [];
  const decoder = new TextDecoder();
  const parser = createParser({ onEvent: ({ event, data }) => events.push({ event, data }) });
  for (const chunk of chunks) parser.feed(decoder.decode(chunk, { stream: true }));
  // A CR at the very end may be half of a CRLF: this parser waits for the other half.
  if (chunks.at(-1)?.at(-1) === 0x0d) parser.feed('\n');
  return events;
}

const legalForms: readonly WireForm[] = [
  { split: 1 },
  { split: 2 },
  { split: 3 },
  { split: 7 },
  { split: 1, newline: 'crlf' },
  { split: 1, newline: 'cr' },
  { coalesce: 2 },
  { coalesce: 3, split: 5 },
  { coalesce: 1000 },
  { newline: 'lf' },
  { newline: 'crlf' },
  { newline: 'cr' },
  { comments: true },
  { comments: 'keep-alive 猫' },
  { comments: '' },
  { comments: 'x', newline: 'crlf', split: 1 },
  { coalesce: 1000, newline: 'cr', comments: true },
];
const table = apis.flatMap((api) => legalForms.map((form) => [api, form] as const));

it.each(table)('a %s stream that travels as %j says what the plain one says', async (api, form) => {
  const plain = parse(await stream(api));
  const shaped = parse(await stream(api, form));

  expect(plain.length).toBeGreaterThan(3);
  expect(shaped).toEqual(plain);
});

it.each(
  apis,
)('a %s stream split at any byte of a frame says what the plain one says', async (api) => {
  const plain = await stream(api);
  const bytes = Buffer.concat(plain.chunks);
  const frame = plain.body.split('\n\n').find((each) => each.includes('猫')) ?? '';
  const start = bytes.indexOf(frame);
  const offsets = Array.from({ length: Buffer.byteLength(frame) + 2 }, (_, at) => start + at);

  expect(offsets).toContain(bytes.indexOf('猫') + 1);
  expect(offsets).toContain(bytes.indexOf('猫') + 2);
  expect(offsets).toContain(bytes.indexOf('data:', start) + 2);
  for (const offset of offsets) {
    const shaped = await stream(api, { split: [offset] });
    expect(Buffer.concat(shaped.chunks).equals(bytes)).toBe(true);
    expect(endsOf(shaped)).toContain(offset);
    expect(parse(shaped)).toEqual(parse(plain));
  }
});

it.each(apis)('a %s stream is split into pieces of the length asked for', async (api) => {
  const plain = await stream(api);
  const pieces = (frame: string, length: number) => Math.ceil(Buffer.byteLength(frame) / length);
  const frames = plain.body.split(/(?<=\n\n)/);
  for (const split of [1, 2, 3, 10, 64, 100_000]) {
    const shaped = await stream(api, { split });

    const expected = frames.reduce((sum, frame) => sum + pieces(frame, split), 0);
    expect(shaped.chunks).toHaveLength(expected);
    expect(Math.max(...shaped.chunks.map(({ length }) => length))).toBeLessThanOrEqual(split);
    expect(shaped.body).toBe(plain.body);
  }
});

it.each(apis)('a %s stream is split at the very offsets asked for', async (api) => {
  const plain = await stream(api);
  const inside = Buffer.concat(plain.chunks).indexOf('😀');
  const offsets = [inside + 3, 1, 2, 3, inside + 1, inside + 2, 2, 1_000_000];
  const shaped = await stream(api, { split: offsets, coalesce: 1000 });

  expect(endsOf(shaped)).toEqual([1, 2, 3, inside + 1, inside + 2, inside + 3, bytesOf(plain)]);
});

it.each(apis)('the pieces of a %s stream arrive apart', async (api) => {
  const body = writeBody({ stream: true });
  const headers = { connection: 'close' };
  const { chunks } = await stream(api, { split: 16 });
  const split = call(shape({ split: 16 }).port, { path: paths[api], headers, body });
  await split.end;
  const whole = call(shape({ coalesce: 1000 }).port, { path: paths[api], headers, body });
  await whole.end;

  expect(split.reads.length).toBeGreaterThan(chunks.length / 2);
  expect(whole.reads.length).toBeLessThan(4);
});

it.each(apis)('so many frames of a %s stream share a chunk as are to be coalesced', async (api) => {
  const frames = (await stream(api)).body.split(/(?<=\n\n)/);
  for (const coalesce of [1, 2, 3, frames.length, 1000]) {
    const { chunks } = await stream(api, { coalesce });

    const groups = Array.from({ length: Math.ceil(frames.length / coalesce) }, (_, index) =>
      frames.slice(index * coalesce, (index + 1) * coalesce).join(''),
    );
    expect(chunks.map(String)).toEqual(groups);
  }
});

it.each(apis)('the line ends of a %s stream are those asked for, and no others', async (api) => {
  const plain = await stream(api);
  const crlf = await stream(api, { newline: 'crlf' });
  const cr = await stream(api, { newline: 'cr' });

  expect(crlf.body).toBe(plain.body.replaceAll('\n', '\r\n'));
  expect(cr.body).toBe(plain.body.replaceAll('\n', '\r'));
});

it.each(apis)('each frame of a %s stream has its comment line', async (api) => {
  const plain = await stream(api);
  const frames = plain.body.split(/(?<=\n\n)/);

  for (const [comments, line] of [
    [true, ': comment\n'],
    ['wait', ': wait\n'],
  ] as const) {
    const { body } = await stream(api, { comments });
    expect(body).toBe(frames.map((frame) => line + frame).join(''));
  }
  expect((await stream(api, { comments: false })).body).toBe(plain.body);
});

it.each([
  ['chat', { event: undefined, data: '[DONE]' }],
  ['message', { event: 'message_stop', data: '{"type":"message_stop"}' }],
] as const)('the last event of a %s stream comes twice when asked for', async (api, last) => {
  const plain = parse(await stream(api));
  const shaped = parse(await stream(api, { duplicateDone: true }));

  expect(plain.at(-1)).toEqual(last);
  expect(shaped).toEqual([...plain, last]);
});

it.each(apis)('a %s stream that is cut ends with nothing that comes twice', async (api) => {
  for (const type of ['STREAM_TRUNCATE', 'STREAM_NO_DONE', 'STREAM_ERROR_EVENT'] as const) {
    const fault = { type, afterChunks: 1 };
    const match = { stream: true };
    const bodies = [];
    for (const wire of [{}, { duplicateDone: true }]) {
      script(mock, [{ id: 'shaped', match, respond: { text, wire, fault } }]);
      mock.engine.store.reset('default');
      bodies.push((await createWire(mock.port)[api]({ stream: true })).body);
    }
    expect(bodies[1]).toBe(bodies[0]);
  }
});

it.each(legalForms)('the OpenAI SDK reads a stream that travels as %j', async (form) => {
  const client = new OpenAI({ baseURL: shape(form).openaiUrl, apiKey: 'k', maxRetries: 0 });
  const chunks = client.chat.completions.stream({
    model: 'LongCat-2.0',
    messages: [{ role: 'user', content: 'Hello!' }],
  });

  expect(await chunks.finalContent()).toBe(text);
});

it.each(legalForms)('the Anthropic SDK reads a stream that travels as %j', async (form) => {
  const client = new Anthropic({
    baseURL: shape(form).anthropicUrl,
    apiKey: null,
    authToken: 'k',
    maxRetries: 0,
  });
  const events = client.messages.stream({
    model: 'LongCat-2.0',
    max_tokens: 100,
    messages: [{ role: 'user', content: 'Hello!' }],
  });

  expect(await events.finalText()).toBe(text);
});

it('the OpenAI SDK ends at the first of two [DONE]', async () => {
  const { openaiUrl } = shape({ duplicateDone: true });
  const client = new OpenAI({ baseURL: openaiUrl, apiKey: 'k', maxRetries: 0 });
  const chunks = await client.chat.completions.create({
    model: 'LongCat-2.0',
    messages: [{ role: 'user', content: 'Hello!' }],
    stream: true,
  });
  let content = '';
  for await (const { choices } of chunks) content += choices[0]?.delta.content ?? '';

  expect(content).toBe(text);
});

it('the Anthropic SDK hands on both of two message_stop events', async () => {
  const { anthropicUrl } = shape({ duplicateDone: true });
  const client = new Anthropic({ baseURL: anthropicUrl, apiKey: null, authToken: 'k' });
  const events = await client.messages.create({
    model: 'LongCat-2.0',
    max_tokens: 100,
    messages: [{ role: 'user', content: 'Hello!' }],
    stream: true,
  });
  const types: string[] = [];
  for await (const { type } of events) types.push(type);

  expect(types.slice(-2)).toEqual(['message_stop', 'message_stop']);
});

function bytesOf({ chunks }: Received): number {
  return chunks.reduce((sum, { length }) => sum + length, 0);
}

/** The offsets in the stream at which its chunks end. */
function endsOf({ chunks }: Received): number[] {
  let end = 0;
  return chunks.map(({ length }) => {
    end += length;
    return end;
  });
}

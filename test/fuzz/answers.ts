import { expect } from 'vitest';
import { Message, type MessageUsage } from '../../src/contract/anthropic/response.ts';
import { MessageStreamEvent } from '../../src/contract/anthropic/stream.ts';
import { ChatCompletion, type ChatUsage } from '../../src/contract/openai/response.ts';
import { ChatChunk } from '../../src/contract/openai/stream.ts';
import { readJsonObject } from '../../src/exchange/json.ts';
import { readEvents } from '../ask.ts';
import type { Format } from './bodies.ts';

export interface Call {
  readonly id: string;
  readonly name: string;
  /** JSON text for a function, any text for a custom tool. */
  readonly input: string;
}

/** One choice, however it came. */
export interface Said {
  readonly thinking: string;
  readonly text: string;
  readonly calls: readonly Call[];
  readonly stop: string;
}

export interface Heard {
  readonly id: string;
  readonly choices: readonly Said[];
  /** Absent from a stream that was not asked for it. */
  readonly usage?: { readonly input: number; readonly output: number } | undefined;
}

/** An answer as a client takes it in, after its published schema. */
export async function hear(format: Format, response: Response): Promise<Heard> {
  const streamed = response.headers.get('content-type') === 'text/event-stream';
  if (format === 'openai') return streamed ? hearChunks(response) : hearCompletion(response);
  return streamed ? hearEvents(response) : hearMessage(response);
}

async function hearCompletion(response: Response): Promise<Heard> {
  const { id, choices, usage } = ChatCompletion.parse(await response.json());
  expect(choices.map(({ index }) => index)).toEqual([...choices.keys()]);
  return {
    id,
    choices: choices.map(({ message, finish_reason }) => ({
      thinking: message.reasoning_content ?? '',
      text: message.content ?? '',
      calls: (message.tool_calls ?? []).map((call) => ({
        id: call.id,
        ...(call.type === 'custom'
          ? call.custom
          : { name: call.function.name, input: call.function.arguments }),
      })),
      stop: finish_reason,
    })),
    usage: sumChatUsage(usage),
  };
}

async function hearChunks(response: Response): Promise<Heard> {
  const events = await readEvents(response);
  expect(events.at(-1)).toEqual({ event: undefined, data: '[DONE]' });
  const chunks = events.slice(0, -1).map(({ data }) => ChatChunk.parse(JSON.parse(data)));
  const usages = chunks.flatMap(({ usage }) => (usage ? [usage] : []));
  expect(usages.length).toBeLessThanOrEqual(1);
  expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);

  const pieces = chunks.flatMap(({ choices }) => choices);
  const indexes = [...new Set(pieces.map(({ index }) => index))];
  expect(indexes).toEqual([...indexes.keys()]);
  return {
    id: chunks[0]?.id ?? '',
    choices: indexes.map((at) => joinChunks(pieces.filter(({ index }) => index === at))),
    usage: usages[0] && sumChatUsage(usages[0]),
  };
}

function joinChunks(pieces: readonly ChatChunk['choices'][number][]): Said {
  const deltas = pieces.map(({ delta }) => delta);
  const calls: { id: string; name: string; input: string }[] = [];
  for (const call of deltas.flatMap(({ tool_calls = [] }) => tool_calls)) {
    const callee = call.type === 'custom' ? call.custom : call.function;
    const input = 'input' in callee ? callee.input : callee.arguments;
    const known = calls[call.index];
    if (known) known.input += input;
    else calls[call.index] = { id: call.id ?? '', name: callee.name ?? '', input };
  }
  expect(pieces.slice(0, -1).every(({ finish_reason }) => finish_reason === null)).toBe(true);
  return {
    thinking: deltas.map(({ reasoning_content = '' }) => reasoning_content).join(''),
    text: deltas.map(({ content = '' }) => content).join(''),
    calls,
    stop: pieces.at(-1)?.finish_reason ?? '',
  };
}

function sumChatUsage({ prompt_tokens, completion_tokens, ...rest }: ChatUsage): Heard['usage'] {
  expect(rest.total_tokens).toBe(prompt_tokens + completion_tokens);
  expect(rest.prompt_tokens_details.cached_tokens).toBeLessThanOrEqual(prompt_tokens);
  expect(rest.completion_tokens_details.reasoning_tokens).toBeLessThanOrEqual(completion_tokens);
  return { input: prompt_tokens, output: completion_tokens };
}

async function hearMessage(response: Response): Promise<Heard> {
  const message: Message = await response.json();
  Message.parse(message); // whose result lacks members named __proto__
  const { id, content, stop_reason, usage } = message;
  const thoughts = content.map((block) => ('thinking' in block ? (block.thinking ?? '') : ''));
  return {
    id,
    choices: [
      {
        thinking: thoughts.join(''),
        text: content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
        calls: content
          .filter((block) => block.type === 'tool_use')
          .map(({ id, name, input }) => ({ id, name, input: JSON.stringify(input) })),
        stop: stop_reason,
      },
    ],
    usage: sumMessageUsage(usage),
  };
}

type Named<Type> = Extract<MessageStreamEvent, { type: Type }>;

async function hearEvents(response: Response): Promise<Heard> {
  const sent = await readEvents(response);
  const events = sent.map(({ data }) => MessageStreamEvent.parse(JSON.parse(data)));
  expect(sent.map(({ event }) => event)).toEqual(events.map(({ type }) => type));
  const ofType = <Type extends MessageStreamEvent['type']>(type: Type) =>
    events.filter((event): event is Named<Type> => event.type === type);

  const [begun] = ofType('message_start');
  const [ended] = ofType('message_delta');
  expect(events[0]).toBe(begun);
  expect(events.slice(-2)).toEqual([ended, { type: 'message_stop' }]);
  const opened = ofType('content_block_start');
  expect(ofType('content_block_stop').map(({ index }) => index)).toEqual(
    opened.map(({ index }) => index),
  );

  const deltas = ofType('content_block_delta');
  const join = (key: string, index?: number) =>
    deltas
      .filter((event) => index === undefined || event.index === index)
      .map(({ delta }) => (delta as Readonly<Record<string, string>>)[key] ?? '') // all are texts
      .join('');
  const calls = opened.flatMap(({ index, content_block: block }) =>
    block.type === 'tool_use'
      ? [{ id: block.id, name: block.name, input: asWhole(join('partial_json', index)) }]
      : [],
  );
  return {
    id: begun?.message.id ?? '',
    choices: [
      {
        thinking: join('thinking'),
        text: join('text'),
        calls,
        stop: ended?.delta.stop_reason ?? '',
      },
    ],
    usage: ended && sumMessageUsage({ input_tokens: 0, ...begun?.message.usage, ...ended.usage }),
  };
}

/** As a whole message has it: an object, empty where the text was cut. */
function asWhole(input: string): string {
  return JSON.stringify(readJsonObject(input));
}

function sumMessageUsage(usage: MessageUsage): Heard['usage'] {
  const { input_tokens, cache_read_input_tokens = 0, cache_creation_input_tokens = 0 } = usage;
  const input = input_tokens + cache_read_input_tokens + cache_creation_input_tokens;
  return { input, output: usage.output_tokens };
}

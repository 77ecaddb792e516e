import type { MessageStreamEvent } from '../../contract/anthropic/stream.ts';
import type { Choice, Reasoning, Reply, ToolCall } from '../../exchange/reply.ts';
import type { Dressing, WireEvent } from '../dialect.ts';
import { type ObjectEvent, streamPieces } from '../pieces.ts';
import { encodeStopReason, encodeStopSequence, encodeUsage, onlyChoice } from './encode.ts';

/** The events of a streamed answer: blocks open, grow and close one at a time, with indexes from 0. */
export function stream(reply: Reply, dressing: Dressing): readonly WireEvent[] {
  const choice = onlyChoice(reply);
  const documented = dressing.quirks['messages-docs-shape'];
  return [
    messageStart(reply, dressing),
    ...(documented ? documentedBlocks(choice) : standardBlocks(choice)),
    messageDelta(reply, dressing),
    named({ type: 'message_stop' }),
  ];
}

/** Every event is named by its type. */
function named(data: MessageStreamEvent): ObjectEvent {
  return { event: data.type, data };
}

function messageStart(reply: Reply, { prompt, stamp, quirks }: Dressing): ObjectEvent {
  const usage = encodeUsage({ ...reply.usage, output: 0 }, quirks);
  return named({
    type: 'message_start',
    message: {
      id: `msg_${stamp.id}`,
      type: 'message',
      role: 'assistant',
      content: [],
      model: prompt.model,
      ...(!quirks['messages-docs-shape'] && { stop_reason: null, stop_sequence: null }),
      ...(!quirks['usage-late'] && { usage }),
    },
  });
}

function messageDelta(reply: Reply, { quirks }: Dressing): ObjectEvent {
  const { stop } = onlyChoice(reply);
  const { output_tokens, ...input } = encodeUsage(reply.usage, quirks);
  return named({
    type: 'message_delta',
    delta: {
      stop_reason: encodeStopReason(stop),
      ...(!quirks['messages-docs-shape'] && { stop_sequence: encodeStopSequence(stop) }),
    },
    usage: quirks['usage-late'] ? { ...input, output_tokens } : { output_tokens },
  });
}

function standardBlocks({ thinking, text, chunks, toolCalls }: Choice): WireEvent[] {
  const blocks = [
    ...(thinking ? [thinkingBlock(thinking)] : []),
    ...(text ? [textBlock(text, chunks)] : []),
    ...toolCalls.map(toolUseBlock),
  ];
  const events = blocks.flatMap((block, index) => block(index));
  if (events.length === 0) return [];
  return [...events.slice(0, 1), named({ type: 'ping' }), ...events.slice(1)];
}

/**
 * The documented sample: deltas of index 0 and nothing around them (LongCat docs, Messages). It
 * shows no tool use, which therefore keeps the standard form, after index 0.
 */
function documentedBlocks({ thinking, text = '', chunks, toolCalls }: Choice): WireEvent[] {
  return [
    ...streamThinking(thinking?.text ?? '', 0),
    ...streamText(text, 0, chunks),
    ...toolCalls.flatMap((call, position) => toolUseBlock(call)(position + 1)),
  ];
}

/** A block's events, once its index is known. */
type Block = (index: number) => WireEvent[];

function thinkingBlock({ text, signature }: Reasoning): Block {
  return (index) => [
    start(index, { type: 'thinking', thinking: '', signature: '' }),
    ...streamThinking(text, index),
    delta(index, { type: 'signature_delta', signature }),
    named({ type: 'content_block_stop', index }),
  ];
}

function textBlock(text: string, chunks: Choice['chunks']): Block {
  return (index) => [
    start(index, { type: 'text', text: '' }),
    ...streamText(text, index, chunks),
    named({ type: 'content_block_stop', index }),
  ];
}

function toolUseBlock({ id, name, input }: ToolCall): Block {
  return (index) => [
    start(index, { type: 'tool_use', id: `toolu_${id}`, name, input: {} }),
    delta(index, { type: 'input_json_delta', partial_json: '' }),
    ...streamPieces({ of: 'input', text: input }, (piece) =>
      delta(index, { type: 'input_json_delta', partial_json: piece }),
    ),
    named({ type: 'content_block_stop', index }),
  ];
}

function streamThinking(text: string, index: number): WireEvent[] {
  return streamPieces({ of: 'thinking', text }, (piece) =>
    delta(index, { type: 'thinking_delta', thinking: piece }),
  );
}

function streamText(text: string, index: number, chunks: Choice['chunks']): WireEvent[] {
  return streamPieces(
    { of: 'text', text },
    (piece) => delta(index, { type: 'text_delta', text: piece }),
    chunks,
  );
}

type EventOf<Type> = Extract<MessageStreamEvent, { type: Type }>;

function start(index: number, block: EventOf<'content_block_start'>['content_block']): ObjectEvent {
  return named({ type: 'content_block_start', index, content_block: block });
}

function delta(index: number, content: EventOf<'content_block_delta'>['delta']): ObjectEvent {
  return named({ type: 'content_block_delta', index, delta: content });
}

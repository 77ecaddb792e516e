import type { MessageStreamEvent } from '../../contract/anthropic/stream.ts';
import { splitText } from '../../exchange/delivery.ts';
import type { Choice, Reasoning, Reply, ToolCall } from '../../exchange/reply.ts';
import type { Dressing, WireEvent } from '../dialect.ts';
import { encodeStopReason, encodeStopSequence, encodeUsage, onlyChoice } from './encode.ts';

/** The events of a streamed answer: blocks open, grow and close one at a time, with indexes from 0. */
export function stream(reply: Reply, dressing: Dressing): readonly WireEvent[] {
  const choice = onlyChoice(reply);
  const documented = dressing.quirks['messages-docs-shape'];
  const events: MessageStreamEvent[] = [
    messageStart(reply, dressing),
    ...(documented ? documentedBlocks(choice) : standardBlocks(choice)),
    messageDelta(reply, dressing),
    { type: 'message_stop' },
  ];
  return events.map((data) => ({ event: data.type, data }));
}

function messageStart(reply: Reply, { prompt, stamp, quirks }: Dressing): MessageStreamEvent {
  const usage = encodeUsage({ ...reply.usage, output: 0 }, quirks);
  return {
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
  };
}

function messageDelta(reply: Reply, { quirks }: Dressing): MessageStreamEvent {
  const { stop } = onlyChoice(reply);
  const { output_tokens, ...input } = encodeUsage(reply.usage, quirks);
  return {
    type: 'message_delta',
    delta: {
      stop_reason: encodeStopReason(stop),
      ...(!quirks['messages-docs-shape'] && { stop_sequence: encodeStopSequence(stop) }),
    },
    usage: quirks['usage-late'] ? { ...input, output_tokens } : { output_tokens },
  };
}

function standardBlocks({ thinking, text, toolCalls }: Choice): MessageStreamEvent[] {
  const blocks = [
    ...(thinking ? [thinkingBlock(thinking)] : []),
    ...(text ? [textBlock(text)] : []),
    ...toolCalls.map(toolUseBlock),
  ];
  const events = blocks.flatMap((block, index) => block(index));
  return events.length === 0 ? [] : [...events.slice(0, 1), { type: 'ping' }, ...events.slice(1)];
}

/**
 * The documented sample: deltas of index 0 and nothing around them (LongCat docs, Messages). It
 * shows no tool use, which therefore keeps the standard form, after index 0.
 */
function documentedBlocks({ thinking, text = '', toolCalls }: Choice): MessageStreamEvent[] {
  return [
    ...splitText(thinking?.text ?? '').map((piece) =>
      delta(0, { type: 'thinking_delta', thinking: piece }),
    ),
    ...splitText(text).map((piece) => delta(0, { type: 'text_delta', text: piece })),
    ...toolCalls.flatMap((call, position) => toolUseBlock(call)(position + 1)),
  ];
}

/** A block's events, once its index is known. */
type Block = (index: number) => MessageStreamEvent[];

function thinkingBlock({ text, signature }: Reasoning): Block {
  return (index) => [
    {
      type: 'content_block_start',
      index,
      content_block: { type: 'thinking', thinking: '', signature: '' },
    },
    ...splitText(text).map((piece) => delta(index, { type: 'thinking_delta', thinking: piece })),
    delta(index, { type: 'signature_delta', signature }),
    { type: 'content_block_stop', index },
  ];
}

function textBlock(text: string): Block {
  return (index) => [
    { type: 'content_block_start', index, content_block: { type: 'text', text: '' } },
    ...splitText(text).map((piece) => delta(index, { type: 'text_delta', text: piece })),
    { type: 'content_block_stop', index },
  ];
}

function toolUseBlock({ id, name, input }: ToolCall): Block {
  return (index) => [
    {
      type: 'content_block_start',
      index,
      content_block: { type: 'tool_use', id: `toolu_${id}`, name, input: {} },
    },
    ...['', ...splitText(input)].map((piece) =>
      delta(index, { type: 'input_json_delta', partial_json: piece }),
    ),
    { type: 'content_block_stop', index },
  ];
}

type Delta = Extract<MessageStreamEvent, { type: 'content_block_delta' }>['delta'];

function delta(index: number, content: Delta): MessageStreamEvent {
  return { type: 'content_block_delta', index, delta: content };
}

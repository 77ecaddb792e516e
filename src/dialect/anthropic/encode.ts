import type {
  Message,
  MessageAnswerBlock,
  MessageStopReason,
  MessageUsage,
} from '../../contract/anthropic/response.ts';
import type { QuirkSettings } from '../../contract/quirks.ts';
import { readJsonObject } from '../../exchange/json.ts';
import type { Choice, Reply, Stop, ToolCall, Usage } from '../../exchange/reply.ts';
import type { Dressing } from '../dialect.ts';

const silence: Choice = { toolCalls: [], stop: { kind: 'end' } };

export function encode(reply: Reply, { prompt, stamp, quirks }: Dressing): Message {
  const choice = onlyChoice(reply);
  return {
    id: `msg_${stamp.id}`,
    type: 'message',
    role: 'assistant',
    content: quirks['messages-docs-shape'] ? encodeDocumented(choice) : encodeBlocks(choice),
    model: prompt.model,
    stop_reason: encodeStopReason(choice.stop),
    stop_sequence: encodeStopSequence(choice.stop),
    usage: encodeUsage(reply.usage, quirks),
  };
}

/** This format has one answer a request. */
export function onlyChoice(reply: Reply): Choice {
  return reply.choices[0] ?? silence;
}

function encodeBlocks({ thinking, text, toolCalls }: Choice): MessageAnswerBlock[] {
  return [
    ...(thinking
      ? [{ type: 'thinking' as const, thinking: thinking.text, signature: thinking.signature }]
      : []),
    ...(text ? [{ type: 'text' as const, text }] : []),
    ...toolCalls.map(encodeToolUse),
  ];
}

/** The documented sample has the reasoning inside the text block (LongCat docs, Messages). */
function encodeDocumented({ thinking, text = '', toolCalls }: Choice): MessageAnswerBlock[] {
  const reasoning = thinking ? { thinking: thinking.text } : {};
  const spoken = text !== '' || thinking ? [{ type: 'text' as const, text, ...reasoning }] : [];
  return [...spoken, ...toolCalls.map(encodeToolUse)];
}

function encodeToolUse({ id, name, input }: ToolCall): MessageAnswerBlock {
  return { type: 'tool_use', id: `toolu_${id}`, name, input: readJsonObject(input) };
}

export function encodeStopReason(stop: Stop): MessageStopReason {
  switch (stop.kind) {
    case 'end':
      return 'end_turn';
    case 'limit':
      return 'max_tokens';
    case 'stop-text':
      return 'stop_sequence';
    case 'tool-calls':
      return 'tool_use';
    default:
      return stop satisfies never;
  }
}

export function encodeStopSequence(stop: Stop): string | null {
  return stop.kind === 'stop-text' ? stop.text : null;
}

export function encodeUsage(usage: Usage, quirks: QuirkSettings): MessageUsage {
  const input_tokens = usage.input - usage.cached;
  if (quirks['messages-docs-shape']) return { input_tokens, output_tokens: usage.output };
  return {
    input_tokens,
    cache_read_input_tokens: usage.cached,
    cache_creation_input_tokens: 0,
    output_tokens: usage.output,
  };
}

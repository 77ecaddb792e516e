import type { ChatLogprobs } from '../../contract/openai/response.ts';
import type { ChatChunk, ChatDelta, ChatToolCallDelta } from '../../contract/openai/stream.ts';
import { splitText } from '../../exchange/delivery.ts';
import type { Choice, Reply, TokenLogprob, ToolCall } from '../../exchange/reply.ts';
import type { Dressing, WireEvent } from '../dialect.ts';
import { encodeFinishReason, encodeLogprobs, encodeUsage, streamMatchedStop } from './encode.ts';

/**
 * The events of a streamed answer, as recorded: the role, the reasoning, the content, the tool
 * calls, the finish, the usage, `[DONE]`. Several choices follow one another.
 */
export function stream(reply: Reply, dressing: Dressing): readonly WireEvent[] {
  const { prompt, quirks } = dressing;
  const chunks = reply.choices.flatMap((choice, index) => streamChoice(choice, index, dressing));
  if (quirks['usage-always'] || prompt.usageAsked) chunks.push(usageChunk(reply, dressing));
  return [...chunks.map((data) => ({ data })), { data: '[DONE]' as const }];
}

function streamChoice(choice: Choice, index: number, dressing: Dressing): ChatChunk[] {
  const add = (delta: ChatDelta, logprobs: ChatLogprobs | null = null) =>
    chunk({ delta, index, finish_reason: null, matched_stop: null, logprobs }, dressing);
  return [
    add({ role: 'assistant', content: '' }),
    ...splitText(choice.thinking?.text ?? '').map((piece) => add({ reasoning_content: piece })),
    ...splitContent(choice).map(({ content, logprobs }) => add({ content }, logprobs)),
    ...toolCallDeltas(choice.toolCalls, dressing).map((call) => add({ tool_calls: [call] })),
    chunk(
      {
        delta: {},
        index,
        finish_reason: encodeFinishReason(choice.stop),
        matched_stop: streamMatchedStop(choice.stop),
        logprobs: null,
      },
      dressing,
    ),
  ];
}

interface ContentPiece {
  readonly content: string;
  readonly logprobs?: ChatLogprobs;
}

function splitContent({ text = '', logprobs }: Choice): ContentPiece[] {
  if (!logprobs) return splitText(text).map((content) => ({ content }));
  return groupTokens(logprobs).map((tokens) => ({
    content: tokens.map(({ token }) => token).join(''),
    logprobs: encodeLogprobs(tokens),
  }));
}

const tokensAPiece = 3;

function groupTokens(tokens: readonly TokenLogprob[]): TokenLogprob[][] {
  const groups: TokenLogprob[][] = [];
  for (let start = 0; start < tokens.length; start += tokensAPiece) {
    groups.push(tokens.slice(start, start + tokensAPiece));
  }
  return groups;
}

/** Each call in turn: its id and name with no arguments, then the arguments piece by piece. */
function toolCallDeltas(calls: readonly ToolCall[], { quirks }: Dressing): ChatToolCallDelta[] {
  const nameless = quirks['tool-delta-nulls'] ? { id: null, name: null } : {};
  return calls.flatMap(({ id, kind, name, input }, index) => [
    toolCallDelta(kind, index, { id: `call_${id}`, name, input: '' }),
    ...splitText(input).map((piece) => toolCallDelta(kind, index, { ...nameless, input: piece })),
  ]);
}

function toolCallDelta(
  kind: ToolCall['kind'],
  index: number,
  { id, name, input }: { id?: string | null; name?: string | null; input: string },
): ChatToolCallDelta {
  const head = { ...(id !== undefined && { id }), index };
  const named = name === undefined ? {} : { name };
  if (kind === 'custom') return { ...head, type: 'custom', custom: { ...named, input } };
  return { ...head, type: 'function', function: { ...named, arguments: input } };
}

function chunk(choice: ChatChunk['choices'][number], { prompt, stamp }: Dressing): ChatChunk {
  return {
    id: stamp.id,
    object: 'chat.completion.chunk',
    created: stamp.created,
    model: prompt.model,
    choices: [choice],
    lastOne: false,
  };
}

function usageChunk(reply: Reply, { prompt, stamp, quirks }: Dressing): ChatChunk {
  return {
    id: stamp.id,
    object: 'chat.completion.chunk',
    created: stamp.created,
    model: prompt.model,
    choices: [],
    usage: encodeUsage(reply.usage, quirks),
    lastOne: true,
  };
}

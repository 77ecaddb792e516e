import type { ChatLogprobs } from '../../contract/openai/response.ts';
import type { ChatChunk, ChatDelta, ChatToolCallDelta } from '../../contract/openai/stream.ts';
import type { Choice, Reply, TokenLogprob, ToolCall } from '../../exchange/reply.ts';
import type { Dressing, WireEvent } from '../dialect.ts';
import { type ObjectEvent, streamPieces } from '../pieces.ts';
import { encodeFinishReason, encodeLogprobs, encodeUsage, streamMatchedStop } from './encode.ts';

/**
 * The events of a streamed answer, as recorded: the role, the reasoning, the content, the tool
 * calls, the finish, the usage, `[DONE]`. Several choices follow one another.
 */
export function stream(reply: Reply, dressing: Dressing): readonly WireEvent[] {
  const { prompt, quirks } = dressing;
  const events = reply.choices.flatMap((choice, index) => streamChoice(choice, index, dressing));
  if (quirks['usage-always'] || prompt.usageAsked) events.push(usageChunk(reply, dressing));
  return [...events, { data: '[DONE]' }];
}

/** The event that adds a delta to a choice. */
type Add = (delta: ChatDelta, logprobs?: ChatLogprobs) => ObjectEvent;

function streamChoice(choice: Choice, index: number, dressing: Dressing): WireEvent[] {
  const { thinking, toolCalls, stop } = choice;
  const add: Add = (delta, logprobs) =>
    chunk(
      { delta, index, finish_reason: null, matched_stop: null, logprobs: logprobs ?? null },
      dressing,
    );
  return [
    add({ role: 'assistant', content: '' }),
    ...streamPieces({ of: 'thinking', text: thinking?.text ?? '' }, (piece) =>
      add({ reasoning_content: piece }),
    ),
    ...streamContent(choice, add),
    ...toolCalls.flatMap((call, position) => streamCall(call, position, { add, dressing })),
    chunk(
      {
        delta: {},
        index,
        finish_reason: encodeFinishReason(stop),
        matched_stop: streamMatchedStop(stop),
        logprobs: null,
      },
      dressing,
    ),
  ];
}

function streamContent({ text = '', chunks, logprobs }: Choice, add: Add): WireEvent[] {
  if (!logprobs) return streamPieces({ of: 'text', text }, (content) => add({ content }), chunks);
  return groupTokens(logprobs).map((tokens) => {
    const content = tokens.map(({ token }) => token).join('');
    return { ...add({ content }, encodeLogprobs(tokens)), piece: { of: 'text', text: content } };
  });
}

const tokensAPiece = 3;

function groupTokens(tokens: readonly TokenLogprob[]): TokenLogprob[][] {
  const groups: TokenLogprob[][] = [];
  for (let start = 0; start < tokens.length; start += tokensAPiece) {
    groups.push(tokens.slice(start, start + tokensAPiece));
  }
  return groups;
}

/** The call's id and name with no arguments, then the arguments piece by piece. */
function streamCall(
  { id, kind, name, input }: ToolCall,
  index: number,
  { add, dressing: { quirks } }: { readonly add: Add; readonly dressing: Dressing },
): WireEvent[] {
  const nameless = quirks['tool-delta-nulls'] ? { id: null, name: null } : {};
  return [
    add({ tool_calls: [toolCallDelta(kind, index, { id: `call_${id}`, name, input: '' })] }),
    ...streamPieces({ of: 'input', text: input }, (piece) =>
      add({ tool_calls: [toolCallDelta(kind, index, { ...nameless, input: piece })] }),
    ),
  ];
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

function chunk(choice: ChatChunk['choices'][number], { prompt, stamp }: Dressing): ObjectEvent {
  const data: ChatChunk = {
    id: stamp.id,
    object: 'chat.completion.chunk',
    created: stamp.created,
    model: prompt.model,
    choices: [choice],
    lastOne: false,
  };
  return { data };
}

function usageChunk(reply: Reply, { prompt, stamp, quirks }: Dressing): ObjectEvent {
  const data: ChatChunk = {
    id: stamp.id,
    object: 'chat.completion.chunk',
    created: stamp.created,
    model: prompt.model,
    choices: [],
    usage: encodeUsage(reply.usage, quirks),
    lastOne: true,
  };
  return { data };
}

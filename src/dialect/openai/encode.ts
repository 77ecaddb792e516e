import type {
  ChatAnswerMessage,
  ChatCompletion,
  ChatFinishReason,
  ChatLogprobs,
  ChatMatchedStop,
  ChatToolCall,
  ChatUsage,
} from '../../contract/openai/response.ts';
import type { QuirkSettings } from '../../contract/quirks.ts';
import type { Choice, Reply, Stop, TokenLogprob, ToolCall, Usage } from '../../exchange/reply.ts';
import type { Dressing } from '../dialect.ts';

export function encode(reply: Reply, { prompt, stamp, quirks }: Dressing): ChatCompletion {
  return {
    id: stamp.id,
    object: 'chat.completion',
    created: stamp.created,
    model: prompt.model,
    choices: reply.choices.map((choice, index) => ({
      delta: null,
      index,
      finish_reason: encodeFinishReason(choice.stop),
      matched_stop: encodeMatchedStop(choice.stop),
      message: encodeMessage(choice),
      logprobs: choice.logprobs ? encodeLogprobs(choice.logprobs) : null,
    })),
    usage: encodeUsage(reply.usage, quirks),
    lastOne: false,
  };
}

function encodeMessage({ text, thinking, toolCalls }: Choice): ChatAnswerMessage {
  return {
    role: 'assistant',
    content: text ?? null,
    ...(thinking && { reasoning_content: thinking.text }),
    ...(toolCalls.length > 0 && { tool_calls: toolCalls.map(encodeToolCall) }),
  };
}

function encodeToolCall({ id, kind, name, input }: ToolCall, index: number): ChatToolCall {
  const head = { id: `call_${id}`, index };
  if (kind === 'custom') return { ...head, type: 'custom', custom: { name, input } };
  return { ...head, type: 'function', function: { name, arguments: input } };
}

export function encodeFinishReason(stop: Stop): ChatFinishReason {
  if (stop.kind === 'limit') return 'length';
  return stop.kind === 'tool-calls' ? 'tool_calls' : 'stop';
}

/** The id of LongCat's end-of-text token. */
const endOfText = 2;

/** Null after a tool call in a whole answer, as the serving engine has it. */
function encodeMatchedStop(stop: Stop): ChatMatchedStop {
  if (stop.kind === 'stop-text') return stop.text;
  return stop.kind === 'end' ? endOfText : null;
}

/** Unlike a whole answer, a stream names the end-of-text token after a tool call too (observed). */
export function streamMatchedStop(stop: Stop): ChatMatchedStop {
  return stop.kind === 'tool-calls' ? endOfText : encodeMatchedStop(stop);
}

const utf8 = new TextEncoder();

export function encodeLogprobs(tokens: readonly TokenLogprob[]): ChatLogprobs {
  const encodeToken = ({
    token,
    logprob,
  }: {
    readonly token: string;
    readonly logprob: number;
  }) => ({
    token,
    logprob,
    bytes: [...utf8.encode(token)],
  });
  const content = tokens.map((token) => ({
    ...encodeToken(token),
    top_logprobs: token.alternatives.map(encodeToken),
  }));
  return { content, refusal: null };
}

export function encodeUsage(usage: Usage, quirks: QuirkSettings): ChatUsage {
  return {
    ...(quirks['effective-cached-tokens'] && { effectiveCachedTokens: usage.cached }),
    completion_tokens: usage.output,
    prompt_tokens: usage.input,
    total_tokens: usage.input + usage.output,
    completion_tokens_details: { reasoning_tokens: usage.reasoning },
    prompt_tokens_details: {
      cached_tokens: usage.cached,
      audio_tokens: 0,
      image_tokens: 0,
      video_tokens: 0,
      text_tokens: 0,
      cache_write_tokens: 0,
    },
  };
}

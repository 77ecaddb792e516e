import { z } from 'zod/v3';
import { named } from '../registry.ts';
import { closed } from '../shape.ts';

export const ChatId = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .describe('32 hexadecimal digits, without a prefix.');

const tokens = z.number().int().nonnegative();

export const ChatUsage = named(
  {
    id: 'ChatUsage',
    provenance: 'observed',
    description: 'The tokens of one request; `total_tokens` is prompt plus completion.',
    quirks: ['effective-cached-tokens'],
  },
  closed({
    effectiveCachedTokens: tokens.optional(),
    completion_tokens: tokens.describe('Reasoning included.'),
    prompt_tokens: tokens.describe('Cached tokens included.'),
    total_tokens: tokens,
    completion_tokens_details: closed({ reasoning_tokens: tokens }),
    prompt_tokens_details: closed({
      cached_tokens: tokens,
      audio_tokens: tokens,
      image_tokens: tokens,
      video_tokens: tokens,
      text_tokens: tokens,
      cache_write_tokens: tokens,
    }),
  }),
);
export type ChatUsage = z.infer<typeof ChatUsage>;

export const ChatFinishReason = named(
  {
    id: 'ChatFinishReason',
    provenance: 'observed',
    description: 'Why the model stopped; `content_filter` is assumed from the serving engine.',
  },
  z.enum(['stop', 'length', 'tool_calls', 'content_filter']),
);
export type ChatFinishReason = z.infer<typeof ChatFinishReason>;

export const ChatMatchedStop = named(
  {
    id: 'ChatMatchedStop',
    provenance: 'observed',
    description:
      'What ended the text: 2, the end-of-text token, after a natural end; the stop string that was hit (assumed); null otherwise.',
  },
  z.union([z.number().int(), z.string()]).nullable(),
);
export type ChatMatchedStop = z.infer<typeof ChatMatchedStop>;

const TokenLogprob = closed({
  token: z.string(),
  logprob: z.number(),
  bytes: z.array(z.number().int().min(0).max(255)).nullable(),
});

export const ChatLogprobs = named(
  {
    id: 'ChatLogprobs',
    provenance: 'sdk',
    description: 'The log probabilities of the content’s tokens, when the request asked for them.',
  },
  closed({
    content: z.array(TokenLogprob.extend({ top_logprobs: z.array(TokenLogprob) })).nullable(),
    refusal: z.null(),
  }),
);
export type ChatLogprobs = z.infer<typeof ChatLogprobs>;

export const ChatToolCall = named(
  {
    id: 'ChatToolCall',
    provenance: 'assumed',
    description:
      'A call of a tool in a whole answer: the members of the streamed form, which was observed.',
  },
  z.discriminatedUnion('type', [
    closed({
      id: z.string(),
      index: z.number().int().nonnegative(),
      type: z.literal('function'),
      function: closed({
        name: z.string(),
        arguments: z.string().describe('The arguments as JSON text.'),
      }),
    }),
    closed({
      id: z.string(),
      index: z.number().int().nonnegative(),
      type: z.literal('custom'),
      custom: closed({ name: z.string(), input: z.string() }),
    }),
  ]),
);
export type ChatToolCall = z.infer<typeof ChatToolCall>;

export const ChatAnswerMessage = named(
  {
    id: 'ChatAnswerMessage',
    provenance: 'observed',
    description: 'What the model said.',
  },
  closed({
    role: z.literal('assistant'),
    content: z.string().nullable().describe('Null when the answer is only tool calls.'),
    reasoning_content: z
      .string()
      .optional()
      .describe('The reasoning; begins with a newline. Absent when thinking is off.'),
    tool_calls: z.array(ChatToolCall).optional(),
  }),
);
export type ChatAnswerMessage = z.infer<typeof ChatAnswerMessage>;

export const ChatCompletion = named(
  {
    id: 'ChatCompletion',
    provenance: 'observed',
    description: 'A whole answer.',
  },
  closed({
    id: ChatId,
    object: z.literal('chat.completion'),
    created: z.number().int().describe('Unix seconds.'),
    model: z.string(),
    choices: z.array(
      closed({
        delta: z.null(),
        index: z.number().int().nonnegative(),
        finish_reason: ChatFinishReason,
        matched_stop: ChatMatchedStop,
        message: ChatAnswerMessage,
        logprobs: ChatLogprobs.nullable(),
      }),
    ),
    usage: ChatUsage,
    lastOne: z.literal(false),
  }),
);
export type ChatCompletion = z.infer<typeof ChatCompletion>;

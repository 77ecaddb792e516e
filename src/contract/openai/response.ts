import { z } from 'zod/v3';
import { named } from '../registry.ts';
import { closed } from '../shape.ts';

export const ChatId = named(
  {
    id: 'ChatId',
    provenance: 'observed',
    description: 'The id of an answer: 32 hexadecimal digits, without a prefix.',
  },
  z.string().regex(/^[0-9a-f]{32}$/),
);

const tokens = z.number().int().nonnegative();

const CompletionTokens = named(
  {
    id: 'ChatCompletionTokens',
    provenance: 'observed',
    description: 'What the completion tokens were spent on.',
  },
  closed({ reasoning_tokens: tokens.describe('The tokens of the reasoning.') }),
);

const PromptTokens = named(
  {
    id: 'ChatPromptTokens',
    provenance: 'observed',
    description: 'What the prompt was made of. LongCat was seen to leave these counts at 0.',
  },
  closed({
    cached_tokens: tokens.describe('Tokens that were read from the cache.'),
    audio_tokens: tokens.describe('Tokens of recordings.'),
    image_tokens: tokens.describe('Tokens of images.'),
    video_tokens: tokens.describe('Tokens of videos.'),
    text_tokens: tokens.describe('Tokens of text.'),
    cache_write_tokens: tokens.describe('Tokens that were written to the cache.'),
  }),
);

export const ChatUsage = named(
  {
    id: 'ChatUsage',
    provenance: 'observed',
    description: 'The tokens of one request.',
    quirks: ['effective-cached-tokens'],
  },
  closed({
    effectiveCachedTokens: tokens
      .optional()
      .describe('As `cached_tokens`; some of LongCat’s answers have it.'),
    completion_tokens: tokens.describe('Tokens of the answer, reasoning included.'),
    prompt_tokens: tokens.describe('Tokens of the request, cached ones included.'),
    total_tokens: tokens.describe('Prompt plus completion.'),
    completion_tokens_details: CompletionTokens,
    prompt_tokens_details: PromptTokens,
  }),
);
export type ChatUsage = z.infer<typeof ChatUsage>;

export const ChatFinishReason = named(
  {
    id: 'ChatFinishReason',
    provenance: 'observed',
    description:
      'Why the model stopped: it was done (`stop`), reached the output limit (`length`), or calls tools (`tool_calls`). `content_filter` is assumed from the serving engine.',
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

const tokenProbability = {
  token: z.string().describe('The token as text.'),
  logprob: z.number().describe('The natural logarithm of its probability.'),
  bytes: z
    .array(z.number().int().min(0).max(255))
    .nullable()
    .describe('The token in UTF-8: one token may be less than a character.'),
};

const TopLogprob = named(
  {
    id: 'ChatTopLogprob',
    provenance: 'sdk',
    description: 'One of the likeliest tokens at a place in the text.',
  },
  closed(tokenProbability),
);

const TokenLogprob = named(
  {
    id: 'ChatTokenLogprob',
    provenance: 'sdk',
    description: 'How likely a token of the text was.',
  },
  closed({
    ...tokenProbability,
    top_logprobs: z
      .array(TopLogprob)
      .describe('The likeliest at its place, as many as `top_logprobs` asked for.'),
  }),
);

export const ChatLogprobs = named(
  {
    id: 'ChatLogprobs',
    provenance: 'sdk',
    description: 'The log probabilities of the content’s tokens, when the request asked for them.',
  },
  closed({
    content: z.array(TokenLogprob).nullable().describe('Those of the content, token by token.'),
    refusal: z.null().describe('Always null.'),
  }),
);
export type ChatLogprobs = z.infer<typeof ChatLogprobs>;

const callIndex = z
  .number()
  .int()
  .nonnegative()
  .describe('The place of the call among those of the answer, from 0.');

const CalledFunction = named(
  {
    id: 'ChatCalledFunction',
    provenance: 'assumed',
    description: 'The function to call, and what to give it.',
  },
  closed({
    name: z.string().describe('The name that the tool has in the request.'),
    arguments: z
      .string()
      .describe('The arguments as JSON text, which need not be valid nor keep to the schema.'),
  }),
);

const FunctionCall = named(
  { id: 'ChatFunctionCall', provenance: 'assumed', description: 'A call of a function.' },
  closed({
    id: z.string().describe('The id of the call: the tool’s turn repeats it.'),
    index: callIndex,
    type: z.literal('function'),
    function: CalledFunction,
  }),
);

const CalledCustom = named(
  {
    id: 'ChatCalledCustom',
    provenance: 'assumed',
    description: 'The custom tool to call, and what to give it.',
  },
  closed({
    name: z.string().describe('The name that the tool has in the request.'),
    input: z.string().describe('What to give it, as text.'),
  }),
);

const CustomCall = named(
  { id: 'ChatCustomCall', provenance: 'assumed', description: 'A call of a custom tool.' },
  closed({
    id: z.string().describe('The id of the call: the tool’s turn repeats it.'),
    index: callIndex,
    type: z.literal('custom'),
    custom: CalledCustom,
  }),
);

export const ChatToolCall = named(
  {
    id: 'ChatToolCall',
    provenance: 'assumed',
    description:
      'A call of a tool in a whole answer: the members of the streamed form, which was observed.',
  },
  z.discriminatedUnion('type', [FunctionCall, CustomCall]),
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
    tool_calls: z
      .array(ChatToolCall)
      .optional()
      .describe('The tools to call; absent when there are none.'),
  }),
);
export type ChatAnswerMessage = z.infer<typeof ChatAnswerMessage>;

const ChatChoice = named(
  { id: 'ChatChoice', provenance: 'observed', description: 'One answer to the conversation.' },
  closed({
    delta: z.null().describe('Always null in a whole answer.'),
    index: z.number().int().nonnegative().describe('Which answer, from 0.'),
    finish_reason: ChatFinishReason,
    matched_stop: ChatMatchedStop,
    message: ChatAnswerMessage,
    logprobs: ChatLogprobs.nullable(),
  }),
);

export const ChatCompletion = named(
  {
    id: 'ChatCompletion',
    provenance: 'observed',
    description: 'A whole answer in the OpenAI format.',
  },
  closed({
    id: ChatId,
    object: z.literal('chat.completion'),
    created: z.number().int().describe('Unix seconds.'),
    model: z.string().describe('The model that answered.'),
    choices: z.array(ChatChoice).describe('The answers, as many as `n` asked for.'),
    usage: ChatUsage,
    lastOne: z.boolean().describe('LongCat’s own member: false in a whole answer.'),
  }),
);
export type ChatCompletion = z.infer<typeof ChatCompletion>;

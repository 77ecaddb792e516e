import { z } from 'zod/v3';
import { maxThinkingBudget } from '../models.ts';
import { named } from '../registry.ts';
import { AnyObject, integer, open, unset } from '../shape.ts';
import { TextContent } from './content.ts';
import { ChatMessage } from './message.ts';
import { ChatResponseFormat } from './response-format.ts';
import { ChatTool, ChatToolChoice, ToolName } from './tool.ts';

const Thinking = named(
  {
    id: 'ChatThinking',
    provenance: 'documented',
    description: 'Whether the model reasons before it answers; it does by default.',
  },
  open({
    type: z
      .enum(['enabled', 'disabled'])
      .describe('`disabled` leaves `reasoning_content` out of the answer.'),
  }),
);

const StreamOptions = named(
  { id: 'ChatStreamOptions', provenance: 'sdk', description: 'What a stream has besides content.' },
  open({
    include_usage: unset(z.boolean()).describe(
      'Whether the stream ends with the usage; LongCat sends it in any case.',
    ),
    include_obfuscation: unset(z.boolean()).describe('No effect on LongCat’s streams.'),
  }),
);

const CacheOptions = named(
  {
    id: 'ChatPromptCacheOptions',
    provenance: 'sdk',
    description: 'How the prompt is cached; LongCat does not document it.',
  },
  open({
    mode: unset(z.string()).describe('When to cache.'),
    ttl: unset(z.string()).describe('How long to keep it.'),
  }),
);

const AudioOptions = named(
  {
    id: 'ChatAudioOptions',
    provenance: 'sdk',
    description: 'The form of a spoken answer; LongCat does not document one.',
  },
  open({
    format: z.string().describe('Such as `wav` or `mp3`.'),
    voice: z.unknown().describe('The voice, by its name or as an object with its id.'),
  }),
);

const Prediction = named(
  {
    id: 'ChatPrediction',
    provenance: 'sdk',
    description: 'Text that the answer will mostly repeat; LongCat does not document it.',
  },
  open({ type: z.literal('content'), content: TextContent }),
);

const Moderation = named(
  {
    id: 'ChatModeration',
    provenance: 'sdk',
    description: 'How the conversation is moderated; LongCat does not document it.',
  },
  open({ model: unset(z.string()).describe('The model that judges.') }),
);

const WebSearchOptions = named(
  {
    id: 'ChatWebSearchOptions',
    provenance: 'sdk',
    description: 'How the web is searched; LongCat does not document it.',
  },
  open({ search_context_size: unset(z.string()).describe('Such as `low`, `medium` or `high`.') }),
);

const OlderFunction = named(
  {
    id: 'ChatOlderFunction',
    provenance: 'sdk',
    description: 'A function, in the older form of tools.',
  },
  open({
    name: z.string().describe('The name by which the model calls it.'),
    parameters: unset(AnyObject).describe('A JSON Schema of the arguments.'),
  }),
);

/** What LongCat documents, and the ranges it checks (LongCat docs, Chat Completions and Model Parameters). */
const documentedMembers = {
  model: z.string().describe('The exact, case-sensitive name of a model, such as `LongCat-2.0`.'),
  messages: z.array(ChatMessage).min(1).describe('The conversation so far, the oldest turn first.'),
  stream: unset(z.boolean()).describe('Answer with server-sent events.'),
  max_tokens: unset(integer().min(0)).describe(
    'The output limit in tokens, reasoning included; 32768 when unset. Above the model’s limit (131072 for LongCat-2.0) LongCat answers 400.',
  ),
  temperature: unset(z.number()).describe(
    'Never refused: LongCat sets it to 1.0 with thinking and to 0.7 without.',
  ),
  top_p: unset(z.number().gt(0).lte(1)).describe(
    'The share of probability to sample from; 0.95 when unset.',
  ),
  top_k: unset(integer().min(-1).max(100)).describe(
    'How many of the likeliest tokens to sample from; -1, the default, switches it off.',
  ),
  repetition_penalty: unset(z.number().min(1).max(1.5)).describe(
    'How much a repetition is disfavoured; 1, the default, is not at all.',
  ),
  thinking: unset(Thinking),
  enable_thinking: unset(z.boolean()).describe('The older switch for thinking.'),
  thinking_budget: unset(integer().min(0).max(maxThinkingBudget)).describe(
    'The limit of the reasoning in tokens.',
  ),
};

/** What the official clients and those of similar services send as well. */
const clientMembers = {
  max_completion_tokens: unset(integer().min(0)).describe('Wins over `max_tokens`.'),
  tools: unset(z.array(ChatTool)).describe('The tools that the model may call.'),
  tool_choice: unset(ChatToolChoice),
  parallel_tool_calls: unset(z.boolean()).describe(
    'Whether one answer may call several tools; it may by default.',
  ),
  response_format: unset(ChatResponseFormat),
  stop: unset(z.union([z.string(), z.array(z.string())])).describe(
    'Where the text ends: one string, or several.',
  ),
  stream_options: unset(StreamOptions),
  n: unset(integer().min(1).max(128)).describe('How many answers; one when unset.'),
  logprobs: unset(z.boolean()).describe('Whether the answer tells how likely its tokens were.'),
  top_logprobs: unset(integer().min(0).max(20)).describe(
    'How many alternatives to tell of each token; wants `logprobs`.',
  ),
  logit_bias: unset(z.record(z.number())).describe('What to add to tokens’ scores, by token id.'),
  frequency_penalty: unset(z.number().min(-2).max(2)).describe(
    'Disfavours tokens by how often they stand in the text already.',
  ),
  presence_penalty: unset(z.number().min(-2).max(2)).describe(
    'Disfavours tokens that stand in the text already.',
  ),
  min_p: unset(z.number().min(0).max(1)).describe(
    'Leaves out tokens that are less likely than this share of the likeliest.',
  ),
  seed: unset(integer()).describe('Makes the sampling repeatable, as far as it can be.'),
  user: unset(z.string()).describe('The client’s own name for its user.'),
  metadata: unset(z.record(z.unknown())).describe('The client’s own notes.'),
  store: unset(z.boolean()).describe('Whether to keep the answer; LongCat does not document it.'),
  reasoning_effort: unset(
    z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']),
  ).describe('How much to reason. `none` switches thinking off.'),
  verbosity: unset(z.enum(['low', 'medium', 'high'])).describe('How long an answer to give.'),
  service_tier: unset(z.string()).describe('LongCat has one tier.'),
  safety_identifier: unset(z.string()).describe('The client’s own name for its user.'),
  prompt_cache_key: unset(z.string()).describe('Groups requests whose prompts begin alike.'),
  prompt_cache_options: unset(CacheOptions),
  prompt_cache_retention: unset(z.string()).describe('How long a cached prompt is kept.'),
  modalities: unset(z.array(z.string())).describe('The forms of the answer; LongCat answers text.'),
  audio: unset(AudioOptions),
  prediction: unset(Prediction),
  moderation: unset(Moderation),
  web_search_options: unset(WebSearchOptions),
  functions: unset(z.array(OlderFunction)).describe('The older form of `tools`.'),
  function_call: unset(z.union([z.string(), ToolName])).describe('The older `tool_choice`.'),
  chat_template_kwargs: unset(AnyObject).describe('Switches of the serving engine’s template.'),
};

export const ChatRequest = named(
  {
    id: 'ChatRequest',
    provenance: 'documented',
    description:
      'The body of a chat completion request. Members that are not listed are accepted and ignored.',
  },
  open({ ...documentedMembers, ...clientMembers }),
);
export type ChatRequest = z.infer<typeof ChatRequest>;

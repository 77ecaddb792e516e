import { z } from 'zod/v3';
import { maxThinkingBudget } from '../models.ts';
import { named } from '../registry.ts';
import { AnyObject, integer, open, unset } from '../shape.ts';

const TextPart = open({ type: z.literal('text'), text: z.string() });

const UserContentPart = named(
  {
    id: 'ChatUserContentPart',
    provenance: 'sdk',
    description:
      'A part of a user message. LongCat documents text alone for LongCat-2.0, and images and video for LongCat-2.5-Preview.',
  },
  z.discriminatedUnion('type', [
    TextPart,
    open({
      type: z.literal('image_url'),
      image_url: open({ url: z.string(), detail: unset(z.string()) }),
    }),
    open({ type: z.literal('video_url'), video_url: open({ url: z.string() }) }),
    open({
      type: z.literal('input_audio'),
      input_audio: open({ data: z.string(), format: z.string() }),
    }),
    open({
      type: z.literal('file'),
      file: open({
        filename: unset(z.string()),
        file_data: unset(z.string()),
        file_id: unset(z.string()),
      }),
    }),
  ]),
);

const AssistantContentPart = z.discriminatedUnion('type', [
  TextPart,
  open({ type: z.literal('refusal'), refusal: z.string() }),
]);

const textContent = z.union([z.string(), z.array(z.discriminatedUnion('type', [TextPart]))]);

const PastToolCall = z.discriminatedUnion('type', [
  open({
    id: z.string(),
    type: z.literal('function'),
    function: open({
      name: z.string(),
      arguments: z.string().describe('The arguments as JSON text.'),
    }),
  }),
  open({
    id: z.string(),
    type: z.literal('custom'),
    custom: open({ name: z.string(), input: z.string() }),
  }),
]);

export const ChatMessage = named(
  {
    id: 'ChatMessage',
    provenance: 'sdk',
    description:
      'One turn. LongCat documents system, user and assistant; tool turns were observed; the others are what the official clients send.',
  },
  z.discriminatedUnion('role', [
    open({ role: z.literal('system'), content: textContent, name: unset(z.string()) }),
    open({ role: z.literal('developer'), content: textContent, name: unset(z.string()) }),
    open({
      role: z.literal('user'),
      content: z.union([z.string(), z.array(UserContentPart)]),
      name: unset(z.string()),
    }),
    open({
      role: z.literal('assistant'),
      content: unset(z.union([z.string(), z.array(AssistantContentPart)])),
      reasoning_content: unset(z.string()).describe(
        'The reasoning of this turn, replayed; LongCat accepts it.',
      ),
      refusal: unset(z.string()),
      name: unset(z.string()),
      audio: unset(open({ id: z.string() })),
      tool_calls: unset(z.array(PastToolCall)),
      function_call: unset(open({ name: z.string(), arguments: z.string() })),
    }),
    open({ role: z.literal('tool'), content: textContent, tool_call_id: z.string() }),
    open({ role: z.literal('function'), content: unset(z.string()), name: z.string() }),
  ]),
);

export const ChatTool = named(
  {
    id: 'ChatTool',
    provenance: 'sdk',
    description: 'A tool the model may call. LongCat lists `tools` among its parameters.',
  },
  z.discriminatedUnion('type', [
    open({
      type: z.literal('function'),
      function: open({
        name: z.string(),
        description: unset(z.string()),
        parameters: unset(AnyObject).describe('A JSON Schema of the arguments.'),
        strict: unset(z.boolean()),
      }),
    }),
    open({
      type: z.literal('custom'),
      custom: open({
        name: z.string(),
        description: unset(z.string()),
        format: unset(
          z.discriminatedUnion('type', [
            open({ type: z.literal('text') }),
            open({
              type: z.literal('grammar'),
              grammar: open({ definition: z.string(), syntax: z.enum(['lark', 'regex']) }),
            }),
          ]),
        ),
      }),
    }),
  ]),
);

export const ChatToolChoice = named(
  { id: 'ChatToolChoice', provenance: 'sdk', description: 'Which tool the model has to call.' },
  z.union([
    z.enum(['none', 'auto', 'required']),
    z.discriminatedUnion('type', [
      open({ type: z.literal('function'), function: open({ name: z.string() }) }),
      open({ type: z.literal('custom'), custom: open({ name: z.string() }) }),
      open({
        type: z.literal('allowed_tools'),
        allowed_tools: open({ mode: z.enum(['auto', 'required']), tools: z.array(AnyObject) }),
      }),
    ]),
  ]),
);

export const ChatResponseFormat = named(
  {
    id: 'ChatResponseFormat',
    provenance: 'observed',
    description: 'The form of the answer’s content.',
  },
  z.discriminatedUnion('type', [
    open({ type: z.literal('text') }),
    open({ type: z.literal('json_object') }),
    open({
      type: z.literal('json_schema'),
      json_schema: open({
        name: z.string(),
        description: unset(z.string()),
        schema: unset(AnyObject),
        strict: unset(z.boolean()),
      }),
    }),
  ]),
);

/** What LongCat documents, and the ranges it checks (LongCat docs, Chat Completions and Model Parameters). */
const documentedMembers = {
  model: z.string().describe('The exact, case-sensitive name of a model.'),
  messages: z.array(ChatMessage).min(1),
  stream: unset(z.boolean()).describe('Answer with server-sent events.'),
  max_tokens: unset(integer().min(0)).describe(
    'The output limit in tokens, reasoning included; 32768 when unset. Above the model’s limit (131072 for LongCat-2.0) LongCat answers 400.',
  ),
  temperature: unset(z.number()).describe(
    'Never refused: LongCat sets it to 1.0 with thinking and to 0.7 without.',
  ),
  top_p: unset(z.number().gt(0).lte(1)),
  top_k: unset(integer().min(-1).max(100)).describe('-1 switches it off.'),
  repetition_penalty: unset(z.number().min(1).max(1.5)),
  thinking: unset(open({ type: z.enum(['enabled', 'disabled']) })).describe(
    'Whether the model reasons before it answers; it does by default.',
  ),
  enable_thinking: unset(z.boolean()).describe('The older switch for thinking.'),
  thinking_budget: unset(integer().min(0).max(maxThinkingBudget)),
};

/** What the official clients and those of similar services send as well. */
const clientMembers = {
  max_completion_tokens: unset(integer().min(0)).describe('Wins over `max_tokens`.'),
  tools: unset(z.array(ChatTool)),
  tool_choice: unset(ChatToolChoice),
  parallel_tool_calls: unset(z.boolean()),
  response_format: unset(ChatResponseFormat),
  stop: unset(z.union([z.string(), z.array(z.string())])),
  stream_options: unset(
    open({ include_usage: unset(z.boolean()), include_obfuscation: unset(z.boolean()) }),
  ),
  n: unset(integer().min(1).max(128)),
  logprobs: unset(z.boolean()),
  top_logprobs: unset(integer().min(0).max(20)),
  logit_bias: unset(z.record(z.number())),
  frequency_penalty: unset(z.number().min(-2).max(2)),
  presence_penalty: unset(z.number().min(-2).max(2)),
  min_p: unset(z.number().min(0).max(1)),
  seed: unset(integer()),
  user: unset(z.string()),
  metadata: unset(z.record(z.unknown())),
  store: unset(z.boolean()),
  reasoning_effort: unset(
    z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']),
  ).describe('`none` switches thinking off.'),
  verbosity: unset(z.enum(['low', 'medium', 'high'])),
  service_tier: unset(z.string()),
  safety_identifier: unset(z.string()),
  prompt_cache_key: unset(z.string()),
  prompt_cache_options: unset(open({ mode: unset(z.string()), ttl: unset(z.string()) })),
  prompt_cache_retention: unset(z.string()),
  modalities: unset(z.array(z.string())),
  audio: unset(open({ format: z.string(), voice: z.unknown() })),
  prediction: unset(open({ type: z.literal('content'), content: textContent })),
  moderation: unset(open({ model: unset(z.string()) })),
  web_search_options: unset(open({ search_context_size: unset(z.string()) })),
  functions: unset(z.array(open({ name: z.string(), parameters: unset(AnyObject) }))),
  function_call: unset(z.union([z.string(), open({ name: z.string() })])),
  chat_template_kwargs: unset(AnyObject),
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

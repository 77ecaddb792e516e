import { z } from 'zod/v3';
import { ErrorBody } from '../errors.ts';
import { named } from '../registry.ts';
import { closed } from '../shape.ts';
import { ChatFinishReason, ChatId, ChatLogprobs, ChatMatchedStop, ChatUsage } from './response.ts';

const callId = z
  .string()
  .nullable()
  .optional()
  .describe('The id of the call in its first delta; null, or absent, in later ones.');

const callIndex = z
  .number()
  .int()
  .nonnegative()
  .describe('Which call of the answer it is a piece of, from 0.');

const calledName = z
  .string()
  .nullable()
  .optional()
  .describe('The tool’s name in the first delta of a call; null, or absent, in later ones.');

const FunctionDelta = named(
  {
    id: 'ChatFunctionDelta',
    provenance: 'observed',
    description: 'A piece of what a function is called with.',
    quirks: ['tool-delta-nulls'],
  },
  closed({
    name: calledName,
    arguments: z.string().describe('A piece of the arguments’ JSON text: append it to the others.'),
  }),
);

const FunctionCallDelta = named(
  {
    id: 'ChatFunctionCallDelta',
    provenance: 'observed',
    description: 'A piece of the call of a function.',
    quirks: ['tool-delta-nulls'],
  },
  closed({
    id: callId,
    index: callIndex,
    type: z.literal('function'),
    function: FunctionDelta,
  }),
);

const CustomDelta = named(
  {
    id: 'ChatCustomDelta',
    provenance: 'assumed',
    description: 'A piece of what a custom tool is called with.',
    quirks: ['tool-delta-nulls'],
  },
  closed({
    name: calledName,
    input: z.string().describe('A piece of the input: append it to the others.'),
  }),
);

const CustomCallDelta = named(
  {
    id: 'ChatCustomCallDelta',
    provenance: 'assumed',
    description: 'A piece of the call of a custom tool.',
    quirks: ['tool-delta-nulls'],
  },
  closed({
    id: callId,
    index: callIndex,
    type: z.literal('custom'),
    custom: CustomDelta,
  }),
);

export const ChatToolCallDelta = named(
  {
    id: 'ChatToolCallDelta',
    provenance: 'observed',
    description:
      'A piece of a tool call. The first delta of a call has its id and name and no arguments yet; later ones carry pieces of the arguments.',
    quirks: ['tool-delta-nulls'],
  },
  z.discriminatedUnion('type', [FunctionCallDelta, CustomCallDelta]),
);
export type ChatToolCallDelta = z.infer<typeof ChatToolCallDelta>;

export const ChatDelta = named(
  {
    id: 'ChatDelta',
    provenance: 'observed',
    description:
      'What one chunk adds: the role, a piece of reasoning, a piece of content, a piece of tool calls, or nothing at the end.',
  },
  closed({
    role: z.literal('assistant').optional(),
    content: z.string().optional().describe('A piece of the content: append it to the others.'),
    reasoning_content: z
      .string()
      .optional()
      .describe('A piece of the reasoning, which comes before the content.'),
    tool_calls: z
      .array(ChatToolCallDelta)
      .optional()
      .describe('Pieces of tool calls, each by its `index`.'),
  }),
);
export type ChatDelta = z.infer<typeof ChatDelta>;

const ChatChunkChoice = named(
  {
    id: 'ChatChunkChoice',
    provenance: 'observed',
    description: 'What a chunk adds to one of the answers.',
  },
  closed({
    delta: ChatDelta,
    index: z.number().int().nonnegative().describe('Which answer, from 0.'),
    finish_reason: ChatFinishReason.nullable().describe('Null until the answer ends.'),
    matched_stop: ChatMatchedStop,
    logprobs: ChatLogprobs.nullable(),
  }),
);

export const ChatChunk = named(
  {
    id: 'ChatChunk',
    provenance: 'observed',
    description:
      'The payload of one event of a streamed answer. The last one has no choices, the usage and `lastOne: true`; then comes `data: [DONE]`.',
    quirks: ['usage-always'],
  },
  closed({
    id: ChatId,
    object: z.literal('chat.completion.chunk'),
    created: z.number().int().describe('Unix seconds, stamped chunk by chunk.'),
    model: z.string().describe('The model that answers.'),
    choices: z.array(ChatChunkChoice).describe('What is added; nothing in the last chunk.'),
    usage: ChatUsage.optional().describe('In the last chunk only.'),
    lastOne: z.boolean().describe('LongCat’s own member: true in the last chunk.'),
  }),
);
export type ChatChunk = z.infer<typeof ChatChunk>;

export const ChatStreamEvent = named(
  {
    id: 'ChatStreamEvent',
    provenance: 'assumed',
    description: 'The payload of any event of a chat stream: a chunk, or an error that ends it.',
  },
  z.union([ChatChunk, ErrorBody]),
);
export type ChatStreamEvent = z.infer<typeof ChatStreamEvent>;

import { z } from 'zod/v3';
import { ErrorBody } from '../errors.ts';
import { named } from '../registry.ts';
import { closed } from '../shape.ts';
import { ChatFinishReason, ChatId, ChatLogprobs, ChatMatchedStop, ChatUsage } from './response.ts';

export const ChatToolCallDelta = named(
  {
    id: 'ChatToolCallDelta',
    provenance: 'observed',
    description:
      'A piece of a tool call. The first delta of a call has its id and name and no arguments yet; later ones carry pieces of the arguments.',
    quirks: ['tool-delta-nulls'],
  },
  z.discriminatedUnion('type', [
    closed({
      id: z.string().nullable().optional(),
      index: z.number().int().nonnegative(),
      type: z.literal('function'),
      function: closed({ name: z.string().nullable().optional(), arguments: z.string() }),
    }),
    closed({
      id: z.string().nullable().optional(),
      index: z.number().int().nonnegative(),
      type: z.literal('custom'),
      custom: closed({ name: z.string().nullable().optional(), input: z.string() }),
    }),
  ]),
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
    content: z.string().optional(),
    reasoning_content: z.string().optional(),
    tool_calls: z.array(ChatToolCallDelta).optional(),
  }),
);
export type ChatDelta = z.infer<typeof ChatDelta>;

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
    model: z.string(),
    choices: z.array(
      closed({
        delta: ChatDelta,
        index: z.number().int().nonnegative(),
        finish_reason: ChatFinishReason.nullable(),
        matched_stop: ChatMatchedStop,
        logprobs: ChatLogprobs.nullable(),
      }),
    ),
    usage: ChatUsage.optional(),
    lastOne: z.boolean(),
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

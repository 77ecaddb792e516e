import { z } from 'zod/v3';
import { named } from '../registry.ts';
import { AnyObject, closed } from '../shape.ts';

const tokens = z.number().int().nonnegative();

export const MessageUsage = named(
  {
    id: 'MessageUsage',
    provenance: 'observed',
    description: 'The tokens of one request.',
    quirks: ['messages-docs-shape'],
  },
  closed({
    input_tokens: tokens.describe(
      'Tokens of the request, without those that were read from the cache.',
    ),
    cache_read_input_tokens: tokens.optional().describe('Tokens that were read from the cache.'),
    cache_creation_input_tokens: tokens
      .optional()
      .describe('Tokens that were written to the cache.'),
    output_tokens: tokens.describe('Tokens of the answer, thinking included.'),
  }),
);
export type MessageUsage = z.infer<typeof MessageUsage>;

export const MessageStopReason = named(
  {
    id: 'MessageStopReason',
    provenance: 'sdk',
    description: 'Why the model stopped; `end_turn` and `tool_use` were observed.',
  },
  z.enum(['end_turn', 'max_tokens', 'stop_sequence', 'tool_use', 'refusal']),
);
export type MessageStopReason = z.infer<typeof MessageStopReason>;

const AnswerThinking = named(
  {
    id: 'MessageAnswerThinking',
    provenance: 'assumed',
    description: 'The reasoning, when the request asked for it.',
  },
  closed({
    type: z.literal('thinking'),
    thinking: z.string().describe('The reasoning as text.'),
    signature: z.string().describe('To be sent back with the block.'),
  }),
);

const AnswerText = named(
  {
    id: 'MessageAnswerText',
    provenance: 'documented',
    description: 'What the model said.',
    quirks: ['messages-docs-shape'],
  },
  closed({
    type: z.literal('text'),
    text: z.string().describe('The text.'),
    thinking: z.string().optional().describe('The reasoning; only in the documented shape.'),
  }),
);

const AnswerToolUse = named(
  {
    id: 'MessageAnswerToolUse',
    provenance: 'assumed',
    description: 'A tool to use, and what to give it.',
  },
  closed({
    type: z.literal('tool_use'),
    id: z.string().describe('The id of the use: the `tool_result` repeats it.'),
    name: z.string().describe('The name that the tool has in the request.'),
    input: AnyObject.describe('What to give it; empty at the start of a streamed block.'),
  }),
);

export const MessageAnswerBlock = named(
  {
    id: 'MessageAnswerBlock',
    provenance: 'assumed',
    description:
      'A block of an answer: thinking first, when the request asked for it, then text, then tool use.',
    quirks: ['messages-docs-shape'],
  },
  z.discriminatedUnion('type', [AnswerThinking, AnswerText, AnswerToolUse]),
);
export type MessageAnswerBlock = z.infer<typeof MessageAnswerBlock>;

export const MessageId = named(
  {
    id: 'MessageId',
    provenance: 'assumed',
    description: 'The id of an answer: `msg_` and 32 hexadecimal digits.',
  },
  z.string().regex(/^msg_[0-9a-f]{32}$/),
);

export const Message = named(
  {
    id: 'Message',
    provenance: 'documented',
    description: 'A whole answer in the Anthropic format.',
  },
  closed({
    id: MessageId,
    type: z.literal('message'),
    role: z.literal('assistant'),
    content: z.array(MessageAnswerBlock).describe('What the model said, block by block.'),
    model: z.string().describe('The model that answered.'),
    stop_reason: MessageStopReason,
    stop_sequence: z
      .string()
      .nullable()
      .describe('The stop sequence that was hit; null when none was.'),
    usage: MessageUsage,
  }),
);
export type Message = z.infer<typeof Message>;

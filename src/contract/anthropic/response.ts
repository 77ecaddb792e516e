import { z } from 'zod/v3';
import { named } from '../registry.ts';
import { AnyObject, closed } from '../shape.ts';

const tokens = z.number().int().nonnegative();

export const MessageUsage = named(
  {
    id: 'MessageUsage',
    provenance: 'observed',
    description: 'The tokens of one request; `input_tokens` leaves out those read from the cache.',
    quirks: ['messages-docs-shape'],
  },
  closed({
    input_tokens: tokens,
    cache_read_input_tokens: tokens.optional(),
    cache_creation_input_tokens: tokens.optional(),
    output_tokens: tokens,
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

export const MessageAnswerBlock = named(
  {
    id: 'MessageAnswerBlock',
    provenance: 'assumed',
    description:
      'A block of an answer: thinking first, when the request asked for it, then text, then tool use.',
    quirks: ['messages-docs-shape'],
  },
  z.discriminatedUnion('type', [
    closed({ type: z.literal('thinking'), thinking: z.string(), signature: z.string() }),
    closed({
      type: z.literal('text'),
      text: z.string(),
      thinking: z.string().optional().describe('Only in the documented shape.'),
    }),
    closed({
      type: z.literal('tool_use'),
      id: z.string(),
      name: z.string(),
      input: AnyObject,
    }),
  ]),
);
export type MessageAnswerBlock = z.infer<typeof MessageAnswerBlock>;

export const Message = named(
  { id: 'Message', provenance: 'documented', description: 'A whole answer.' },
  closed({
    id: z.string().regex(/^msg_[0-9a-f]{32}$/),
    type: z.literal('message'),
    role: z.literal('assistant'),
    content: z.array(MessageAnswerBlock),
    model: z.string(),
    stop_reason: MessageStopReason,
    stop_sequence: z.string().nullable(),
    usage: MessageUsage,
  }),
);
export type Message = z.infer<typeof Message>;

import { z } from 'zod/v3';
import { ErrorDetail } from '../errors.ts';
import { named } from '../registry.ts';
import { closed } from '../shape.ts';
import { Message, MessageAnswerBlock, MessageStopReason, MessageUsage } from './response.ts';

const index = z.number().int().nonnegative().describe('Which block of the answer, from 0.');

const MessageBeginning = named(
  {
    id: 'MessageBeginning',
    provenance: 'documented',
    description: 'The answer as it is before its first block.',
    quirks: ['messages-docs-shape', 'usage-late'],
  },
  Message.omit({ stop_reason: true, stop_sequence: true, usage: true })
    .extend({
      content: z.array(MessageAnswerBlock).max(0).describe('Empty: the blocks follow as events.'),
      stop_reason: z.null().optional().describe('Null: `message_delta` tells it.'),
      stop_sequence: z.null().optional().describe('Null: `message_delta` tells it.'),
      usage: MessageUsage.optional().describe('The tokens so far: those of the request.'),
    })
    .strict(),
);

const MessageStart = named(
  {
    id: 'MessageStartEvent',
    provenance: 'documented',
    description: 'The first event of a stream.',
  },
  closed({ type: z.literal('message_start'), message: MessageBeginning }),
);

const ContentBlockStart = named(
  {
    id: 'ContentBlockStartEvent',
    provenance: 'sdk',
    description: 'A block opens, empty.',
    quirks: ['messages-docs-shape'],
  },
  closed({ type: z.literal('content_block_start'), index, content_block: MessageAnswerBlock }),
);

const TextDelta = named(
  { id: 'TextDelta', provenance: 'documented', description: 'A piece of a text block.' },
  closed({
    type: z.literal('text_delta'),
    text: z.string().describe('Append it to the block’s `text`.'),
  }),
);

const ThinkingDelta = named(
  { id: 'ThinkingDelta', provenance: 'documented', description: 'A piece of a thinking block.' },
  closed({
    type: z.literal('thinking_delta'),
    thinking: z.string().describe('Append it to the block’s `thinking`.'),
  }),
);

const SignatureDelta = named(
  {
    id: 'SignatureDelta',
    provenance: 'sdk',
    description: 'The signature of a thinking block, right before it closes.',
  },
  closed({
    type: z.literal('signature_delta'),
    signature: z.string().describe('The whole signature.'),
  }),
);

const InputJsonDelta = named(
  {
    id: 'InputJsonDelta',
    provenance: 'sdk',
    description: 'A piece of a tool’s input.',
  },
  closed({
    type: z.literal('input_json_delta'),
    partial_json: z
      .string()
      .describe('A piece of JSON text: append it to the others, and parse them at the end.'),
  }),
);

const ContentBlockDelta = named(
  {
    id: 'ContentBlockDelta',
    provenance: 'sdk',
    description: 'What is added to a block, by the kind of the block.',
  },
  z.discriminatedUnion('type', [TextDelta, ThinkingDelta, SignatureDelta, InputJsonDelta]),
);

const ContentBlockDeltaEvent = named(
  { id: 'ContentBlockDeltaEvent', provenance: 'documented', description: 'A block grows.' },
  closed({ type: z.literal('content_block_delta'), index, delta: ContentBlockDelta }),
);

const ContentBlockStop = named(
  {
    id: 'ContentBlockStopEvent',
    provenance: 'sdk',
    description: 'A block is complete.',
    quirks: ['messages-docs-shape'],
  },
  closed({ type: z.literal('content_block_stop'), index }),
);

const Ping = named(
  {
    id: 'PingEvent',
    provenance: 'sdk',
    description: 'A sign of life, to be ignored.',
    quirks: ['messages-docs-shape'],
  },
  closed({ type: z.literal('ping') }),
);

const MessageEnd = named(
  { id: 'MessageEnd', provenance: 'documented', description: 'How the answer ended.' },
  closed({
    stop_reason: MessageStopReason,
    stop_sequence: z
      .string()
      .nullable()
      .optional()
      .describe('The stop sequence that was hit; null when none was.'),
  }),
);

const MessageDeltaUsage = named(
  {
    id: 'MessageDeltaUsage',
    provenance: 'observed',
    description: 'The tokens of the whole request; the counts of `message_start` are not added.',
    quirks: ['usage-late'],
  },
  MessageUsage.partial().required({ output_tokens: true }).strict(),
);

const MessageDelta = named(
  {
    id: 'MessageDeltaEvent',
    provenance: 'documented',
    description: 'The answer ends: why, and what it took.',
  },
  closed({ type: z.literal('message_delta'), delta: MessageEnd, usage: MessageDeltaUsage }),
);

const MessageStop = named(
  {
    id: 'MessageStopEvent',
    provenance: 'documented',
    description: 'The last event of a stream that ended well.',
  },
  closed({ type: z.literal('message_stop') }),
);

const ErrorEvent = named(
  {
    id: 'MessageErrorEvent',
    provenance: 'assumed',
    description: 'An error that ends the stream: no `message_stop` follows.',
  },
  closed({ type: z.literal('error'), error: ErrorDetail }),
);

export const MessageStreamEvent = named(
  {
    id: 'MessageStreamEvent',
    provenance: 'assumed',
    description:
      'The payload of one event of a streamed answer; the event’s name is its type. Blocks open and close one at a time; usage counts are cumulative; an error ends the stream.',
    quirks: ['messages-docs-shape', 'usage-late'],
  },
  z.discriminatedUnion('type', [
    MessageStart,
    ContentBlockStart,
    ContentBlockDeltaEvent,
    ContentBlockStop,
    Ping,
    MessageDelta,
    MessageStop,
    ErrorEvent,
  ]),
);
export type MessageStreamEvent = z.infer<typeof MessageStreamEvent>;

import { z } from 'zod/v3';
import { ErrorBody } from '../errors.ts';
import { named } from '../registry.ts';
import { closed } from '../shape.ts';
import { Message, MessageAnswerBlock, MessageStopReason, MessageUsage } from './response.ts';

const index = z.number().int().nonnegative();

const MessageStart = closed({
  type: z.literal('message_start'),
  message: Message.omit({ stop_reason: true, stop_sequence: true, usage: true })
    .extend({
      content: z.array(MessageAnswerBlock).max(0),
      stop_reason: z.null().optional(),
      stop_sequence: z.null().optional(),
      usage: MessageUsage.optional(),
    })
    .strict(),
});

const ContentBlockStart = closed({
  type: z.literal('content_block_start'),
  index,
  content_block: MessageAnswerBlock,
});

const ContentBlockDelta = closed({
  type: z.literal('content_block_delta'),
  index,
  delta: z.discriminatedUnion('type', [
    closed({ type: z.literal('text_delta'), text: z.string() }),
    closed({ type: z.literal('thinking_delta'), thinking: z.string() }),
    closed({ type: z.literal('signature_delta'), signature: z.string() }),
    closed({ type: z.literal('input_json_delta'), partial_json: z.string() }),
  ]),
});

const ContentBlockStop = closed({ type: z.literal('content_block_stop'), index });

const MessageDelta = closed({
  type: z.literal('message_delta'),
  delta: closed({
    stop_reason: MessageStopReason,
    stop_sequence: z.string().nullable().optional(),
  }),
  usage: MessageUsage.partial().required({ output_tokens: true }).strict(),
});

const ErrorEvent = closed({ type: z.literal('error'), error: ErrorBody.shape.error });

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
    ContentBlockDelta,
    ContentBlockStop,
    closed({ type: z.literal('ping') }),
    MessageDelta,
    closed({ type: z.literal('message_stop') }),
    ErrorEvent,
  ]),
);
export type MessageStreamEvent = z.infer<typeof MessageStreamEvent>;

import { z } from 'zod/v3';
import { faultTypes } from '../exchange/delivery.ts';
import { Count, Milliseconds } from './amounts.ts';
import { ErrorNameSchema } from './error-schema.ts';
import { named } from './registry.ts';

const LognormalDelay = named(
  'LognormalDelay',
  z
    .object({
      type: z.literal('lognormal'),
      median: Milliseconds.describe('Milliseconds that half of the answers take at most.'),
      sigma: z.number().min(0).max(10).describe('How far the others are from it.'),
      maxValue: Milliseconds.optional().describe('Milliseconds that none goes beyond.'),
    })
    .strict()
    .describe('Milliseconds as servers take them: mostly short, now and then long.'),
);

const UniformDelay = named(
  'UniformDelay',
  z
    .object({
      type: z.literal('uniform'),
      lower: Milliseconds.describe('The fewest milliseconds.'),
      upper: Milliseconds.describe('The most milliseconds.'),
    })
    .strict()
    .describe('Milliseconds between two bounds, each as likely as the other.'),
);

export const Delay = named(
  'Delay',
  z
    .union([Milliseconds, LognormalDelay, UniformDelay])
    .describe('Milliseconds before the answer begins, or a seeded distribution of them.'),
);
export type Delay = z.infer<typeof Delay>;

export const FaultType = named(
  'FaultType',
  z.enum(faultTypes).describe('What goes wrong on the way of an answer.'),
);

export const Fault = named(
  'Fault',
  z
    .object({
      type: FaultType,
      afterChunks: Count.optional().describe(
        'How many chunks with content, reasoning included, are sent before it. Stream faults only.',
      ),
      probability: z
        .number()
        .min(0)
        .max(1)
        .optional()
        .describe('How often it happens; decided by the seed, so a run can be repeated.'),
      error: ErrorNameSchema.optional().describe(
        'What STREAM_ERROR_EVENT reports: `internal_error` by default.',
      ),
    })
    .strict()
    .describe('A fault, and when it happens.'),
);

const TimedChunk = named(
  'TimedChunk',
  z
    .object({
      text: z.string().min(1).describe('The piece.'),
      atMs: Milliseconds.optional().describe('Milliseconds from the stream’s begin.'),
    })
    .strict()
    .describe('A piece of a stream, and when it is sent.'),
);

export const StreamPace = named(
  'StreamPace',
  z
    .object({
      ttftMs: Milliseconds.optional().describe('Milliseconds to the first chunk with content.'),
      tokensPerSecond: z
        .number()
        .positive()
        .max(100_000)
        .optional()
        .describe('How fast the chunks follow each other.'),
      jitter: z
        .number()
        .min(0)
        .max(1)
        .optional()
        .describe('How far each pause may be from its length: 0.2 is up to 20 % either way.'),
      chunks: z
        .array(z.union([z.string().min(1), TimedChunk]))
        .min(1)
        .optional()
        .describe('The text in the very pieces in which it is streamed; it replaces `text`.'),
      heartbeatMs: z
        .number()
        .int()
        .min(1)
        .optional()
        .describe('A comment is sent whenever the stream was silent for so long.'),
    })
    .strict()
    .describe('When the pieces of a stream are sent.'),
);

export const WireForm = named(
  'WireForm',
  z
    .object({
      split: z
        .union([z.number().int().min(1), z.array(z.number().int().min(1)).min(1)])
        .optional()
        .describe('Bytes a write, or the very offsets at which the stream’s bytes are split.'),
      coalesce: z.number().int().min(1).optional().describe('So many frames in each write.'),
      newline: z.enum(['lf', 'crlf', 'cr']).optional().describe('How the lines end.'),
      comments: z
        .union([z.boolean(), z.string().regex(/^[^\r\n]*$/, 'expected a text on one line')])
        .optional()
        .describe('A comment line before each frame.'),
      duplicateDone: z
        .boolean()
        .optional()
        .describe('The stream’s last frame, `[DONE]` or `message_stop`, twice.'),
    })
    .strict()
    .describe('How the bytes of a stream travel; what they say stays the same.'),
);

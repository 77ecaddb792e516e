import { z } from 'zod/v3';
import { errorNames } from '../contract/errors.ts';
import { type QuirkName, quirkNames } from '../contract/quirks.ts';
import { faultTypes } from '../exchange/delivery.ts';
import { MatchSchema } from './match-schema.ts';

const Milliseconds = z.number().min(0).max(3_600_000);
const Count = z.number().int().min(0);
const FileReference = z
  .string()
  .min(1)
  .describe('A path from the folder of this file; it may not leave that folder.');

const StatusCode = z.number().int().min(200).max(599);

const errorObject = z
  .object({
    name: z.enum(errorNames),
    message: z.string().optional().describe('In place of the catalogue’s message.'),
    retryAfter: z
      .number()
      .min(0)
      .optional()
      .describe('Seconds, in the body’s `retry_after`: LongCat’s own field, which no SDK obeys.'),
    retryAfterHeader: z
      .union([z.number().min(0), z.string().min(1)])
      .optional()
      .describe('The `Retry-After` header: seconds, or a date. The SDKs really sleep that long.'),
    retryAfterMs: Milliseconds.optional().describe(
      'The `retry-after-ms` header, which the official SDKs obey to the millisecond.',
    ),
    sdkRetry: z
      .boolean()
      .optional()
      .describe('The `x-should-retry` header: tells the official SDKs whether to retry.'),
  })
  .strict();

const ScriptedError = z
  .union([z.enum(errorNames), errorObject])
  .describe('An error of LongCat by its name in the catalogue.');
export type ScriptedError = z.infer<typeof errorObject>;

const ScriptedCall = z
  .object({
    name: z.string().min(1),
    arguments: z
      .union([z.record(z.unknown()), z.string()])
      .default({})
      .describe('The arguments; as a text they are sent as they are, valid JSON or not.'),
    id: z
      .string()
      .regex(/^[0-9A-Za-z_-]+$/, 'expected letters, digits, _ or -')
      .optional()
      .describe('The id after `call_` or `toolu_`; made from the seed when it is left out.'),
  })
  .strict();

const ScriptedUsage = z
  .object({
    input: Count.optional().describe('Input tokens, cached ones included.'),
    output: Count.optional().describe('Output tokens, reasoning included.'),
    cached: Count.optional().describe('How many of the input tokens came from the cache.'),
    reasoning: Count.optional().describe('How many of the output tokens were reasoning.'),
  })
  .strict()
  .describe('Token counts in place of the counted ones.');

export const Delay = z
  .union([
    Milliseconds,
    z
      .object({
        type: z.literal('lognormal'),
        median: Milliseconds,
        sigma: z.number().min(0).max(10),
        maxValue: Milliseconds.optional(),
      })
      .strict(),
    z.object({ type: z.literal('uniform'), lower: Milliseconds, upper: Milliseconds }).strict(),
  ])
  .describe('Milliseconds before the answer begins, or a seeded distribution of them.');
export type Delay = z.infer<typeof Delay>;

const Fault = z
  .object({
    type: z.enum(faultTypes),
    afterChunks: Count.optional().describe(
      'How many chunks with content, reasoning included, are sent before it. Stream faults only.',
    ),
    probability: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe('How often it happens; decided by the seed, so a run can be repeated.'),
    error: z
      .enum(errorNames)
      .optional()
      .describe('What STREAM_ERROR_EVENT reports: `internal_error` by default.'),
  })
  .strict();

const StreamPace = z
  .object({
    ttftMs: Milliseconds.optional().describe('Milliseconds to the first chunk with content.'),
    tokensPerSecond: z.number().positive().max(100_000).optional(),
    jitter: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe('How far each pause may be from its length: 0.2 is up to 20 % either way.'),
    chunks: z
      .array(
        z.union([
          z.string().min(1),
          z
            .object({
              text: z.string().min(1),
              atMs: Milliseconds.optional().describe('Milliseconds from the stream’s begin.'),
            })
            .strict(),
        ]),
      )
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
  .strict();

const WireForm = z
  .object({
    split: z
      .union([z.number().int().min(1), z.array(z.number().int().min(1)).min(1)])
      .optional()
      .describe('Bytes a write, or the very offsets at which the stream’s bytes are split.'),
    coalesce: z.number().int().min(1).optional().describe('So many frames in each write.'),
    newline: z.enum(['lf', 'crlf', 'cr']).optional(),
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
  .describe('How the bytes of a stream travel; what they say stays the same.');

const QuirkOverrides = z.object(
  // Object.fromEntries forgets that there is one switch for each quirk.
  Object.fromEntries(quirkNames.map((name) => [name, z.boolean().optional()])) as Record<
    QuirkName,
    z.ZodOptional<z.ZodBoolean>
  >,
);

/** One answer. What it leaves out is generated: `{}` is a generated answer. */
export const Step = z
  .object({
    text: z.string().nullable().optional().describe('The answer; null for none.'),
    textFile: FileReference.optional().describe('A file whose text is the answer.'),
    thinking: z
      .string()
      .optional()
      .describe('The reasoning; left out of the answer where the request did not want any.'),
    toolCalls: z.array(ScriptedCall).min(1).optional(),
    finishReason: z.enum(['stop', 'length', 'tool_calls']).optional(),
    usage: ScriptedUsage.optional(),
    error: ScriptedError.optional(),
    status: StatusCode.optional(),
    headers: z.record(z.string()).optional(),
    body: z
      .unknown()
      .optional()
      .describe('The whole body in place of a made one; it has to fit the response schema.'),
    bodyFile: FileReference.optional(),
    raw: z
      .boolean()
      .optional()
      .describe('Send `body` as it is, whether or not LongCat could have sent it.'),
    delay: Delay.optional(),
    fault: z.union([z.enum(faultTypes), Fault]).optional(),
    stream: StreamPace.optional(),
    wire: WireForm.optional(),
    quirks: QuirkOverrides.strict().optional(),
    times: z.number().int().min(1).optional().describe('How many requests this step answers.'),
  })
  .strict();
export type Step = z.infer<typeof Step>;

const State = z
  .object({
    requires: z.string().min(1).optional().describe('The state in which this fixture answers.'),
    sets: z.string().min(1).optional().describe('The state that its answer leads to.'),
  })
  .strict()
  .describe('The state machine of this file’s scenario; each session begins in `Started`.');

const Id = z
  .string()
  .regex(/^[\w.:-]{1,100}$/, 'expected up to 100 letters, digits, ".", ":", "_" or "-"');

export const FixtureSchema = z
  .object({
    id: Id.describe('Unique among all files; shown in headers, journal and messages.'),
    description: z.string().optional(),
    priority: z.number().int().default(5).describe('Lower wins.'),
    match: MatchSchema.default({}),
    respond: z
      .union([Step, z.array(Step).min(1)])
      .describe('One answer, or a sequence: one step for each request of the session.'),
    afterLast: z
      .enum(['repeat-last', 'error', 'fallthrough'])
      .default('repeat-last')
      .describe('What happens once a sequence is at its end.'),
    state: State.optional(),
  })
  .strict();
export type FixtureInput = z.input<typeof FixtureSchema>;
export type ParsedFixture = z.output<typeof FixtureSchema>;

const RateLimit = z
  .object({
    id: Id,
    requestsPerMinute: z.number().positive().optional(),
    tokensPerMinute: z
      .number()
      .positive()
      .optional()
      .describe('A request takes its input and its output limit.'),
    burst: z
      .number()
      .min(1)
      .optional()
      .describe('Requests that may come at once; a minute’s worth by default.'),
    retryAfterMs: Milliseconds.optional().describe(
      'The `retry-after-ms` header of the 429, which the official SDKs obey; none by default.',
    ),
    match: MatchSchema.default({}),
  })
  .strict()
  .refine(
    ({ requestsPerMinute, tokensPerMinute }) => requestsPerMinute ?? tokensPerMinute,
    'expected requestsPerMinute or tokensPerMinute',
  );
export type RateLimit = z.infer<typeof RateLimit>;

/** A fixture file. */
export const FixtureFile = z
  .object({
    $schema: z.string().optional(),
    version: z.literal(1, { message: 'expected 1, the version of this format' }),
    scenario: z
      .string()
      .regex(/^[\w.-]{1,100}$/, 'expected up to 100 letters, digits, ".", "_" or "-"')
      .optional()
      .describe('With it the file is active only when it is selected; without it always.'),
    description: z.string().optional(),
    provenance: z.enum(['documented', 'observed', 'sdk', 'assumed']).optional(),
    source: z.string().optional().describe('Where the behaviour was seen.'),
    rateLimits: z.array(RateLimit).default([]),
    fixtures: z.array(FixtureSchema).default([]),
  })
  .strict();
export type FixtureFile = z.infer<typeof FixtureFile>;

import { z } from 'zod/v3';
import { isJsonObject, type JsonObject, type JsonValue } from '../exchange/json.ts';

/** Of how requests are compared: a cassette of an older one is keyed anew when it is read. */
export const matcherVersion = 1;

const Milliseconds = z.number().min(0);
const Sha256 = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'Expected sha256: and 64 hex digits');

const Json = z.custom<JsonValue>((value) => value !== undefined, 'Expected JSON');
/** Taken as it is: a record of zod's would lose a member of the name `__proto__`. */
const JsonBody = z.custom<JsonObject>(isJsonObject, 'Expected a JSON object');

/** One frame of a stream: an event, or bytes that hold none, such as a comment. */
export const RecordedEvent = z
  .object({
    atMs: Milliseconds.describe('When its last byte came, from when the request was sent.'),
    event: z.string().optional(),
    data: Json.optional().describe(
      'JSON; a text stands for itself, without quotes, as in the `[DONE]` of a stream’s end.',
    ),
    raw: z
      .string()
      .optional()
      .describe(
        'The frame as it came, where it is not written as the mock would write it. It is what is played back.',
      ),
    base64: z.string().optional().describe('The same of a frame that is no UTF-8.'),
  })
  .strict();
export type RecordedEvent = z.infer<typeof RecordedEvent>;

/** A piece of a body as the network delivered it. */
export const RecordedChunk = z
  .object({ atMs: Milliseconds, bytes: z.number().int().positive() })
  .strict();
export type RecordedChunk = z.infer<typeof RecordedChunk>;

/** An answer, readable, and exact to the byte. Its content is one of `body`, `events`, `text`, `base64`. */
export const RecordedResponse = z
  .object({
    status: z.number().int().min(100).max(599),
    headers: z
      .record(z.string())
      .describe(
        'In lower case, in their order; without those of a connection, and without cookies.',
      ),
    atMs: Milliseconds.describe('When the headers came, from when the request was sent.'),
    body: Json.optional(),
    raw: z
      .string()
      .optional()
      .describe(
        'The body as it came, where it is not JSON as JSON.stringify writes it. It is what is played back.',
      ),
    events: z.array(RecordedEvent).optional(),
    text: z.string().optional().describe('A body that is no JSON.'),
    base64: z.string().optional().describe('A body that is no UTF-8.'),
    chunks: z
      .array(RecordedChunk)
      .optional()
      .describe(
        'Where it was cut on its way, and when each piece came; absent where a stream came one piece an event, or a body in one piece with the headers.',
      ),
    cut: z.literal(true).optional().describe('The connection broke before the end.'),
  })
  .strict()
  .refine(
    ({ body, events, text, base64 }) =>
      [body, events, text, base64].filter((content) => content !== undefined).length === 1,
    'Expected one of body, events, text and base64',
  );
export type RecordedResponse = z.infer<typeof RecordedResponse>;

export const Recording = z
  .object({
    id: z.string().min(1),
    recordedAt: z.string().datetime(),
    api: z.enum(['openai', 'anthropic']),
    endpoint: z.enum(['chat.completions', 'messages']),
    key: Sha256.describe(
      'Of the request below: what two requests have in common that are the same.',
    ),
    request: JsonBody.describe('Normalised: less what is ignored, and less credentials.'),
    response: RecordedResponse,
  })
  .strict();
export type Recording = z.infer<typeof Recording>;

/** What of a request may change from run to run. */
export const MatchRules = z
  .object({
    ignore: z
      .array(z.string().min(1))
      .default([])
      .describe('JSON paths of members that are left out of the comparison.'),
    replace: z
      .array(z.object({ pattern: z.string().min(1), with: z.string() }).strict())
      .default([])
      .describe('RE2 patterns in the texts of a request, and what stands for a match.'),
  })
  .strict();
export type MatchRules = z.infer<typeof MatchRules>;

export const noRules: MatchRules = { ignore: [], replace: [] };

/** A file of recorded conversations. */
export const Cassette = z
  .object({
    $schema: z.string().optional(),
    version: z.literal(1),
    recordedWith: z
      .object({
        tool: z.literal('longcat-mock'),
        version: z.string(),
        matcherVersion: z.number().int().positive(),
        contractHash: Sha256.describe('Of the contract’s schemas on that day.'),
      })
      .strict(),
    upstream: z.string().url().describe('The origin that answered.'),
    match: MatchRules.default(noRules),
    recordings: z.array(Recording),
  })
  .strict();
export type Cassette = z.infer<typeof Cassette>;

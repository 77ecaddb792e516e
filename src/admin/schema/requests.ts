import { z } from 'zod/v3';
import { errorNames } from '../../contract/errors.ts';
import { MatchSchema } from '../../scenario/match-schema.ts';
import { Flag, Moment, SessionName, WholeNumber } from './common.ts';

export const RequestQuery = z
  .object({
    session: SessionName.optional().describe('All sessions when it is left out.'),
    since: Moment.optional().describe('The first moment, by the clock of the session.'),
    limit: WholeNumber.optional().describe('How many, the newest of them.'),
    unmatched: Flag.optional().describe('Those that no fixture matched, or the others.'),
    fixture: z.string().optional().describe('Those that this fixture answered.'),
  })
  .strict();

export const UnmatchedQuery = RequestQuery.omit({ unmatched: true, fixture: true }).strict();

export const DeleteRequestsQuery = z
  .object({ session: SessionName.optional(), force: Flag.optional() })
  .strict();

/** Which requests are meant; all of them where nothing is said. */
export const RequestFilter = z
  .object({
    session: SessionName.optional().describe('All sessions when it is left out.'),
    match: MatchSchema.optional().describe('Conditions, as a fixture has them.'),
    fixture: z.string().optional().describe('Those that this fixture answered.'),
    since: Moment.optional(),
    unmatched: z.boolean().optional(),
  })
  .strict();
export type RequestFilter = z.output<typeof RequestFilter>;

export const WaitForCount = RequestFilter.extend({
  count: z.number().int().min(1).describe('How many requests to wait for.'),
  timeoutMs: z.number().int().min(0).max(30_000).default(30_000),
}).strict();

const Usage = z
  .object({
    input: z.number(),
    output: z.number(),
    cached: z.number(),
    reasoning: z.number(),
  })
  .strict();

/** A request and what became of it. No credential is in it. */
export const RequestRecord = z
  .object({
    id: z.string(),
    session: SessionName,
    at: z.number().describe('Milliseconds since 1970, by the clock of the session.'),
    method: z.string(),
    path: z.string(),
    api: z.enum(['openai', 'anthropic']),
    headers: z.record(z.string()),
    body: z.record(z.unknown()).optional(),
    bodyOmitted: z.boolean().optional().describe('It had a body, too large to keep.'),
    request: z.number().describe('Equal for equal bodies on the same format.'),
    attempt: z.number().describe('Which attempt of one call by an SDK, from 0.'),
    model: z.string().optional(),
    streamed: z.boolean(),
    status: z.number(),
    source: z.enum(['fixture', 'cassette', 'upstream', 'generated', 'refused']),
    cassette: z.string().optional().describe('The cassette that the answer is from, or for.'),
    recording: z.string().optional().describe('The id of the recording that answered.'),
    fixture: z.string().optional(),
    scenario: z.string().optional(),
    step: z.number().optional().describe('Which step of the fixture, from 0.'),
    error: z.enum(errorNames).optional(),
    message: z.string().optional(),
    retryAfterMs: z.number().optional(),
    sdkRetry: z.boolean().optional(),
    unmatched: z.boolean(),
    violations: z.array(z.string()),
    leaks: z.array(z.string()).describe('Places where the client put a credential.'),
    usage: Usage.optional(),
    text: z.string().optional().describe('The answer’s text as far as it was sent.'),
    thinking: z.boolean().optional(),
    callIds: z.array(z.string()).optional(),
    end: z.enum(['finished', 'cut', 'client-left']).optional(),
    endedAt: z.number().optional(),
  })
  .strict();

export const RequestList = z.object({ requests: z.array(RequestRecord) }).strict();

export const RequestCount = z
  .object({
    count: z.number().int(),
    calls: z.number().int().describe('The same less the SDK’s retries.'),
  })
  .strict();

export const CountWaited = RequestCount.extend({
  reached: z.boolean(),
  requests: z.array(z.string()),
}).strict();

export const RequestsDeleted = z
  .object({ deleted: z.number().int().describe('How many the journal held.') })
  .strict();

const Comparison = {
  met: z.number().int().describe('Conditions met,'),
  of: z.number().int().describe('of so many.'),
  differs: z.array(
    z
      .object({
        place: z.string(),
        expected: z.string(),
        got: z.string(),
        hint: z.string().optional(),
      })
      .strict(),
  ),
};

const NearMiss = z
  .object({ fixture: z.string(), place: z.string().optional(), ...Comparison })
  .strict();

/** What a request would get at this moment, and why. */
export const Explanation = z
  .object({
    result: z.enum(['matched', 'recorded', 'live', 'unmatched', 'generated', 'refused']),
    recording: z.string().optional().describe('The id of the one that would answer.'),
    fixture: z.string().optional().describe('The one that would answer.'),
    place: z.string().optional(),
    step: z.number().int().optional(),
    kind: z
      .enum(['nothing-loaded', 'differs', 'wrong-state', 'exhausted', 'elsewhere'])
      .optional()
      .describe('Why no fixture would.'),
    message: z.string().optional(),
    hints: z.array(z.string()),
    nearMisses: z.array(NearMiss),
    diff: z.string().optional().describe('The near misses in two columns.'),
  })
  .strict();
export type Explanation = z.infer<typeof Explanation>;

export const RequestDetail = z
  .object({
    request: RequestRecord,
    place: z.string().optional().describe('Where the fixture stands that answered it.'),
    explanation: Explanation.optional().describe(
      'Of a request that no fixture matched: what it would get at this moment.',
    ),
  })
  .strict();

export const NearMissList = z
  .object({
    requests: z.array(z.object({ request: z.string(), explanation: Explanation }).strict()),
  })
  .strict();

export const ExplainRequest = z
  .object({
    api: z.enum(['openai', 'anthropic']),
    body: z.record(z.unknown()),
    headers: z.record(z.string()).optional(),
    session: SessionName.optional().describe('Else that of the headers, else `default`.'),
  })
  .strict();

export const VerifyRequests = z
  .object({
    session: SessionName.optional().describe('`default` when it is left out.'),
    match: MatchSchema.optional(),
    fixture: z.string().optional().describe('Count only requests that it answered.'),
    times: z
      .object({
        min: z.number().int().min(0).optional(),
        max: z.number().int().min(0).optional(),
      })
      .strict()
      .optional()
      .describe('At least one when it is left out.'),
    order: z.array(z.string()).optional().describe('Fixtures that answered in this order.'),
    distinctCalls: z
      .boolean()
      .optional()
      .describe('Whether `times` bounds calls: an SDK’s retries do not count.'),
  })
  .strict();

export const Verification = z
  .object({
    result: z.enum(['pass', 'fail', 'inconclusive']),
    reason: z.string(),
    count: z.number().int(),
    calls: z.number().int(),
    nearMisses: z.array(z.object({ request: z.string(), ...Comparison }).strict()),
    requests: z.array(z.string()),
  })
  .strict();

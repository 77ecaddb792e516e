import { z } from 'zod/v3';
import { ErrorNameSchema } from '../../scenario/error-schema.ts';
import { MatchSchema } from '../../scenario/match-schema.ts';
import { named } from '../../scenario/registry.ts';
import { Flag, Moment, SessionName, WholeNumber } from './common.ts';
import { Explanation } from './explanation.ts';

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
  .object({
    session: SessionName.optional().describe('All sessions when it is left out.'),
    force: Flag.optional().describe('Also while other sessions are active.'),
  })
  .strict();

const filter = {
  session: SessionName.optional().describe('All sessions when it is left out.'),
  match: MatchSchema.optional().describe('Conditions, as a fixture has them.'),
  fixture: z.string().optional().describe('Those that this fixture answered.'),
  since: Moment.optional().describe('The first moment, by the clock of the session.'),
  unmatched: z.boolean().optional().describe('Those that no fixture matched, or the others.'),
};

/** Which requests are meant; all of them where nothing is said. */
export const RequestFilter = named(
  'RequestFilter',
  z
    .object(filter)
    .strict()
    .describe('Which requests are meant; all of them where nothing is said.'),
);
export type RequestFilter = z.output<typeof RequestFilter>;

export const WaitForCount = named(
  'WaitForCount',
  z
    .object({
      ...filter,
      count: z.number().int().min(1).describe('How many requests to wait for.'),
      timeoutMs: z
        .number()
        .int()
        .min(0)
        .max(30_000)
        .default(30_000)
        .describe('How long to wait at most.'),
    })
    .strict()
    .describe('Which requests to wait for, and how many.'),
);

const Usage = named(
  'Usage',
  z
    .object({
      input: z.number().describe('Input tokens, cached ones included.'),
      output: z.number().describe('Output tokens, reasoning included.'),
      cached: z.number().describe('How many of the input tokens came from the cache.'),
      reasoning: z.number().describe('How many of the output tokens were reasoning.'),
    })
    .strict()
    .describe('The tokens that an answer told of.'),
);

const Api = named('Api', z.enum(['openai', 'anthropic']).describe('The format of a request.'));

/** A request and what became of it. No credential is in it. */
export const RequestRecord = named(
  'RequestRecord',
  z
    .object({
      id: z.string().describe('The id that the answer carries as `x-longcat-mock-request-id`.'),
      session: SessionName,
      at: z.number().describe('Milliseconds since 1970, by the clock of the session.'),
      method: z.string().describe('Such as `POST`.'),
      path: z.string().describe('The path, without the query.'),
      api: Api,
      headers: z.record(z.string()).describe('The headers, without credentials.'),
      body: z.record(z.unknown()).optional().describe('The body, when it was a JSON object.'),
      bodyOmitted: z.boolean().optional().describe('It had a body, too large to keep.'),
      request: z.number().describe('Equal for equal bodies on the same format.'),
      attempt: z.number().describe('Which attempt of one call by an SDK, from 0.'),
      model: z.string().optional().describe('The model that it named.'),
      streamed: z.boolean().describe('Whether it asked for a stream.'),
      status: z.number().describe('The status of the answer.'),
      source: z
        .enum(['fixture', 'cassette', 'upstream', 'generated', 'refused'])
        .describe('What made the answer.'),
      cassette: z.string().optional().describe('The cassette that the answer is from, or for.'),
      recording: z.string().optional().describe('The id of the recording that answered.'),
      fixture: z.string().optional().describe('The fixture that answered.'),
      scenario: z.string().optional().describe('The scenario that was active.'),
      step: z.number().optional().describe('Which step of the fixture, from 0.'),
      error: ErrorNameSchema.optional().describe('The error that was answered.'),
      message: z.string().optional().describe('Its message.'),
      retryAfterMs: z.number().optional().describe('How long the answer asked to wait.'),
      sdkRetry: z.boolean().optional().describe('What the answer told SDKs about retrying.'),
      unmatched: z.boolean().describe('Whether no fixture matched it.'),
      violations: z.array(z.string()).describe('What LongCat would refuse in it.'),
      leaks: z.array(z.string()).describe('Places where the client put a credential.'),
      usage: Usage.optional(),
      text: z.string().optional().describe('The answer’s text as far as it was sent.'),
      thinking: z.boolean().optional().describe('Whether the answer had reasoning.'),
      callIds: z.array(z.string()).optional().describe('The ids of the tool calls in the answer.'),
      end: z
        .enum(['finished', 'cut', 'client-left'])
        .optional()
        .describe('How the answer ended; absent while it is sent.'),
      endedAt: z.number().optional().describe('When it ended, as `at`.'),
    })
    .strict()
    .describe('A request and what became of it. No credential is in it.'),
);

export const RequestList = named(
  'RequestList',
  z
    .object({ requests: z.array(RequestRecord).describe('The requests.') })
    .strict()
    .describe('Requests in the order in which they arrived.'),
);

export const counts = {
  count: z.number().int().describe('How many requests.'),
  calls: z.number().int().describe('The same less the SDK’s retries.'),
};

export const RequestCount = named(
  'RequestCount',
  z.object(counts).strict().describe('How many requests fit.'),
);

export const requestIds = z.array(z.string()).describe('The ids of those requests.');

export const CountWaited = named(
  'CountWaited',
  z
    .object({
      ...counts,
      reached: z.boolean().describe('Whether there were as many as were waited for.'),
      requests: requestIds,
    })
    .strict()
    .describe('How many requests came.'),
);

export const RequestsDeleted = named(
  'RequestsDeleted',
  z
    .object({ deleted: z.number().int().describe('How many the journal held.') })
    .strict()
    .describe('The requests are gone.'),
);

export const RequestDetail = named(
  'RequestDetail',
  z
    .object({
      request: RequestRecord,
      place: z.string().optional().describe('Where the fixture stands that answered it.'),
      explanation: Explanation.optional().describe(
        'Of a request that no fixture matched: what it would get at this moment.',
      ),
    })
    .strict()
    .describe('One request, and why it got its answer.'),
);

const ExplainedRequest = named(
  'ExplainedRequest',
  z
    .object({ request: z.string().describe('The id of the request.'), explanation: Explanation })
    .strict()
    .describe('A request, and why no fixture matches it.'),
);

export const NearMissList = named(
  'NearMissList',
  z
    .object({ requests: z.array(ExplainedRequest).describe('The requests.') })
    .strict()
    .describe('Requests that no fixture matched, each with what comes near.'),
);

export const ExplainRequest = named(
  'ExplainRequest',
  z
    .object({
      api: Api,
      body: z.record(z.unknown()).describe('The body of the request.'),
      headers: z.record(z.string()).optional().describe('Its headers, by name.'),
      session: SessionName.optional().describe('Else that of the headers, else `default`.'),
    })
    .strict()
    .describe('A request that is not made, only looked at.'),
);

import type { Context } from 'hono';
import { type ErrorName, errorCatalogue, readRetryAfter } from '../contract/errors.ts';
import type { Entry, Held, Note } from '../engine/entry.ts';
import { largestBody } from '../engine/journal.ts';
import { findLeaks, redactBody, redactPath, redactRawHeaders } from '../engine/redact.ts';
import type { Failure } from '../exchange/failure.ts';
import type { Sending } from './send.ts';
import type { AppEnvironment } from './settings.ts';
import type { OnEnd } from './sse.ts';
import type { Visit } from './visit.ts';

export type Ending = Pick<Entry, 'end' | 'text'>;

/**
 * Writes a request and its answer into the journal: whoever has the answer finds it there. What it
 * returns tells how an answer ended that had not yet.
 */
export function record(
  context: Context<AppEnvironment>,
  sending: Sending,
  ending: Ending | undefined,
): OnEnd {
  const { journal } = sending.settings.engine;
  const { clock } = sending.answered.facts;
  const entry = describe(context, sending, ending);
  journal.add(entry, sending.visit.text.length);
  return (end, text) => journal.amend(entry.session, entry.id, { end, text, endedAt: clock.now() });
}

/** Spelled out, for it is made on every request: spreads cost a good part of an answer. */
function describe(
  context: Context<AppEnvironment>,
  { visit, answered }: Sending,
  ending: Ending | undefined,
): Note {
  const { raw } = context.req;
  const { facts } = answered;
  const headers = redactRawHeaders(context.env?.connection?.rawHeaders ?? [...raw.headers].flat());
  const url = pathOf(raw.url);
  const leaks = findLeaks(url, visit.body);
  const told = describeAnswer(answered);
  const at = facts.clock.now();
  return {
    id: facts.id,
    session: visit.session,
    at,
    method: raw.method,
    path: redactPath(url),
    api: visit.dialect.api,
    held: { headers, body: holdBody(visit, leaks) },
    bodyOmitted: visit.text.length > largestBody || undefined,
    request: facts.request,
    attempt: Number(raw.headers.get('x-stainless-retry-count') ?? 0),
    model: visit.prompt?.model,
    streamed: visit.prompt?.streamed ?? false,
    status: told.status,
    source: facts.source,
    fixture: facts.fixture,
    scenario: facts.scenario,
    cassette: facts.cassette,
    recording: facts.recording,
    step: facts.step,
    error: told.error,
    message: told.message,
    retryAfterMs: told.retryAfterMs,
    sdkRetry: told.sdkRetry,
    unmatched: facts.unmatched ?? false,
    violations: facts.violations ? [...visit.violations, ...facts.violations] : visit.violations,
    leaks,
    usage: told.usage,
    thinking: told.thinking,
    callIds: told.callIds,
    text: ending?.text,
    end: ending?.end,
    endedAt: ending && at,
  };
}

function holdBody({ body, text }: Visit, leaks: readonly string[]): Held['body'] {
  if (!body || text.length > largestBody) return undefined;
  return leaks.some((place) => place.startsWith('body')) ? redactBody(body) : text;
}

type Answered = Pick<
  Entry,
  'status' | 'error' | 'message' | 'retryAfterMs' | 'sdkRetry' | 'usage' | 'thinking' | 'callIds'
>;

function describeAnswer(answered: Sending['answered']): Answered {
  switch (answered.kind) {
    case 'failure':
      return describeFailure(answered.failure);
    case 'body':
      return { status: answered.status, ...describeRetry(answered.headers) };
    case 'recording': {
      const { status, headers } = answered.recording.response;
      return { status, ...describeRetry(headers) };
    }
    case 'relay':
      return { status: answered.status ?? 200 };
    default: {
      const [choice] = answered.reply.choices;
      return {
        status: answered.status ?? 200,
        usage: answered.reply.usage,
        thinking: choice?.thinking !== undefined,
        callIds: choice?.toolCalls.map((call) => call.id),
      };
    }
  }
}

function describeFailure(failure: Failure<ErrorName>): Answered {
  const { name, message, hint, headers } = failure;
  return {
    status: failure.status ?? errorCatalogue[name].status,
    error: name,
    message: hint ?? message,
    ...describeRetry(headers, readRetryAfter(name, failure)),
  };
}

/** What an answer says of a retry: its headers, which SDKs obey, before the seconds of its body. */
function describeRetry(
  given: Readonly<Record<string, string>> = {},
  inBody?: number,
): Pick<Entry, 'retryAfterMs' | 'sdkRetry'> {
  const headers = new Headers(given);
  const seconds = headers.get('retry-after') ?? inBody;
  const should = headers.get('x-should-retry');
  return {
    retryAfterMs: toMilliseconds(headers.get('retry-after-ms'), 1) ?? toMilliseconds(seconds, 1000),
    sdkRetry: should === null ? undefined : should === 'true',
  };
}

/** Nothing for a date, which a `Retry-After` header may hold too. */
function toMilliseconds(
  wait: string | number | null | undefined,
  unit: number,
): number | undefined {
  const milliseconds = Number(wait ?? Number.NaN) * unit;
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

/** The path and query of a URL. */
function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2);
  return start < 0 ? '/' : url.slice(start);
}

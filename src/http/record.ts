import type { Context } from 'hono';
import { type ErrorName, errorCatalogue, readRetryAfter } from '../contract/errors.ts';
import type { Entry } from '../engine/entry.ts';
import { redactRequest } from '../engine/redact.ts';
import type { Failure } from '../exchange/failure.ts';
import type { Sending } from './send.ts';
import type { AppEnvironment } from './settings.ts';
import type { OnEnd } from './sse.ts';

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
  const entry = describe(context, sending);
  const ended = ending ? { ...entry, ...ending, endedAt: entry.at } : entry;
  journal.add(ended, sending.visit.text.length);
  return (end, text) => journal.amend(entry.session, entry.id, { end, text, endedAt: clock.now() });
}

function describe(context: Context<AppEnvironment>, { visit, answered }: Sending): Entry {
  const { headers, method } = context.req.raw;
  const { dialect, session, prompt, violations } = visit;
  const { id, request, source, fixture, scenario, step, unmatched = false, clock } = answered.facts;
  const { body, leaks, ...redacted } = redactRequest({
    headers,
    path: pathOf(context.req.url),
    body: visit.body,
  });
  return {
    id,
    session,
    at: clock.now(),
    method,
    ...redacted,
    body,
    leaks,
    api: dialect.api,
    request,
    attempt: Number(headers.get('x-stainless-retry-count') ?? 0),
    model: prompt?.model,
    streamed: prompt?.streamed ?? false,
    source,
    fixture,
    scenario,
    step,
    unmatched,
    violations,
    ...describeAnswer(answered),
  };
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
      return { status: answered.status };
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
  const { name, message, hint, headers = {} } = failure;
  const milliseconds = headers['retry-after-ms'];
  const seconds = headers['retry-after'] ?? readRetryAfter(name, failure);
  const should = headers['x-should-retry'];
  return {
    status: failure.status ?? errorCatalogue[name].status,
    error: name,
    message: hint ?? message,
    retryAfterMs: toMilliseconds(milliseconds, 1) ?? toMilliseconds(seconds, 1000),
    sdkRetry: should === undefined ? undefined : should === 'true',
  };
}

/** Nothing for a date, which a `Retry-After` header may hold too. */
function toMilliseconds(wait: string | number | undefined, unit: number): number | undefined {
  const milliseconds = Number(wait ?? Number.NaN) * unit;
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

/** The path and query of a URL. */
function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2);
  return start < 0 ? '/' : url.slice(start);
}

import { type ErrorName, findErrorByStatus } from '../contract/errors.ts';
import { describeOverflow } from '../contract/wording.ts';
import type { Failure } from '../exchange/failure.ts';
import type { Limit } from '../scenario/fixture.ts';

type Refusal = Failure<ErrorName>;

export function refuseEvicted(session: string): Refusal {
  const message = `The session "${session}" was dropped after it had idled, and its sequences with it. The next request begins it anew.`;
  return { name: 'session_evicted', message };
}

export function refuseOverflow(tokens: number, contextLength: number): Refusal {
  return { name: 'context_length_exceeded', message: describeOverflow(tokens, contextLength) };
}

/** A bucket is empty: the wait is rounded up to whole seconds, as LongCat's are. */
export function refuseLimited(
  waitMs: number,
  { id = '', retryAfterMs }: Pick<Partial<Limit>, 'id' | 'retryAfterMs'> = {},
): Refusal {
  const retryAfter = Math.ceil(waitMs / 1000);
  const headers =
    retryAfterMs === undefined ? undefined : { 'retry-after-ms': String(retryAfterMs) };
  const hint = `The rate limit "${id}" is used up for ${retryAfter} s.`;
  return { name: 'rate_limit_exceeded', retryAfter, headers, hint };
}

/** What `Prefer: code=…` asks for. */
export function findByCode(status: number): Refusal {
  const name = findErrorByStatus(status);
  if (name) return { name };
  const message = `Prefer: code=${status} names no error: LongCat answers 400, 401, 402, 403, 404, 413, 415, 429, 456, 500, 502 and 503.`;
  return { name: 'unknown_scenario', message };
}

export function refuseUncounted(error: Error): Refusal {
  const message = `longcat-mock failed to count tokens: ${error.message}`;
  const hint = `${message} Without --tokenizer it estimates them.`;
  return { name: 'internal_error', message, hint, headers: { 'x-should-retry': 'false' } };
}

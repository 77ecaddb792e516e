import type { Context } from 'hono';
import { type ErrorName, renderError } from '../contract/errors.ts';
import type { Failure } from '../exchange/failure.ts';
import { type OwnFacts, ownHeaders } from './headers.ts';
import type { AppEnvironment, AppSettings } from './settings.ts';

/** Failures of the mock itself: retrying them is of no use, so the official clients are told not to. */
const ownFailures: readonly ErrorName[] = [
  'host_not_allowed',
  'request_too_large',
  'unsupported_encoding',
  'no_fixture_matched',
  'no_recording_matched',
  'upstream_failed',
  'unknown_scenario',
  'session_required',
  'session_evicted',
];

/**
 * An error as LongCat words it, the same on both formats. LongCat's words are terse: the hint goes
 * into a header and into the log.
 */
export function refuse(
  context: Context<AppEnvironment>,
  settings: Pick<AppSettings, 'strictContract'>,
  failure: Failure<ErrorName>,
  own: OwnFacts = {},
): Response {
  const { name, message, headers, hint } = failure;
  const { status, contentType, body } = renderError(name, failure);
  const isOwn = ownFailures.includes(name);
  const note = hint ?? (isOwn ? message : undefined);
  const notes = failure.notes ?? note?.split('\n');
  if (notes && !context.get('notes')) context.set('notes', notes);
  return new Response(body, {
    status: failure.status ?? status,
    headers: {
      'content-type': contentType,
      ...(isOwn && { 'x-should-retry': 'false' }),
      ...headers,
      ...ownHeaders(settings, hint ? { ...own, hint } : own),
    },
  });
}

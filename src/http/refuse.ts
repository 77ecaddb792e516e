import type { Context } from 'hono';
import { type ErrorName, renderError } from '../contract/errors.ts';
import type { Failure } from '../exchange/failure.ts';
import { ownHeaders } from './headers.ts';
import type { AppEnvironment, AppSettings } from './settings.ts';

/** Failures of the mock itself: retrying them is of no use, so the official clients are told not to. */
const ownFailures: readonly ErrorName[] = [
  'host_not_allowed',
  'request_too_large',
  'unsupported_encoding',
];

/**
 * An error as LongCat words it, the same on both formats. LongCat's words are terse: the hint goes
 * into a header and into the log.
 */
export function refuse(
  context: Context<AppEnvironment>,
  settings: Pick<AppSettings, 'strictContract'>,
  { name, message, headers, hint }: Failure<ErrorName>,
  own: Readonly<Record<string, string>> = {},
): Response {
  const { status, contentType, body } = renderError(name, message);
  const isOwn = ownFailures.includes(name);
  const note = hint ?? (isOwn ? message : undefined);
  if (note && !context.get('notes')) context.set('notes', note.split('\n'));
  return new Response(body, {
    status,
    headers: {
      'content-type': contentType,
      ...(isOwn && { 'x-should-retry': 'false' }),
      ...headers,
      ...ownHeaders(settings, hint ? { ...own, hint } : own),
    },
  });
}

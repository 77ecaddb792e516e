import { type ErrorName, isErrorName, renderError } from '../contract/errors.ts';
import { overrideQuirks, type QuirkSettings } from '../contract/quirks.ts';
import type { Dialect, Dressing, WireEvent } from '../dialect/dialect.ts';
import type { Answer } from '../engine/answer.ts';
import type { Delivery } from '../exchange/delivery.ts';
import type { Failure } from '../exchange/failure.ts';
import type { Prompt } from '../exchange/prompt.ts';
import { gatewayHeaders } from './headers.ts';

export type ReplyAnswer = Extract<Answer, { kind: 'reply' }>;

/** What a reply wears on its way. */
export interface Dressed {
  readonly headers: Readonly<Record<string, string>>;
  readonly dressing: Dressing;
}

interface Wardrobe {
  readonly dialect: Dialect;
  readonly prompt: Prompt;
  /** Those of the server, which an answer may override. */
  readonly quirks: QuirkSettings;
  /** The headers in which the mock tells of itself. */
  readonly own: Readonly<Record<string, string>>;
}

export function dressReply(
  { facts, headers, quirks: overrides }: ReplyAnswer,
  { dialect: { api }, prompt, quirks: given, own }: Wardrobe,
): Dressed {
  const { streamed } = prompt;
  const quirks = overrideQuirks(given, overrides);
  return {
    headers: {
      'content-type': streamed ? 'text/event-stream' : 'application/json',
      ...gatewayHeaders(quirks, { id: facts.id, api, streamed }),
      ...headers,
      ...own,
    },
    dressing: { prompt, stamp: facts, quirks },
  };
}

export function composeWhole(
  { reply, status = 200 }: ReplyAnswer,
  { headers, dressing }: Dressed,
  dialect: Dialect,
): Response {
  return new Response(JSON.stringify(dialect.encode(reply, dressing)), { status, headers });
}

export function composeBody(
  { body, status, headers }: Extract<Answer, { kind: 'body' }>,
  own: Readonly<Record<string, string>>,
): Response {
  const isText = typeof body === 'string';
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json';
  const content = status === 204 || status === 304 ? null : isText ? body : JSON.stringify(body);
  return new Response(content, { status, headers: { 'content-type': type, ...headers, ...own } });
}

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

export function isOwnFailure(name: ErrorName): boolean {
  return ownFailures.includes(name);
}

export function composeFailure(
  failure: Failure<ErrorName>,
  own: Readonly<Record<string, string>>,
): Response {
  const { name, headers } = failure;
  const { status, contentType, body } = renderError(name, failure);
  return new Response(body, {
    status: failure.status ?? status,
    headers: {
      'content-type': contentType,
      ...(isOwnFailure(name) && { 'x-should-retry': 'false' }),
      ...headers,
      ...own,
    },
  });
}

/** The event that tells of an error in mid-stream. */
export function nameError(dialect: Dialect, { fault }: Delivery): WireEvent {
  const name = fault?.error ?? 'internal_error';
  return dialect.fail(isErrorName(name) ? name : 'internal_error');
}

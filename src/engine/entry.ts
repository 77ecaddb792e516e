import type { ErrorName } from '../contract/errors.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Usage } from '../exchange/reply.ts';
import { joinHeaders } from './redact.ts';

/** One request and what became of it, as the journal keeps it. No credential is ever in it. */
export interface Entry {
  /** The request's id, as in `x-longcat-mock-request-id`. */
  readonly id: string;
  readonly session: string;
  /** Milliseconds since 1970, by the session's clock. */
  readonly at: number;
  readonly method: string;
  /** With its query, less the values of credentials. */
  readonly path: string;
  readonly api: 'openai' | 'anthropic';
  /** Less the credentials. */
  readonly headers: Readonly<Record<string, string>>;
  /** Absent when it was no JSON object, or too large to keep. */
  readonly body?: JsonObject | undefined;
  /** Of an entry without a body: it had one, too large to keep. */
  readonly bodyOmitted?: boolean | undefined;
  /** Equal for equal bodies on the same format. */
  readonly request: number;
  /** Which attempt of one call: the SDK's `X-Stainless-Retry-Count`, 0 for the first. */
  readonly attempt: number;
  readonly model?: string | undefined;
  readonly streamed: boolean;
  readonly status: number;
  readonly source: 'fixture' | 'cassette' | 'upstream' | 'generated' | 'refused';
  /** The name of the cassette that the answer is from, or for. */
  readonly cassette?: string | undefined;
  /** The id of the recording that answered. */
  readonly recording?: string | undefined;
  readonly fixture?: string | undefined;
  readonly scenario?: string | undefined;
  /** Which step of the fixture, from 0. */
  readonly step?: number | undefined;
  /** The name in the catalogue of the error that was answered. */
  readonly error?: ErrorName | undefined;
  /** What the answer said of it, or the mock's hint. */
  readonly message?: string | undefined;
  /** Milliseconds to wait that a 429 asked for: in a header that SDKs obey, else in its body. */
  readonly retryAfterMs?: number | undefined;
  /** What an `x-should-retry` header of the answer told the SDK. */
  readonly sdkRetry?: boolean | undefined;
  /** No fixture matched. */
  readonly unmatched: boolean;
  readonly violations: readonly string[];
  /** Places outside of the headers where the client put a credential, such as `query.api_key`. */
  readonly leaks: readonly string[];
  readonly usage?: Usage | undefined;
  /** The answer's text as far as it was sent. */
  readonly text?: string | undefined;
  /** Whether the answer showed reasoning. */
  readonly thinking?: boolean | undefined;
  /** The ids of the answer's tool calls, with or without a format's prefix. */
  readonly callIds?: readonly string[] | undefined;
  /** How the answer ended; absent while it is running. */
  readonly end?: 'finished' | 'cut' | 'client-left' | undefined;
  /** When it ended, by the session's clock. */
  readonly endedAt?: number | undefined;
}

/** What an entry says but for the request's own words. */
export type Told = Omit<Entry, 'headers' | 'body'>;

/**
 * An entry as it is first written down. One is made on every request and few are read: what takes
 * long to put together waits for a reader.
 */
export interface Note extends Told {
  readonly held: Held;
}

/** A request's words, without its credentials. */
export interface Held {
  /** Names in lower case and values in turn. */
  readonly headers: readonly string[];
  /** The body's text, which is less to keep than what it is parsed to; the body where it was changed. */
  readonly body?: string | JsonObject | undefined;
}

export function readNote({ held, ...told }: Note): Entry {
  const { headers, body } = held;
  return {
    ...told,
    get headers() {
      return joinHeaders(headers);
    },
    get body() {
      return typeof body === 'string' ? JSON.parse(body) : body;
    },
  };
}

import { isIP, type LookupFunction } from 'node:net';
import type { TimedBytes } from './bytes.ts';
import { keepHeaders } from './headers.ts';
import { explainPrivate } from './upstream/address.ts';
import { decode, findDecoder } from './upstream/decode.ts';
import {
  explainError,
  noKey,
  refusePrivate,
  type Situation,
  type UpstreamFailure,
} from './upstream/failure.ts';
import { buildHeaders, chooseKey, type HeaderRecord, joinHeaders } from './upstream/headers.ts';
import { parseOrigin, resolvePath, type UpstreamOrigin } from './upstream/origin.ts';
import { createPool } from './upstream/pool.ts';
import { readProxies } from './upstream/proxies.ts';
import type { Received, UpstreamEnd } from './upstream/receive.ts';

export interface UpstreamOptions {
  /** The one origin that is called, with or without a path that stands before every path. */
  readonly origin: string;
  /** How the user gave it, for messages. */
  readonly flag?: string;
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are read. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether the address may be one that is not public. */
  readonly allowPrivate?: boolean;
  /** An account’s; else the client’s own is used. */
  readonly apiKey?: string | undefined;
  readonly connectTimeoutMs?: number;
  /** A model may think for minutes before it answers. */
  readonly headersTimeoutMs?: number;
  /** The longest silence within an answer. */
  readonly chunkTimeoutMs?: number;
  /** In place of the system’s. */
  readonly lookup?: LookupFunction | undefined;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
}

export interface UpstreamCall {
  /** Such as `/openai/v1/chat/completions`. */
  readonly path: string;
  /** Decoded, whatever the headers say. */
  readonly body: string | Uint8Array;
  /** The client’s. */
  readonly headers: Headers;
  /** The client’s, if it sent one. */
  readonly clientKey?: string | undefined;
  /** The client’s leaving. */
  readonly signal?: AbortSignal;
}

export interface UpstreamAnswer {
  readonly status: number;
  /** In lower case, without those of the connection, and without cookies. */
  readonly headers: HeaderRecord;
  /** When the headers came, in milliseconds from when the request was sent. */
  readonly atMs: number;
  /** As the network delivered them; to be read once. Who stops reading ends the call. */
  readonly chunks: AsyncIterable<TimedBytes>;
  /** Known once the last chunk has come; never rejects. */
  readonly end: Promise<UpstreamEnd>;
  /** Why it cannot be recorded, where it cannot. */
  readonly unrecordable?: string | undefined;
}

export type UpstreamResult =
  | { readonly ok: true; readonly answer: UpstreamAnswer }
  | { readonly ok: false; readonly failure: UpstreamFailure };

export interface Upstream {
  /** Never rejects. */
  call(call: UpstreamCall): Promise<UpstreamResult>;
  /** Ends its calls and its connections. */
  close(): Promise<void>;
}

const tenMinutes = 10 * 60_000;

/**
 * The real API: one origin, whatever a request says. A redirect is handed on and not followed. An
 * address that is not public is refused when it is to be dialled, unless that is allowed; where a
 * proxy is on the way, the proxy is dialled, and it may have such an address.
 *
 * @throws MockError `invalid-config`, of the origin or of a proxy
 */
export function createUpstream(options: UpstreamOptions): Upstream {
  const { flag = '--upstream', allowPrivate = false, lookup } = options;
  const { connectTimeoutMs = 30_000, headersTimeoutMs = tenMinutes } = options;
  const { chunkTimeoutMs = tenMinutes, now = () => performance.now() } = options;
  const where = parseOrigin(options.origin, flag);
  const proxies = readProxies(options.environment);
  const situation: Situation = { origin: where.origin, flag, headersTimeoutMs };
  const forbidden = allowPrivate ? undefined : refuseLiteral(where, situation);
  const pool = createPool({
    origin: where.origin,
    route: { allowPrivate, proxies, connectTimeoutMs, lookup },
    timeouts: { headersTimeout: headersTimeoutMs, bodyTimeout: chunkTimeoutMs },
    now,
  });

  async function call(request: UpstreamCall): Promise<UpstreamResult> {
    const { headers, clientKey, body, signal } = request;
    const key = chooseKey(options.apiKey, clientKey);
    const path = resolvePath(where, request.path);
    if (key === undefined) return { ok: false, failure: noKey };
    if (path === undefined) return { ok: false, failure: refusePath(request.path, situation) };
    if (forbidden) return { ok: false, failure: forbidden };
    try {
      const received = await pool.send({
        path,
        body,
        headers: buildHeaders(headers, key),
        signal,
      });
      return { ok: true, answer: toAnswer(received) };
    } catch (error) {
      return { ok: false, failure: explainError(error, situation) };
    }
  }

  return { call, close: pool.close };
}

/** A name is checked when it is looked up; an address has no lookup. */
function refuseLiteral({ host }: UpstreamOrigin, situation: Situation) {
  const kind = isIP(host) === 0 ? undefined : explainPrivate(host);
  return kind === undefined ? undefined : refusePrivate(host, kind, situation);
}

function refusePath(path: string, { origin }: Situation): UpstreamFailure {
  return { reason: 'invalid-call', message: `The path "${path}" is none of "${origin}".` };
}

/** An upstream may compress all the same: what is not understood is handed on as it is. */
function toAnswer({ status, headers: received, atMs, ...flow }: Received): UpstreamAnswer {
  const all = joinHeaders(received);
  const headers = keepHeaders(all);
  const coding = all['content-encoding']?.trim() || 'identity';
  if (coding.toLowerCase() === 'identity') return { status, headers, atMs, ...flow };
  const decoder = findDecoder(coding);
  if (decoder) {
    const { 'content-length': _, ...plain } = headers;
    return { status, headers: plain, atMs, ...decode(flow, decoder) };
  }
  const unrecordable = `The upstream answered with the content encoding "${coding}", which cannot be read here.`;
  return {
    status,
    headers: { ...headers, 'content-encoding': coding },
    atMs,
    ...flow,
    unrecordable,
  };
}

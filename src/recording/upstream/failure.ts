import { PrivateAddressError } from './lookup.ts';

export type UpstreamFailureReason =
  | 'no-key'
  | 'invalid-call'
  | 'private-address'
  | 'unknown-host'
  | 'refused'
  | 'untrusted'
  | 'timeout'
  | 'proxy'
  | 'broken'
  | 'aborted';

/** Why there is no answer, in words that name the fix. */
export interface UpstreamFailure {
  readonly reason: UpstreamFailureReason;
  readonly message: string;
}

export interface Situation {
  readonly origin: string;
  /** How the user gave the origin, such as `--upstream`. */
  readonly flag: string;
  readonly headersTimeoutMs: number;
}

export const noKey: UpstreamFailure = {
  reason: 'no-key',
  message:
    'There is no key for the upstream: set LONGCAT_API_KEY, or let the client send its own. (A key that begins with lcmock_ is the mock’s.)',
};

/** An error of the connection, in words. */
export function explainError(error: unknown, situation: Situation): UpstreamFailure {
  const inner = findInnermost(error);
  if (inner instanceof PrivateAddressError) {
    return refusePrivate(inner.address, inner.kind, situation);
  }
  const code = readCode(inner);
  const detail = inner instanceof Error ? inner.message : String(inner);
  const reason = findReason(code, detail);
  return { reason, message: `${describe(reason, code, situation)} (${detail})` };
}

export function refusePrivate(
  address: string,
  kind: string,
  { origin, flag }: Pick<Situation, 'origin' | 'flag'>,
): UpstreamFailure {
  const message = `"${origin}" of ${flag} is at ${address}, which is no public address (${kind}). If that is meant, add --allow-private-upstream.`;
  return { reason: 'private-address', message };
}

/** Addresses that were all tried in vain count as the first, and wrappers as what they wrap. */
function findInnermost(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) {
    return findInnermost(error.errors[0]);
  }
  return error instanceof Error && error.cause instanceof Error
    ? findInnermost(error.cause)
    : error;
}

function readCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return typeof code === 'string' ? code : '';
}

/** By the codes of Node and undici. */
const reasons: Readonly<Record<string, UpstreamFailureReason>> = {
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_PRX_TLS: 'proxy',
  ABORT_ERR: 'aborted',
};

function findReason(code: string, detail: string): UpstreamFailureReason {
  // Undici has no code for a proxy that refuses.
  if (/\bprox(y|ies)\b/i.test(detail)) return 'proxy';
  return reasons[code] ?? (/CERT|SSL|TLS|SIGNATURE|EPROTO/.test(code) ? 'untrusted' : 'broken');
}

function describe(
  reason: UpstreamFailureReason,
  code: string,
  { origin, flag, headersTimeoutMs }: Situation,
): string {
  const check = `Check ${flag}, and HTTPS_PROXY and NO_PROXY where a proxy is on the way.`;
  switch (reason) {
    case 'unknown-host':
      return `Nobody knows the host of "${origin}". ${check}`;
    case 'refused':
      return `Nothing takes connections at "${origin}". ${check}`;
    case 'untrusted':
      return `There is no trusted TLS connection to "${origin}". Check ${flag}, and name the certificate of an authority of your own in NODE_EXTRA_CA_CERTS.`;
    case 'timeout':
      return code === 'UND_ERR_HEADERS_TIMEOUT'
        ? `"${origin}" did not begin to answer within ${headersTimeoutMs / 1000} s. Ask again, or ask for less.`
        : `"${origin}" did not take a connection in time. ${check}`;
    case 'proxy':
      return `The proxy does not lead to "${origin}". Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.`;
    case 'aborted':
      return 'The client left before there was an answer.';
    default:
      return `The connection to "${origin}" broke before there was an answer. Ask again, or check ${flag}.`;
  }
}

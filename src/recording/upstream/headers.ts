import { credentialHeaders, sessionKeyPrefix } from '../../contract/credentials.ts';

export type HeaderRecord = Readonly<Record<string, string>>;

/** Of one connection (RFC 9110, section 7.6.1), and what only the old one could mean. */
const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
] as const;

/** Written anew for the call, or meant for the mock. */
const rewritten = [
  'host',
  'content-length',
  // The body goes out as it was decoded.
  'content-encoding',
  'accept-encoding',
  'expect',
  'prefer',
] as const;

const leftOutOfRequest: ReadonlySet<string> = new Set([
  ...hopByHop,
  ...rewritten,
  ...credentialHeaders,
]);
const leftOutOfAnswer: ReadonlySet<string> = new Set([...hopByHop, 'set-cookie']);

/** The headers of a call: the client’s, less what is between it and the mock, with this key. */
export function buildHeaders(headers: Headers, key: string): HeaderRecord {
  const named = listNamed(headers.get('connection') ?? '');
  const kept = [...headers].filter(
    ([name]) =>
      !leftOutOfRequest.has(name) && !named.includes(name) && !name.startsWith('x-longcat-mock-'),
  );
  return {
    ...Object.fromEntries(kept),
    'accept-encoding': 'identity',
    authorization: `Bearer ${key}`,
  };
}

/** The headers of an answer, less those of its connection, and cookies, which are an account’s. */
export function cleanHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): HeaderRecord {
  const named = listNamed(String(headers['connection'] ?? ''));
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || leftOutOfAnswer.has(name) || named.includes(name)
      ? []
      : [[name, typeof value === 'string' ? value : value.join(', ')]],
  );
  return Object.fromEntries(kept);
}

function listNamed(connection: string): readonly string[] {
  return connection.split(',').map((name) => name.trim().toLowerCase());
}

/** The first that is an account’s: a key that names a session of a mock opens nothing elsewhere. */
export function chooseKey(...keys: readonly (string | undefined)[]): string | undefined {
  return keys.find((key) => key && !key.startsWith(sessionKeyPrefix));
}

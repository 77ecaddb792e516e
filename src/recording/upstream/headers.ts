import { credentialHeaders, sessionKeyPrefix } from '../../contract/credentials.ts';
import { hopByHop, listNamed } from '../headers.ts';

export type HeaderRecord = Readonly<Record<string, string>>;

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

const left: ReadonlySet<string> = new Set([...hopByHop, ...rewritten, ...credentialHeaders]);

/** The headers of a call: the client’s, less what is between it and the mock, with this key. */
export function buildHeaders(headers: Headers, key: string): HeaderRecord {
  const named = listNamed(headers.get('connection') ?? '');
  const kept = [...headers].filter(
    ([name]) => !left.has(name) && !named.includes(name) && !name.startsWith('x-longcat-mock-'),
  );
  return {
    ...Object.fromEntries(kept),
    'accept-encoding': 'identity',
    authorization: `Bearer ${key}`,
  };
}

/** Headers of Node as a record: of one that came several times, all values. */
export function joinHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): HeaderRecord {
  const joined = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, typeof value === 'string' ? value : value.join(', ')]],
  );
  return Object.fromEntries(joined);
}

/** The first that is an account’s: a key that names a session of a mock opens nothing elsewhere. */
export function chooseKey(...keys: readonly (string | undefined)[]): string | undefined {
  return keys.find((key) => key && !key.startsWith(sessionKeyPrefix));
}

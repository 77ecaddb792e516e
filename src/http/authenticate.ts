import { parseBearer, parseKey, sessionKeyPrefix } from '../contract/credentials.ts';
import type { ErrorName } from '../contract/errors.ts';
import type { Failure } from '../exchange/failure.ts';
import type { AppSettings } from './settings.ts';

export type Authentication =
  | { readonly ok: true; readonly session: string }
  | { readonly ok: false; readonly failure: Failure<ErrorName> };

/** Who asks, or LongCat's refusal. Bearer alone counts, on both formats, as LongCat has it. */
export function authenticate(
  headers: Headers,
  { acceptKeys, quirks }: Pick<AppSettings, 'acceptKeys' | 'quirks'>,
): Authentication {
  const bearer = parseBearer(headers.get('authorization'));
  const key =
    bearer ?? (quirks['accept-x-api-key'] ? parseKey(headers.get('x-api-key')) : undefined);
  if (key === undefined) return { ok: false, failure: { name: 'missing_api_key' } };

  const session = readSession(headers, key);
  const accepted =
    key.startsWith(sessionKeyPrefix) || acceptKeys.length === 0 || acceptKeys.includes(key);
  return accepted ? { ok: true, session } : { ok: false, failure: { name: 'incorrect_api_key' } };
}

/** The session that a request belongs to: named by a header, else by the key, else the default. */
function readSession(headers: Headers, key: string): string {
  const named = headers.get('x-longcat-mock-session');
  if (named) return named;
  const [session] = key.startsWith(sessionKeyPrefix)
    ? key.slice(sessionKeyPrefix.length).split('.')
    : [];
  return session || 'default';
}

import { parseBearer, parseKey, sessionKeyPrefix } from '../contract/credentials.ts';
import type { ErrorName } from '../contract/errors.ts';
import type { Failure } from '../exchange/failure.ts';
import type { AppSettings } from './settings.ts';

export type Authentication =
  | { readonly ok: true; readonly key: string }
  | { readonly ok: false; readonly failure: Failure<ErrorName> };

/** Who asks, or LongCat's refusal. Bearer alone counts, on both formats, as LongCat has it. */
export function authenticate(
  headers: Headers,
  { acceptKeys, quirks }: Pick<AppSettings, 'acceptKeys' | 'quirks'>,
): Authentication {
  const bearer = parseBearer(headers.get('authorization'));
  const key =
    bearer ?? (quirks['accept-x-api-key'] ? parseKey(headers.get('x-api-key')) : undefined);
  if (key === undefined) {
    return { ok: false, failure: { name: 'missing_api_key', hint: explainMissing(headers) } };
  }

  const accepted =
    key.startsWith(sessionKeyPrefix) || acceptKeys.length === 0 || acceptKeys.includes(key);
  if (accepted) return { ok: true, key };
  const hint = 'The key is none of those given with --accept-key.';
  return { ok: false, failure: { name: 'incorrect_api_key', hint } };
}

function explainMissing(headers: Headers): string {
  if (headers.get('authorization')) {
    return 'The Authorization header has to be "Bearer" and a key.';
  }
  if (!headers.has('x-api-key')) return 'Send any key as "Authorization: Bearer KEY".';
  return 'LongCat ignores x-api-key: send "Authorization: Bearer KEY" (authToken, or auth_token, in the Anthropic SDKs), or start the mock with --quirk accept-x-api-key=on.';
}

/**
 * Every place where a client may put a secret. Authentication reads the first two; whatever
 * stores or prints a request leaves all of them out.
 */
export const credentialHeaders = [
  'authorization',
  'x-api-key',
  'api-key',
  'x-goog-api-key',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-longcat-mock-admin-token',
] as const;

export const credentialQueryParameters = ['api_key', 'apikey', 'api-key', 'key', 'token'] as const;

/** What stands for a secret that was left out. */
export const redacted = '[redacted]';

/** Whether a member of this name holds a credential; counts such as `max_tokens` do not. */
export function isSecretName(name: string): boolean {
  return (
    secretName.test(name) || (credentialHeaders as readonly string[]).includes(name.toLowerCase())
  );
}

// A bare `token` only by itself: `pad_token` and its like are words of a vocabulary.
const secretName =
  /^(?:token|authorization|credentials?)$|(?:api[-_]?key|secret|secret[-_]?key|password|(?:access|auth|authorization|bearer|refresh)[-_]?token)$/i;

/** A key with this prefix is always accepted: it names a session of the mock, not an account. */
export const sessionKeyPrefix = 'lcmock_';

/**
 * The key in a header value, with every leading `Authorization:` and `Bearer` taken off:
 * LongCat's Quick Start passes `Authorization: Bearer KEY` where an SDK expects a bare key.
 * Keys may contain spaces. `undefined` when nothing is left.
 */
export function parseKey(value: string | null | undefined): string | undefined {
  const key = (value ?? '').replace(/^(?:\s*(?:authorization:|bearer(?=\s|$)))+/i, '').trim();
  return key === '' ? undefined : key;
}

/** The key of an `authorization` header; `undefined` unless its scheme is Bearer. */
export function parseBearer(value: string | null | undefined): string | undefined {
  return /^\s*(?:authorization:\s*)*bearer\s/i.test(value ?? '') ? parseKey(value) : undefined;
}

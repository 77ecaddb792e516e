import { isJsonObject, type JsonValue } from '../exchange/json.ts';
import type { Recording } from './cassette.ts';
import { encodeUtf8 } from './encoding.ts';

/** What two requests have in common that are the same: of a normalised request, never of headers. */
export async function keyOf({
  api,
  endpoint,
  request,
}: Pick<Recording, 'api' | 'endpoint' | 'request'>): Promise<string> {
  const bytes = encodeUtf8(writeCanonical({ api, endpoint, request }));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
  return `sha256:${Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** JSON whose members stand in order (RFC 8785, JSON Canonicalization Scheme). */
export function writeCanonical(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(writeCanonical).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .toSorted()
    .map((name) => `${JSON.stringify(name)}:${writeCanonical(value[name] ?? null)}`);
  return `{${members.join(',')}}`;
}

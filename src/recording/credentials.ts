import { credentialHeaders, credentialQueryParameters, parseKey } from '../contract/credentials.ts';
import { encodeBase64, encodeUtf8, joinBytes } from './encoding.ts';

/** The value of a credential, and where a request had it. */
export interface Credential {
  /** Such as `header authorization`. */
  readonly source: string;
  readonly value: string;
}

/** The credentials of a request: the headers by their names in lower case, and the query. */
export function listCredentials(
  headers: Readonly<Record<string, string | undefined>>,
  query = '',
): readonly Credential[] {
  const fromHeaders = credentialHeaders.flatMap((name) => {
    const values = readHeader(name, headers[name] ?? '');
    return values.map((value) => ({ source: `header ${name}`, value }));
  });
  const fromQuery = [...new URLSearchParams(query)]
    .filter(([name]) =>
      (credentialQueryParameters as readonly string[]).includes(name.toLowerCase()),
    )
    .map(([name, value]) => ({ source: `query parameter ${name}`, value }));
  return [...fromHeaders, ...fromQuery].filter(({ value }) => value !== '');
}

function readHeader(name: string, value: string): readonly string[] {
  if (value === '') return [];
  if (name.endsWith('cookie')) {
    return value.split(';').map((pair) => pair.slice(pair.indexOf('=') + 1).trim());
  }
  const key = parseKey(value) ?? '';
  const scheme = /^(basic|digest|token)\s+(\S+)$/i.exec(key);
  return [...new Set([key, scheme?.[2] ?? '', readPassword(scheme?.[2])])];
}

/** Of `Basic` credentials, which are a user and a password in base64. */
function readPassword(encoded = ''): string {
  try {
    return atob(encoded).split(':').slice(1).join(':');
  } catch {
    return '';
  }
}

/** The ways in which a text may hold a value: as it is, escaped, or encoded by itself or in a longer text. */
export function listForms(value: string): readonly string[] {
  const bytes = encodeUtf8(value);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const base64 = [0, 1, 2].map((shift) => encodeShifted(bytes, shift));
  const forms = [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    hex,
    hex.toUpperCase(),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ];
  return [...new Set(forms)];
}

/** The characters in base64 that depend on these bytes alone, when others come before and after. */
function encodeShifted(bytes: Uint8Array, shift: number): string {
  const before = new Uint8Array(shift);
  const length = shift + bytes.length;
  return encodeBase64(joinBytes([before, bytes])).slice(
    Math.ceil((shift * 8) / 6),
    Math.floor((length * 8) / 6),
  );
}

import {
  credentialHeaders,
  credentialQueryParameters,
  isSecretName,
  redacted,
} from '../contract/credentials.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../exchange/json.ts';

const secretHeaders: ReadonlySet<string> = new Set(credentialHeaders);

export function redactHeaders(
  headers: Iterable<readonly [string, string]>,
): Readonly<Record<string, string>> {
  const kept: [string, string][] = [];
  for (const [given, value] of headers) {
    const name = given.toLowerCase();
    kept.push([name, secretHeaders.has(name) ? redacted : value]);
  }
  return Object.fromEntries(kept); // defines members: `__proto__` is a legal name of a header
}

/**
 * The same of names and values in one flat list, as Node has them: cheap enough for every request.
 * Names come in lower case.
 */
export function redactRawHeaders(raw: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = (raw[at] ?? '').toLowerCase();
    kept.push(name, secretHeaders.has(name) ? redacted : (raw[at + 1] ?? ''));
  }
  return kept;
}

/** A flat list as headers by name; of a name that comes again the values are joined. */
export function joinHeaders(raw: readonly string[]): Readonly<Record<string, string>> {
  const headers = new Map<string, string>();
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [name = '', value = ''] = raw.slice(at, at + 2);
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(headers); // defines members: `__proto__` is a legal name of a header
}

/** A path and query with the values of credential parameters replaced. */
export function redactPath(path: string): string {
  const start = path.indexOf('?');
  if (start < 0) return path;
  const parameters = path.slice(start + 1).split('&');
  const kept = parameters.map((parameter) => {
    const { name, raw, value } = splitParameter(parameter);
    return value !== '' && isSecretParameter(name) ? `${raw}=${redacted}` : parameter;
  });
  return `${path.slice(0, start)}?${kept.join('&')}`;
}

/** The given body itself unless a credential is in it. */
export function redactBody(body: JsonObject): JsonObject {
  return findCredentials(body).reduce(replaceAt, body);
}

/** The places outside of the headers that hold a credential: `query.api_key`, `body.token`. */
export function findLeaks(path: string, body?: JsonObject): readonly string[] {
  return [...listQueryLeaks(path), ...(body ? findCredentials(body).map(toPlace) : [])];
}

function listQueryLeaks(path: string): readonly string[] {
  const start = path.indexOf('?');
  if (start < 0) return [];
  return path
    .slice(start + 1)
    .split('&')
    .map(splitParameter)
    .filter(({ name, value }) => value !== '' && isSecretParameter(name))
    .map(({ name }) => `query.${name}`);
}

const secretParameters: ReadonlySet<string> = new Set(credentialQueryParameters);

function isSecretParameter(name: string): boolean {
  return secretParameters.has(name.toLowerCase()) || isSecretName(name);
}

interface Parameter {
  readonly name: string;
  /** The name as it was written. */
  readonly raw: string;
  readonly value: string;
}

function splitParameter(parameter: string): Parameter {
  const equals = parameter.indexOf('=');
  const raw = equals < 0 ? parameter : parameter.slice(0, equals);
  const [name = ''] = new URLSearchParams(`${raw}=`).keys();
  return { name, raw, value: equals < 0 ? '' : parameter.slice(equals + 1) };
}

type Path = readonly (string | number)[];

const deepest = 4;
const mostMembers = 200;

/** What the words of a conversation and its tools hold is the user's, and may be a million tokens. */
const unread: ReadonlySet<string> = new Set(['messages', 'system', 'tools']);

interface Branch {
  readonly value: JsonObject | readonly JsonValue[];
  readonly path: Path;
}

/** Level by level: a long list hides nothing that stands higher than its items. */
function findCredentials(body: JsonObject): readonly Path[] {
  const found: Path[] = [];
  const branches: Branch[] = [{ value: body, path: [] }];
  let left = mostMembers;
  // The loop goes on to the branches that are pushed in it.
  for (const { value, path } of branches) {
    const keys = isJsonObject(value) ? Object.keys(value) : value.slice(0, left).keys();
    for (const key of keys) {
      if (left === 0) return found;
      left -= 1;
      if (path.length === 0 && unread.has(`${key}`)) continue;
      const member = (value as JsonObject)[key]; // of a list: the item at that index
      if (isCredential(key, member)) found.push([...path, key]);
      if (path.length + 1 === deepest || typeof member !== 'object' || member === null) continue;
      branches.push({ value: member, path: [...path, key] });
    }
  }
  return found;
}

function isCredential(key: string | number, value: JsonValue | undefined): boolean {
  return typeof value === 'string' && value !== '' && typeof key === 'string' && isSecretName(key);
}

function replaceAt<Value extends JsonValue>(value: Value, path: Path): Value {
  const [key, ...rest] = path;
  if (key === undefined) return redacted as Value; // a text for a text
  const replace = (member: JsonValue) => replaceAt(member, rest);
  const copy = Array.isArray(value)
    ? value.map((item, index) => (index === key ? replace(item) : item))
    : Object.fromEntries(
        Object.entries(isJsonObject(value) ? value : {}).map(([name, member]) => [
          name,
          name === key ? replace(member) : member,
        ]),
      );
  return copy as unknown as Value; // of the same shape
}

function toPlace(path: Path): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    return /^[\w$-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  });
  return `body${steps.join('')}`;
}

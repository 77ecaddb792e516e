import { redacted } from '../../contract/credentials.ts';
import { isJsonObject, type JsonValue } from '../../exchange/json.ts';

/** Where a secret was left out, such as `messages[0].content`. */
export function listRedacted(value: JsonValue, path = ''): string[] {
  if (typeof value === 'string') return value.includes(redacted) ? [path] : [];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => listRedacted(item, `${path}[${index}]`));
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    listRedacted(member, path === '' ? name : `${path}.${name}`),
  );
}

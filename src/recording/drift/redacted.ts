import { isJsonObject, type JsonValue } from '../../exchange/json.ts';

const mark = '[redacted]';

/** Whether it is, or ends in, a text of which something was left out. */
export function hasRedacted(value: JsonValue): boolean {
  return listRedacted(value).length > 0;
}

/** Where something was left out, such as `messages[0].content`. */
export function listRedacted(value: JsonValue, path = ''): string[] {
  if (typeof value === 'string') return value.includes(mark) ? [path] : [];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => listRedacted(item, `${path}[${index}]`));
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    listRedacted(member, path === '' ? name : `${path}.${name}`),
  );
}

import { isJsonObject, type JsonObject, type JsonValue } from '../exchange/json.ts';

/*
 * Readers for bodies nobody has checked: a member of the wrong type reads as if it were not there.
 */

export function readText(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A number such as 1e999 reads as infinity: the largest that can be counted with stands for it. */
export function readNumber(value: JsonValue | undefined): number | undefined {
  if (typeof value !== 'number') return undefined;
  return Math.min(Math.max(value, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}

export function readList(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

export function readObject(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

export function readObjects(value: JsonValue | undefined): readonly JsonObject[] {
  return readList(value).filter(isJsonObject);
}

export function readTexts(value: JsonValue | undefined): readonly string[] {
  const texts = typeof value === 'string' ? [value] : readList(value);
  return texts.filter((text) => typeof text === 'string' && text !== '') as string[]; // as filtered
}

/** A text, or a list of parts of which those with a text count. */
export function readContent(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value;
  return readObjects(value)
    .map((part) => readText(part['text']) ?? '')
    .join('');
}

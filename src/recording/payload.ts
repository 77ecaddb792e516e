import { deepest, isDeeperThan, type JsonValue } from '../exchange/json.ts';

/** JSON that a cassette can hold, and whether JSON.stringify writes it as it was written. */
export interface ReadJson {
  readonly value: JsonValue;
  readonly isExact: boolean;
}

/** Undefined for a text that is no JSON, or nests so deep that walking it would be a danger. */
export function readJson(text: string): ReadJson | undefined {
  try {
    const value: JsonValue = JSON.parse(text);
    if (isDeeperThan(value, deepest)) return undefined;
    const written = JSON.stringify(value);
    if (written === text) return { value, isExact: true };
    return { value: JSON.parse(written), isExact: false }; // less what JSON cannot hold, such as 1e400
  } catch {
    return undefined;
  }
}

/** The payload of an event: JSON, or the text itself when it is none, or only a text in quotes. */
export function readPayload(text: string): JsonValue {
  const json = readJson(text);
  return json === undefined || typeof json.value === 'string' ? text : json.value;
}

import type { JsonValue } from '../exchange/json.ts';
import { parsePath } from '../exchange/json-path.ts';
import type { Match, TextMatcher } from '../scenario/match-schema.ts';
import { toPattern } from './wiremock-text.ts';

export type ConvertedPart = { readonly match: Match } | { readonly problem: string };

type Text = Exclude<TextMatcher, string>;

/** A condition on a text of the body; by what the place means, where that is the same in both formats. */
export function matchPlace(path: string, text: Text): ConvertedPart {
  const { equals, absent } = text;
  const place = normalize(path);
  if (absent) return onBody(place, { exists: false });
  if (place === '$.model') return { match: { model: equals ?? text } };
  if (place === '$.stream' && (equals === 'true' || equals === 'false')) {
    return { match: { stream: equals === 'true' } };
  }
  if (place === '$.messages[-1].content') return { match: { messages: { last: { text } } } };
  if (place === '$.messages[-1].role' && isRole(equals)) {
    return { match: { messages: { last: { role: equals } } } };
  }
  if (anyContent.includes(place)) return { match: { messages: { any: { text } } } };
  if (place === '$.messages[*].role' && isRole(equals)) {
    return { match: { messages: { any: { role: equals } } } };
  }
  if (equals !== undefined) return onBody(place, { equals: readScalar(equals) });
  return onBody(place, { matches: toPattern(text) });
}

const anyContent = ['$..content', '$.messages[*].content', '$..messages[*].content'];

/** A value at a place, whatever it means. */
export function matchValue(path: string, value: JsonValue): ConvertedPart {
  const place = normalize(path);
  if (typeof value === 'string') {
    if (place === '$.model' || place.startsWith('$.messages[-1]')) {
      return matchPlace(place, { equals: value });
    }
  }
  if (place === '$.stream' && typeof value === 'boolean') return { match: { stream: value } };
  return onBody(place, { equals: value });
}

/** Something at a place; of conditions on a whole body the last resort. */
export function onBody(
  path: string,
  condition: { readonly equals?: JsonValue; readonly matches?: string; readonly exists?: boolean },
): ConvertedPart {
  const place = normalize(path);
  const parsed = parsePath(place);
  return 'problem' in parsed ? parsed : { match: { body: [{ path: place, ...condition }] } };
}

/** WireMock’s slices of one item, and the spaces between them. */
function normalize(path: string): string {
  return path
    .trim()
    .replaceAll('[-1:]', '[-1]')
    .replaceAll(/\[\(@\.length(?:\(\))?\s*-\s*1\)\]/g, '[-1]')
    .replaceAll(/\['([\w-]+)'\]|\["([\w-]+)"\]/g, '.$1$2');
}

const roles = ['system', 'user', 'assistant', 'tool'] as const;

export function isRole(name: unknown): name is (typeof roles)[number] {
  return roles.some((role) => role === name);
}

/** It compares values as texts. */
function readScalar(text: string): JsonValue {
  return /^(?:true|false|null|-?\d+(?:\.\d+)?)$/.test(text)
    ? (JSON.parse(text) as JsonValue)
    : text;
}

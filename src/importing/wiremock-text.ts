import { readText } from '../dialect/read.ts';
import type { JsonObject } from '../exchange/json.ts';
import { explainPattern } from '../exchange/pattern.ts';
import type { TextMatcher } from '../scenario/match-schema.ts';
import { escapePattern } from './pattern.ts';

export type ConvertedText =
  | { readonly matcher: Exclude<TextMatcher, string> }
  | { readonly problem: string };

const known = ['equalTo', 'caseInsensitive', 'contains', 'matches', 'absent'];

/** A condition of WireMock on a text, such as `{ contains: "a" }`; its patterns fit the whole text. */
export function convertText(pattern: JsonObject): ConvertedText {
  const names = Object.keys(pattern);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) return { problem: `fixtures have no "${unknown}"` };
  const equal = readText(pattern['equalTo']);
  const matches = readText(pattern['matches']);
  const contains = readText(pattern['contains']);
  if (pattern['absent'] === true || pattern['absent'] === '(absent)') {
    return { matcher: { absent: true } };
  }
  if (matches !== undefined) return convertPattern(`(?s)^(?:${matches})$`);
  if (equal !== undefined && pattern['caseInsensitive'] === true) {
    return { matcher: { matches: `(?is)^${escapePattern(equal)}$` } };
  }
  if (equal !== undefined) return { matcher: { equals: equal } };
  if (contains) return { matcher: { contains } };
  return { problem: 'it has no condition that fixtures know' };
}

export function convertPattern(matches: string): ConvertedText {
  const problem = explainPattern(matches);
  return problem === undefined ? { matcher: { matches } } : { problem };
}

/** The same condition as a pattern, for places that know nothing else. */
export function toPattern({ equals, contains, matches }: Exclude<TextMatcher, string>): string {
  if (equals !== undefined) return `(?s)^${escapePattern(equals)}$`;
  return matches ?? escapePattern(contains ?? '');
}

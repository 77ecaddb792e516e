import { compilePattern } from '../exchange/pattern.ts';
import type { TextMatcher } from './match-schema.ts';

/** One condition on a text; the text is undefined where there is none. */
export interface TextTest {
  /** Such as `contains "burst"`. */
  readonly expected: string;
  holds(text: string | undefined): boolean;
}

export function compileTextMatcher(matcher: TextMatcher): TextTest {
  if (typeof matcher === 'string') return compileTextMatcher({ equals: matcher });
  const tests = listTests(matcher);
  return {
    expected: tests.map(({ expected }) => expected).join(' and '),
    holds: (text) => tests.every((test) => test.holds(text)),
  };
}

function listTests(matcher: Exclude<TextMatcher, string>): readonly TextTest[] {
  const { equals, contains, matches, absent } = matcher;
  const tests: TextTest[] = [];
  if (equals !== undefined) {
    tests.push({ expected: quote(equals), holds: (text) => text === equals });
  }
  if (contains !== undefined) {
    const holds = (text?: string) => text?.includes(contains) ?? false;
    tests.push({ expected: `contains ${quote(contains)}`, holds });
  }
  if (matches !== undefined) {
    const pattern = compilePattern(matches);
    const holds = (text?: string) => text !== undefined && pattern.isIn(text);
    tests.push({ expected: `matches ${quote(matches)}`, holds });
  }
  if (absent !== undefined) {
    const holds = (text?: string) => (text === undefined || text === '') === absent;
    tests.push({ expected: absent ? 'nothing' : 'something', holds });
  }
  return tests;
}

const longestQuote = 80;

/** A value as a message shows it: JSON, cut when it is long. */
export function quote(value: unknown): string {
  const text = JSON.stringify(abridge(value, { left: longestQuote })) ?? 'nothing';
  return text.length <= longestQuote ? text : `${text.slice(0, longestQuote).toWellFormed()}…`;
}

/** A value without what stands after the first characters of its JSON, which may be megabytes. */
function abridge(value: unknown, room: { left: number }): unknown {
  room.left -= 1; // at least one character stands for each value
  if (typeof value === 'string') return value.slice(0, longestQuote);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) {
      if (room.left < 0) break;
      items.push(abridge(item, room));
    }
    return items;
  }
  const members: [string, unknown][] = [];
  for (const name of Object.keys(value)) {
    if (room.left < 0) break;
    const member = (value as Readonly<Record<string, unknown>>)[name]; // an object, as just seen
    members.push([name.slice(0, longestQuote), abridge(member, room)]);
  }
  return Object.fromEntries(members);
}

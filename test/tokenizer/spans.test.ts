import { expect, it } from 'vitest';
import { cutRuns, cutSpans } from '../../src/tokenizer/spans.ts';
import { toLetters } from './byte-level.ts';

const texts = [
  '',
  'short',
  'One sentence after another, and no end of it. '.repeat(5000),
  '一句话，接着又一句话。'.repeat(20_000),
  'const line = 1;\n'.repeat(10_000),
  '1234567890'.repeat(20_000),
  'a'.repeat(200_000),
  '🙂'.repeat(100_000),
  `a${'🙂'.repeat(100_000)}`,
  '\ud800'.repeat(200_000),
];

it.each(texts)('the spans of text %# spell it, and none is longer than 65,536 units', (text) => {
  const spans = [...cutSpans(text)];

  expect(spans.join('')).toBe(text);
  expect(Math.max(...spans.map(({ length }) => length))).toBeLessThanOrEqual(65_536);
  expect(spans.every((span) => span.isWellFormed())).toBe(text.isWellFormed());
});

it.each([
  ['word word '.repeat(20_000), /^ \p{L}/u],
  ['字字，'.repeat(40_000), /^，/],
  ['line\n'.repeat(20_000), /^line/],
])('the spans of text %# begin where a token does', (text, beginning) => {
  const [, ...later] = cutSpans(text);

  expect(later.length).toBeGreaterThan(0);
  for (const span of later) expect(span).toMatch(beginning);
});

it.each([
  'a'.repeat(100_000),
  '中'.repeat(100_000),
  '🙂'.repeat(50_000),
  toLetters(Buffer.from('中文🙂éa'.repeat(10_000))),
])('the parts of run %# spell it, and are about as long as 240 letters', (run) => {
  const parts = cutRuns(run);
  const lengths = parts.slice(0, -1).map(({ length }) => length);

  expect(parts.join('')).toBe(run);
  expect(Math.min(...lengths)).toBeGreaterThan(236);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(240);
  expect(parts.every((part) => part.isWellFormed())).toBe(true);
});

it('no part of a byte-level run begins within a character', () => {
  const parts = cutRuns(toLetters(Buffer.from('中文🙂éa'.repeat(10_000))));

  for (const part of parts) expect(part).toMatch(/^[a\u00c2-\u00f4]/);
});

it('a run of up to 1,024 units stays whole', () => {
  expect(cutRuns('a'.repeat(1024))).toHaveLength(1);
  expect(cutRuns('a'.repeat(1025))).toHaveLength(5);
});

it.each([' ', '\u2581'])('a run with the space %j is cut before one', (space) => {
  for (const part of cutRuns(`word${space}`.repeat(500)).slice(1)) expect(part[0]).toBe(space);
});

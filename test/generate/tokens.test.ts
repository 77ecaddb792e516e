import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { countTokens, cutTokens, splitTokens } from '../../src/generate/tokens.ts';

const texts = [
  '',
  'Hello, please introduce yourself.',
  '  two  spaces\n\n\tand a tab ',
  '你好，请介绍一下你自己。',
  'mixed 中文 and English 12345.67',
  'emoji 👩‍👩‍👧 and 🇫🇷 flags 🙂🙂',
  '{"city": "Paris", "days": [1, 2, 30000]}',
  'lone \ud800 surrogate \udc00',
  'naïve café Ünïcödé кириллица',
  'x'.repeat(100),
  "it's what they'd say, aren't they're y'all 'quoted' d",
  '    if (a[i] === "b\\n") {\n\n        return; // done\r\n    }\n',
  '\t\tmixed \t white  \n  space \n\n   ',
  ' '.repeat(200),
  '[\\n    1,\\n   😀,\\n  中\\n]',
  '数据、分析。 我们 可以API接口，😀中国\n\n一个',
];

interface Piece {
  readonly kind: string;
  readonly tokens: number;
  readonly text: string;
}

const heldOut = readFileSync(new URL('token-fit/held-out.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line): Piece => JSON.parse(line));

it.each(texts)('the tokens of %j spell it', (text) => {
  const tokens = splitTokens(text);

  expect(tokens.join('')).toBe(text);
  expect(tokens).toHaveLength(countTokens(text));
  expect(tokens).not.toContain('');
});

it.each(texts)('%j cut after any number of tokens has that number of tokens', (text) => {
  const tokens = splitTokens(text);

  for (let limit = 0; limit <= tokens.length; limit += 1) {
    const cut = cutTokens(text, limit);
    expect(cut).toEqual({ text: tokens.slice(0, limit).join(''), tokens: limit });
    expect(countTokens(cut.text)).toBe(limit);
  }
});

it('no token splits a surrogate pair', () => {
  for (const token of splitTokens('a🙂b🙂🙂 🙂你🙂')) expect(token.isWellFormed()).toBe(true);
});

it.each([
  'en',
  'zh',
  'mixed',
  'code',
  'json',
])('95 of 100 texts of kind %s have within a tenth as many tokens as o200k_base', (kind) => {
  const errors = heldOut
    .filter((piece) => piece.kind === kind)
    .map(({ text, tokens }) => Math.abs(countTokens(text) / tokens - 1))
    .sort((one, other) => one - other);

  expect(errors.length).toBeGreaterThanOrEqual(20);
  expect(errors[Math.ceil(errors.length * 0.95) - 1]).toBeLessThanOrEqual(0.1);
});

it('a cut of a long text leaves exactly the tokens before it', () => {
  for (const { text } of heldOut.filter((_, index) => index % 8 === 0)) {
    for (let limit = 1; limit < 1500; limit += 31) {
      const cut = cutTokens(text, limit);
      expect(countTokens(cut.text)).toBe(cut.tokens);
    }
  }
});

it('a word takes the space before it', () => {
  expect(splitTokens('one two')).toEqual(['one', ' two']);
});

it.each([
  'a'.repeat(200_000),
  '中'.repeat(200_000),
  ' '.repeat(200_000),
  '🙂'.repeat(100_000),
])('a long run of one character is counted in one pass', (text) => {
  const short = text.slice(0, 2000);

  expect(countTokens(text) / countTokens(short)).toBeCloseTo(100, 0);
});

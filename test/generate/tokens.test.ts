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
];

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

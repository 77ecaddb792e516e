import { expect, it } from 'vitest';
import { splitText } from '../../src/exchange/delivery.ts';

it.each([
  'A few words, then some more.',
  '\nA leading newline.',
  '你好，请介绍一下你自己，谢谢你的帮助。',
  '🙂'.repeat(50),
  `x${'🙂'.repeat(50)}`,
  'unbroken'.repeat(50),
  ' ',
])('the pieces of %j spell it, and each is well formed', (text) => {
  const pieces = splitText(text);

  expect(pieces.join('')).toBe(text);
  for (const piece of pieces) {
    expect(piece).not.toBe('');
    expect(piece.isWellFormed()).toBe(true);
  }
});

it('nothing has no pieces', () => {
  expect(splitText('')).toEqual([]);
});

it('words stay whole, and a leading newline is a piece of its own', () => {
  expect(splitText('\nWe are asked for a word.')).toEqual(['\n', 'We are asked', ' for a word.']);
});

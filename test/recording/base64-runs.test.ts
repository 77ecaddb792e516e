import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listEncoded } from '../../src/recording/base64-runs.ts';
import { patience, runs } from '../fuzz/runs.ts';

const words = fc
  .string({ unit: 'grapheme-ascii', minLength: 18, maxLength: 60 })
  .filter((text) => text.length % 3 === 0);
const between = fc.constantFrom(' ', '', '", "', 'data:;base64,', '\n', 'é');

it(
  'texts in base64 are found wherever they stand',
  () => {
    fc.assert(
      fc.property(between, fc.array(words), between, (before, texts, after) => {
        const encoded = texts.map((text) => btoa(text)).join('. ');
        expect(listEncoded(`${before}${encoded} ${after}`)).toEqual(texts);
      }),
      runs(1000),
    );
  },
  patience,
);

it.each([
  ['a word', 'incomprehensibilities'],
  [
    'bytes',
    Buffer.from(Array.from({ length: 300 }, (_, at) => (at * 7919) % 256)).toString('base64'),
  ],
  ['too short a run', btoa('seventeen letters').replaceAll('=', '')],
])('there is no text in %s', (_, text) => {
  expect(listEncoded(text)).toEqual([]);
});

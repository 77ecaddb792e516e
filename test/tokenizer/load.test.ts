import { readFileSync } from 'node:fs';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, it } from 'vitest';
import { loadCount } from '../../src/tokenizer/load.ts';
import { cutSpans } from '../../src/tokenizer/spans.ts';
import { writeTokenizer } from './byte-level.ts';
import { writeO200k } from './o200k.ts';

const count = loadCount(writeTokenizer());
const countAsO200k = loadCount(writeO200k());

interface Piece {
  readonly kind: string;
  readonly text: string;
}

const heldOut = readFileSync(
  new URL('../generate/token-fit/held-out.jsonl', import.meta.url),
  'utf8',
)
  .trimEnd()
  .split('\n')
  .map((line): Piece => JSON.parse(line));

function textsOf(kind: string): readonly string[] {
  return heldOut.filter((piece) => piece.kind === kind).map(({ text }) => text);
}

function judge(text: string): number {
  return countTokens(text, { disallowedSpecial: new Set() });
}

it.each([
  ['', 0],
  ['hello', 1],
  ['hello wor', 2],
  ['hell', 1],
  ['中', 3],
  ['a<|end|>a', 3],
  ['lone \ud800', 8],
])('%j has %d tokens by a tokenizer of nine merges', (text, tokens) => {
  expect(count(text)).toBe(tokens);
});

it.each([
  'en',
  'zh',
  'mixed',
  'code',
  'json',
])('texts of kind %s count as with gpt-tokenizer', (kind) => {
  const texts = textsOf(kind);

  expect(texts.length).toBeGreaterThanOrEqual(20);
  expect(texts.map(countAsO200k)).toEqual(texts.map(judge));
});

it.each(['en', 'zh', 'code'])('300,000 units of kind %s count in spans as in one piece', (kind) => {
  const text = textsOf(kind).join('\n').repeat(10).slice(0, 300_000).toWellFormed();
  const spans = [...cutSpans(text)];

  expect(spans.length).toBeGreaterThan(4);
  expect(spans.reduce((total, span) => total + countAsO200k(span), 0)).toBe(judge(text));
});

it.each([
  'a',
  'A',
  ' ',
  '中',
  '🙂',
  '=',
])('a run of many %j counts about as in one piece', (letter) => {
  const text = letter.repeat(4000);

  expect(countAsO200k(text) / judge(text)).toBeGreaterThan(0.99);
  expect(countAsO200k(text) - judge(text)).toBeLessThanOrEqual(4000 / 200);
});

it.each([
  ['hello', /^It is not JSON: /],
  ['{}', /^It is not a tokenizer: Tokenizer must contain a "model" property/],
  ['[]', /^It is not a tokenizer: /],
  ['null', /^It is not a tokenizer: /],
  [
    '{"model": {}, "normalizer": null, "pre_tokenizer": null, "post_processor": null, "decoder": null}',
    /^It is not a tokenizer: /,
  ],
])('%j is refused with the reason', (json, reason) => {
  expect(() => loadCount(json)).toThrow(reason);
});

import { expect, it } from 'vitest';
import { parseBearer, parseKey } from '../../src/contract/credentials.ts';

it.each([
  ['Bearer abc', 'abc'],
  ['bearer abc', 'abc'],
  ['Bearer   abc  ', 'abc'],
  ['Bearer My API Key', 'My API Key'],
  ['Bearer Authorization: Bearer abc', 'abc'],
  ['Authorization: Bearer abc', 'abc'],
  ['Bearer Bearer abc', 'abc'],
  ['Bearer ', undefined],
  ['Bearer', undefined],
  ['Bearerabc', undefined],
  ['Basic abc', undefined],
  ['abc', undefined],
  ['', undefined],
  [null, undefined],
])('the authorization %j has the key %j', (header, key) => {
  expect(parseBearer(header)).toBe(key);
});

it.each([
  ['abc', 'abc'],
  ['Authorization: Bearer abc', 'abc'],
  ['bearer-of-news', 'bearer-of-news'],
  ['', undefined],
])('the x-api-key %j has the key %j', (header, key) => {
  expect(parseKey(header)).toBe(key);
});

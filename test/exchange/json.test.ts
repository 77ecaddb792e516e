import { expect, it } from 'vitest';
import { readJsonObject, writeJson } from '../../src/exchange/json.ts';

it('JSON is written with a space after every colon and comma, as LongCat’s model does', () => {
  expect(writeJson({ cmd: 'ls -l', flags: [1, true, null], nested: { a: {} } })).toBe(
    '{"cmd": "ls -l", "flags": [1, true, null], "nested": {"a": {}}}',
  );
});

it.each([[undefined], [Number.NaN], [() => 1]])('what JSON cannot hold becomes null', (value) => {
  expect(writeJson(value)).toBe('null');
});

it('what is written reads back', () => {
  const value = { text: '引号" and \n', list: [[], [{}]], ['__proto__']: 1 };

  expect(JSON.parse(writeJson(value))).toEqual(value);
});

it.each([
  '',
  '{"cut": "sho',
  '[1]',
  'null',
])('%j is no object, and reads as an empty one', (text) => {
  expect(readJsonObject(text)).toEqual({});
});

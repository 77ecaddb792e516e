import { expect, it } from 'vitest';
import { isEqualJson, readJsonObject, writeJson } from '../../src/exchange/json.ts';

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

it.each<[unknown, unknown, boolean]>([
  [1, 1, true],
  [1, '1', false],
  [0, null, false],
  [0, false, false],
  [null, {}, false],
  [[], {}, false],
  [{}, [], false],
  [[1, [2]], [1, [2]], true],
  [[1, 2], [2, 1], false],
  [[1], [1, 2], false],
  [{ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }, true],
  [{ a: 1 }, { a: 1, b: 2 }, false],
  [{ a: 1, b: 2 }, { a: 1 }, false],
  [{ toString: 1 }, { a: 1 }, false],
  [JSON.parse('{"__proto__":1}'), JSON.parse('{"__proto__":1}'), true],
  [JSON.parse('{"__proto__":1}'), { a: 1 }, false],
])('%j and %j are the same JSON: %s', (left, right, isEqual) => {
  expect(isEqualJson(left, right)).toBe(isEqual);
  expect(isEqualJson(right, left)).toBe(isEqual);
});

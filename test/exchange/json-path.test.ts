import { expect, it } from 'vitest';
import { findValues, parsePath } from '../../src/exchange/json-path.ts';

const value = {
  a: { b: [10, 20, { c: 'deep' }], 'x.y': 1, "it's": 2, 'a b': 3, '': 4 },
  $id: 5,
  snake_case: 6,
  'kebab-case': 7,
  名: 8,
  none: null,
  list: [[1, 2], [3]],
};

function find(path: string): readonly unknown[] {
  const parsed = parsePath(path);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return findValues(value, parsed.path);
}

it.each([
  ['$', [value]],
  ['$.a.b[0]', [10]],
  ['$.a.b[-1].c', ['deep']],
  ['$.a.b[-3]', [10]],
  ['$.a.b[-4]', []],
  ['$.a.b[3]', []],
  ["$['a']['b'][1]", [20]],
  ['$["a"].b[1]', [20]],
  ["$.a['x.y']", [1]],
  ['$.a["it\'s"]', [2]],
  ["$.a['a b']", [3]],
  ["$.a['']", [4]],
  ['$.$id', [5]],
  ['$.snake_case', [6]],
  ['$.kebab-case', [7]],
  ['$.名', [8]],
  ['$.none', [null]],
  ['$.none.more', []],
  ['$.nowhere.at.all', []],
  ['$.a.b.length', []],
  ['$.a[0]', []],
  ['$.list[*][*]', [1, 2, 3]],
  ['$.list[*][0]', [1, 3]],
  ['$.list.*[-1]', [2, 3]],
  ['$.a.b[2].*', ['deep']],
  ['$.a.b[0][*]', []],
  ['$.__proto__', []],
  ['$.constructor', []],
  ['$.a.b[0].toString', []],
])('%s finds %j', (path, found) => {
  expect(find(path)).toEqual(found);
});

it.each([
  ['', 'begins with $'],
  ['a.b', 'begins with $'],
  ['.a', 'begins with $'],
  ['$a', 'from "a"'],
  ['$..a', 'from "..a"'],
  ['$.a.', 'from "."'],
  ['$.a[', 'from "["'],
  ['$.a[x]', 'from "[x]"'],
  ['$.a[1:2]', 'from "[1:2]"'],
  ['$.a[?(@.b)]', 'from "[?(@.b)]"'],
  ['$.a[\'b"]', 'from "[\'b"]"'],
  ['$.a b', 'from " b"'],
  ['$.a[1.5]', 'from "[1.5]"'],
  ['$.a[0', 'from "[0"'],
])('%j is refused from where it cannot be read', (path, words) => {
  const parsed = parsePath(path);

  expect('problem' in parsed && parsed.problem).toContain(words);
});

it('a member of the list’s prototype is no place in it', () => {
  expect(findValues([1, 2], [{ key: 'map' }])).toEqual([]);
  expect(findValues('text', [{ index: 0 }])).toEqual([]);
});

import type { Schema } from '@cfworker/json-schema';
import { expect, it } from 'vitest';
import { makeWith, object } from './schemas.ts';

it.each<[string, unknown]>([
  ['false', false],
  ['not anything', { not: {} }],
  ['a range without numbers', { type: 'integer', minimum: 5, maximum: 3 }],
  ['two types at once', { allOf: [{ type: 'string' }, { type: 'integer' }] }],
  ['an empty enum', { enum: [] }],
  ['endless required members', object({ next: { $ref: '#' } })],
  ['a reference to itself', { $ref: '#' }],
  ['a reference to nowhere', { $ref: '#/$defs/gone' }],
  ['a remote reference', { $ref: 'https://example.com/schema.json' }],
  ['an unknown type', { type: 'dict' }],
  ['no schema', null],
  ['a text', 'x'],
  ['a list', []],
  ['items beyond the limit', { type: 'array', minItems: 1e9 }],
  ['characters beyond the limit', { type: 'string', minLength: 1e9 }],
  ['members beyond the limit', { type: 'object', minProperties: 1e6 }],
  ['a product beyond the limit', nestItems(4, 1000)],
  ['depth beyond the limit', nestItems(4000, 1)],
  ['references that double', double('allOf')],
  ['choices that double', double('oneOf')],
  ['a value that is no JSON', { type: 'object', minimum: 1n }],
])('a problem is told in one sentence for %s', (_title, schema) => {
  const { problem } = makeWith(schema);
  expect(problem).toMatch(/^.+\S$/);
});

function nestItems(levels: number, minItems: number): Schema {
  let schema: Schema = { type: 'string' };
  for (let level = 0; level < levels; level += 1)
    schema = { type: 'array', minItems, items: schema };
  return schema;
}

function double(keyword: 'allOf' | 'oneOf'): Schema {
  const $defs: Record<string, unknown> = { level40: false };
  for (let level = 0; level < 40; level += 1) {
    const next = { $ref: `#/$defs/level${level + 1}` };
    $defs[`level${level}`] = { [keyword]: [next, next] };
  }
  return { $ref: '#/$defs/level0', $defs };
}

it('an object that cannot be satisfied is still an object', () => {
  const impossible = object({ a: { type: 'integer', minimum: 5, maximum: 3 } });
  expect(makeWith(impossible).value).toEqual({ a: expect.any(Number) });
  expect(makeWith(object({ a: false })).value).toEqual(expect.any(Object));
});

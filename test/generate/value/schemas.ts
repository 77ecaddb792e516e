import type { Schema } from '@cfworker/json-schema';
import { createRandom } from '../../../src/generate/random.ts';
import { createValueMaker, type MadeValue } from '../../../src/generate/value/make.ts';

export const seeds = Array.from({ length: 20 }, (_, seed) => seed);

export function makeWith(schema: unknown, seed = 1): MadeValue {
  return createValueMaker().make(schema, createRandom(seed));
}

/** An object that requires each of the properties. */
export function object(properties: Record<string, Schema | boolean>, more: Schema = {}): Schema {
  return { type: 'object', properties, required: Object.keys(properties), ...more };
}

export const strict = { additionalProperties: false };

export const list: Schema = {
  $ref: '#/$defs/node',
  $defs: {
    node: object(
      { value: { type: 'integer' }, next: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] } },
      strict,
    ),
  },
};

// The patterns among these are harmless, so the validator may run them as they stand.
export const satisfiable: [string, Schema][] = [
  ['a tool with a text', object({ city: { type: 'string', description: 'A city.' } })],
  ['an optional member', { type: 'object', properties: { limit: { type: 'integer' } } }],
  ['an enum', object({ unit: { type: 'string', enum: ['celsius', 'fahrenheit'] } })],
  ['a const', object({ kind: { const: 'weather' } })],
  ['a const of null', object({ nothing: { const: null } })],
  ['every type', object({ a: { type: 'boolean' }, b: { type: 'number' }, c: { type: 'null' } })],
  ['a union of types', object({ value: { type: ['string', 'null'] } }, strict)],
  ['anyOf with null', object({ when: { anyOf: [{ type: 'string' }, { type: 'null' }] } }, strict)],
  ['oneOf', { oneOf: [object({ a: { type: 'integer' } }, strict), object({ b: {} }, strict)] }],
  ['choices that differ in an optional member', flags()],
  ['an enum of long lists', { enum: [[1, 2, 3, 4, 5, 6, 7]], maxItems: 10 }],
  [
    'a tagged union',
    { anyOf: ['a', 'b'].map((kind) => object({ kind: { const: kind } }, strict)) },
  ],
  ['allOf', { allOf: [object({ a: { type: 'string' } }), object({ b: { minimum: 500 } })] }],
  ['two groups of choices', { allOf: [choose('a', 'b'), choose('c', 'd')], ...choose('e', 'f') }],
  ['a condition', conditional()],
  ['not', object({ a: { type: 'string', not: { enum: ['x'] } } })],
  ['a definition', { $ref: '#/$defs/a', $defs: { a: object({ b: { type: 'integer' } }, strict) } }],
  ['definitions of draft 7', draft7()],
  ['an anchor', { $ref: '#here', $defs: { a: { $anchor: 'here', type: 'integer' } } }],
  ['a pointer with escapes', { $ref: '#/$defs/a~1b%25', $defs: { 'a/b%': { type: 'integer' } } }],
  ['a reference within a schema of another id', nestedIds()],
  ['an id and an anchor that are data', dataLikeNames()],
  ['a keyword beside a reference', besideReference()],
  ['a linked list', list],
  [
    'a tree',
    object({ name: { type: 'string' }, children: { type: 'array', items: { $ref: '#' } } }),
  ],
  ['nested arrays', { type: 'array', minItems: 2, items: { type: 'array', minItems: 2 } }],
  [
    'a tuple',
    { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], minItems: 2 },
  ],
  ['a closed tuple', { prefixItems: [{ const: 1 }], items: false, minItems: 1, type: 'array' }],
  ['a tuple that ends', { type: 'array', prefixItems: [{ type: 'null' }, false] }],
  ['unique items', { type: 'array', uniqueItems: true, minItems: 5, items: { type: 'string' } }],
  ['contains', { type: 'array', contains: { const: 7 }, minContains: 2, maxContains: 3 }],
  ['a range', object({ a: { type: 'integer', minimum: 3000, maximum: 3002 } })],
  ['an open range', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0.001 }],
  ['a range below zero', { type: 'integer', exclusiveMaximum: -5 }],
  ['multiples', { type: 'number', multipleOf: 0.01, minimum: 7.005 }],
  ['whole multiples of a fraction', { type: 'integer', multipleOf: 1.5, minimum: 1 }],
  ['lengths', object({ a: { type: 'string', minLength: 40, maxLength: 41 } })],
  ['a map', { type: 'object', additionalProperties: { type: 'integer' }, minProperties: 3 }],
  [
    'names of a pattern',
    { type: 'object', propertyNames: { pattern: '^[a-z]{3}$' }, minProperties: 2 },
  ],
  ['dependent members', { ...object({ a: {} }), dependentRequired: { a: ['b'] } }],
  ['a dependent schema', { ...object({ a: {} }), dependentSchemas: { a: { required: ['b'] } } }],
  ['patterned members', patterned({ minProperties: 3 })],
  ['a patterned member by name', patterned({ required: ['x-a', 'x-b'] })],
  [
    'a member and a pattern',
    patterned({ properties: { 'x-a': { minimum: 50 } }, required: ['x-a'] }),
  ],
  [
    'a pattern with lengths',
    { type: 'string', pattern: '^[a-f0-9]+$', minLength: 64, maxLength: 64 },
  ],
  ['a pattern in the middle', { type: 'string', pattern: '\\d\\d', minLength: 30 }],
  ['a pattern and a format', { type: 'string', format: 'date', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }],
  ['a pattern for many lengths', { type: 'string', pattern: '^[\\s\\S]{1,2048}$' }],
  ['a named group', { type: 'string', pattern: '^(?<area>[0-9]{3})\\/\\u00e9$' }],
  [
    'unknown keywords',
    object({ a: { type: 'string', faker: 'x', 'x-note': {} } }, { strict: true }),
  ],
];

function choose(...names: string[]): Schema {
  return { anyOf: names.map((name) => ({ required: [name] })) };
}

function conditional(): Schema {
  return {
    ...object({ kind: { enum: ['a', 'b'] } }),
    if: { properties: { kind: { const: 'a' } } },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    then: { required: ['first'] },
    else: { required: ['second'] },
  };
}

function draft7(): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    definitions: { pair: { type: 'array', items: [{ type: 'string' }, { type: 'integer' }] } },
    ...object({ pair: { $ref: '#/definitions/pair', minItems: 9 } }),
  };
}

function nestedIds(): Schema {
  const inner = { $id: '/inner.json', $ref: '#/$defs/a', $defs: { a: { type: 'integer' } } };
  return {
    $id: 'https://example.com/outer.json',
    $ref: 'inner.json',
    $defs: { a: { type: 'string' }, inner },
  };
}

function dataLikeNames(): Schema {
  return {
    $ref: '#a',
    $defs: { data: { enum: [{ $anchor: 'a', type: 'null' }] }, a: { $anchor: 'a', minimum: 3 } },
  };
}

function flags(): Schema {
  const choice = (flag: boolean, more: Schema['properties'] = {}): Schema => ({
    type: 'object',
    properties: { flag: { enum: [flag] }, ...more },
    ...strict,
  });
  return { oneOf: [choice(false), choice(true, { names: { type: 'array' } })] };
}

function besideReference(): Schema {
  return { $ref: '#/$defs/a', minimum: 5000, $defs: { a: { type: 'integer', maximum: 5010 } } };
}

function patterned(more: object): Schema {
  return { type: 'object', patternProperties: { '^x-': { type: 'integer' } }, ...strict, ...more };
}

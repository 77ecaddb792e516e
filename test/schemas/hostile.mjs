const impossible = { isSatisfiable: false };
/** Too long or too deep for any request. */
const refused = { isRefused: true };

function nest(levels, wrap, core = { type: 'string' }) {
  let schema = core;
  for (let level = 0; level < levels; level += 1) schema = wrap(schema);
  return schema;
}

/** Each definition refers to the next one twice. */
function double(keyword, last) {
  const $defs = { level40: last };
  for (let level = 0; level < 40; level += 1) {
    const next = { $ref: `#/$defs/level${level + 1}` };
    $defs[`level${level}`] = { [keyword]: [next, next] };
  }
  return { $ref: '#/$defs/level0', $defs };
}

const inArray = (size) => (items) => ({ type: 'array', minItems: size, items });
const inMember = (next) => ({ type: 'object', properties: { next }, required: ['next'] });
const text = (pattern, more) => ({ type: 'string', pattern, ...more });
const many = (count, make) => Array.from({ length: count }, (_, index) => make(index));
const member = (properties) => ({ type: 'object', properties, required: Object.keys(properties) });

/** Schemas meant to take long, to recurse for ever or to say two things at once. */
export const hostile = Object.entries({
  'a pattern that backtracks': text('^(a+)+$'),
  'nested stars': text('^(([a-z])+.)+[A-Z]([a-z])+$'),
  'alternatives that overlap': text('^(a|aa|aaa)*b$'),
  'a long way to a mismatch': text('^(.*)*(.*)*(.*)*x$', { minLength: 50 }),
  'a pattern and a length': text('(x+x+)+y', { minLength: 900, maxLength: 900 }),
  'large counts': text('^([a-z]{1,500}){1,200}$'),
  'counts of counts': text('^((a{100}){100}){100}$'),
  'a count beyond reason': text('^a{100000}$'),
  'a thousand alternatives': text(`^(${many(1000, (index) => `w${index}`).join('|')})$`),
  'deep groups': text(`^${'('.repeat(900)}a${')'.repeat(900)}$`),
  'a pattern that matches nothing': [text('^a$^b'), impossible],
  'a look-ahead': text('^(?=.*[A-Z])(?=.*\\d).{8,}$'),
  'a look-ahead that forbids': text('^(?!foo)[a-z]+$'),
  'a back reference': text('^(a+)\\1$'),
  'a broken pattern': text('(['),
  'patterned names': { type: 'object', patternProperties: { '^(a+)+$': {} }, minProperties: 3 },
  'five hundred patterned names': {
    patternProperties: Object.fromEntries(
      many(500, (index) => [`^(k${index})+$`, { minimum: index }]),
    ),
  },
  'a million items': [{ type: 'array', minItems: 1e6 }, impossible],
  'a billion items': [{ type: 'array', minItems: 1e9 }, impossible],
  'a billion characters': [{ type: 'string', minLength: 1e9 }, impossible],
  'a million members': [{ type: 'object', minProperties: 1e6 }, impossible],
  'a billion matches': [{ type: 'array', contains: {}, minContains: 1e9 }, impossible],
  'a thousand unique items': {
    type: 'array',
    minItems: 1000,
    uniqueItems: true,
    items: { type: 'string' },
  },
  'three unique booleans': [
    { type: 'array', minItems: 3, uniqueItems: true, items: { type: 'boolean' } },
    impossible,
  ],
  'a million million texts': [nest(4, inArray(1000)), impossible],
  'ten thousand lists': [nest(13, inArray(2)), impossible],
  'an enum of a hundred thousand': { enum: many(100_000, (index) => index) },
  'an enum of a million': [{ enum: many(1_000_000, (index) => index) }, refused],
  'two large enums with one value in common': {
    allOf: [{ enum: many(2000, (index) => index) }, { enum: many(2000, (index) => index + 1999) }],
  },
  'a thousand choices': { anyOf: many(1000, (index) => member({ kind: { const: index } })) },
  'a thousand exclusive choices': {
    oneOf: many(1000, (index) => member({ kind: { const: index } })),
  },
  'a thousand parts': {
    allOf: many(1000, (index) => ({ properties: { [`p${index}`]: { type: 'integer' } } })),
  },
  'a thousand members': member(
    Object.fromEntries(many(1000, (index) => [`p${index}`, { type: 'string' }])),
  ),
  'a hundred levels': nest(100, inMember),
  'five hundred levels': [nest(500, inMember), refused],
  'two thousand levels': [nest(2000, inMember), refused],
  'deep negation': nest(50, (not) => ({ not: { not } })),
  'a reference to itself': [{ $ref: '#' }, impossible],
  'a ring of references': [
    { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } },
    impossible,
  ],
  'endless members': [inMember({ $ref: '#' }), impossible],
  'endless members by turns': [
    {
      $ref: '#/$defs/a',
      $defs: { a: member({ b: { $ref: '#/$defs/b' } }), b: member({ a: { $ref: '#/$defs/a' } }) },
    },
    impossible,
  ],
  'optional members by turns': {
    $ref: '#/$defs/a',
    $defs: {
      a: { type: 'object', properties: { b: { $ref: '#/$defs/b' }, c: { $ref: '#/$defs/b' } } },
      b: { type: 'object', properties: { a: { $ref: '#/$defs/a' }, c: { $ref: '#/$defs/a' } } },
    },
  },
  'a tree of many kinds': {
    $ref: '#/$defs/node',
    $defs: {
      node: { anyOf: ['leaf', 'pair', 'list'].map((name) => ({ $ref: `#/$defs/${name}` })) },
      leaf: member({ leaf: { type: 'integer' } }),
      pair: member({ left: { $ref: '#/$defs/node' }, right: { $ref: '#/$defs/node' } }),
      list: member({ items: { type: 'array', minItems: 2, items: { $ref: '#/$defs/node' } } }),
    },
  },
  'a list that must go on four times': member({
    next: member({
      next: member({ next: member({ next: { anyOf: [{ type: 'null' }, { $ref: '#' }] } }) }),
    }),
  }),
  'parts that double': [double('allOf', false), impossible],
  'choices that double': [double('oneOf', false), impossible],
  'choices that double to an end': double('anyOf', { type: 'integer' }),
  'a choice of itself': [
    {
      enum: [[1, 2, 3, 4, 5, 6, 7]],
      maxItems: 284,
      anyOf: [true, { minLength: 0, $ref: '#' }],
    },
    impossible,
  ],
  'a dynamic reference': {
    $id: 'https://example.com/tree',
    $dynamicAnchor: 'node',
    ...member({ value: { type: 'integer' } }),
    properties: {
      value: { type: 'integer' },
      children: { type: 'array', items: { $dynamicRef: '#node' } },
    },
  },
  'a dynamic reference that never ends': [
    {
      $id: 'https://example.com/endless',
      $dynamicAnchor: 'node',
      ...inMember({ $dynamicRef: '#node' }),
    },
    impossible,
  ],
  'two types': [{ allOf: [{ type: 'string' }, { type: 'integer' }] }, impossible],
  'two constants': [{ allOf: [{ const: 1 }, { const: 2 }] }, impossible],
  'an empty range': [{ allOf: [{ type: 'integer', minimum: 5 }, { maximum: 3 }] }, impossible],
  nothing: [{ not: {} }, impossible],
  'a required member that is forbidden': [member({ a: false }), impossible],
  'a choice that excludes itself': [
    { oneOf: [{ type: 'integer' }, { type: 'number' }], type: 'integer' },
    impossible,
  ],
  'a narrow range': { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 5e-324 * 4 },
  'a huge range': { type: 'integer', minimum: 2 ** 52, multipleOf: 7 },
  'a tiny step': { type: 'number', multipleOf: 1e-9, minimum: 3 },
  'steps in common': {
    allOf: [
      { type: 'integer', multipleOf: 6, minimum: 1 },
      { multipleOf: 35, maximum: 400 },
    ],
  },
  'hostile names': member({
    constructor: { type: 'string' },
    ['__proto__']: { type: 'integer' },
    toString: {},
  }),
  'a pattern and a format': text('^https://', { format: 'uri' }),
  'a negated pattern': { type: 'string', not: { pattern: '^[a-z ]+$' } },
  'conditions of conditions': nest(
    12,
    (next) => ({
      if: { required: ['a'] },
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      then: { properties: { b: { minimum: 3 } } },
      else: next,
    }),
    { type: 'object' },
  ),
}).map(([path, item]) => {
  const [schema, more] = Array.isArray(item) ? item : [item, {}];
  return { path, schema, ...more };
});

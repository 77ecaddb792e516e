import fc from 'fast-check';
import { anyJson, anyNumber, anyText, oddKey } from './json.ts';
import { someOf } from './some.ts';

const typeName = fc.constantFrom(
  'object',
  'array',
  'string',
  'number',
  'integer',
  'boolean',
  'null',
);
const count = fc.oneof(fc.nat(5), anyNumber);
const pattern = fc.oneof(
  fc.constantFrom('^[a-z]{3,8}$', '\\d+', '^(a+)+$', '(?<=a)b', '[', '\\p{Script=Han}{2}', ''),
  anyText,
);
const reference = fc.oneof(
  fc.constantFrom('#', '#/$defs/a', '#/properties/a', '#/missing', 'https://example.com/schema'),
  anyText,
);

/** JSON Schemas, most of them meant, some contradictory, endless or no schemas at all. */
export const { anySchema } = fc.letrec((tie) => {
  const sub = tie('anySchema');
  const subs = fc.array(sub, { maxLength: 3 });
  const named = fc
    .array(fc.tuple(fc.oneof(fc.constantFrom('a', 'b', 'city'), oddKey), sub), { maxLength: 3 })
    .map((members) => Object.fromEntries(members));
  return {
    anySchema: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      { weight: 2, arbitrary: typeName.map((type) => ({ type })) },
      { weight: 6, arbitrary: tie('keywords') },
      { weight: 1, arbitrary: tie('mistake') },
    ),
    mistake: fc.oneof(fc.boolean(), anyJson),
    keywords: someOf({
      type: fc.oneof(typeName, fc.array(typeName, { maxLength: 3 })),
      properties: named,
      required: fc.array(fc.oneof(fc.constantFrom('a', 'b', 'city'), oddKey), { maxLength: 3 }),
      additionalProperties: sub,
      patternProperties: named,
      minProperties: count,
      items: sub,
      prefixItems: subs,
      minItems: count,
      maxItems: count,
      uniqueItems: fc.boolean(),
      contains: sub,
      minLength: count,
      maxLength: count,
      pattern,
      format: fc.oneof(fc.constantFrom('date-time', 'email', 'uuid', 'ipv6'), anyText),
      minimum: anyNumber,
      exclusiveMaximum: anyNumber,
      multipleOf: anyNumber,
      enum: fc.array(anyJson, { maxLength: 3 }),
      const: anyJson,
      default: anyJson,
      anyOf: subs,
      oneOf: subs,
      allOf: subs,
      not: sub,
      if: sub,
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: sub,
      $ref: reference,
      $defs: named,
    }),
  };
});

/** Schemas of arguments as tools have them. */
export const objectSchema = fc
  .dictionary(
    fc.constantFrom('city', 'days', 'unit', '__proto__', 'a b'),
    fc.oneof(
      fc.constantFrom(
        { type: 'string' },
        { type: 'integer', minimum: 0, maximum: 9 },
        { type: 'boolean' },
        { enum: ['celsius', '你好\n🙂'] },
        { type: 'array', items: { type: 'number' }, maxItems: 3 },
        { type: 'object', properties: { deep: { type: 'string' } }, required: ['deep'] },
      ),
    ),
    { maxKeys: 4, noNullPrototype: true },
  )
  .map((properties) => ({ type: 'object', properties, required: Object.keys(properties) }));

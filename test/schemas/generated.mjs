import fc from 'fast-check';

const numRuns = 300;
const seed = 20_260_901;

/** Without "__proto__", which Ajv never takes for a declared member. */
const names = fc.constantFrom('city', 'days', 'unit', 'a b', 'constructor', '城市', 'x-1');
const leaf = fc.oneof(
  fc.integer({ min: -5000, max: 5000 }).chain((at) =>
    fc.record({ least: fc.nat(9), most: fc.nat(9) }).map(({ least, most }) => ({
      schema: { type: 'integer', minimum: at - least, maximum: at + most },
      value: at,
    })),
  ),
  fc.nat(40).map((size) => ({
    schema: { type: 'string', minLength: size, maxLength: size + 2 },
    value: 'a'.repeat(size),
  })),
  fc
    .uniqueArray(fc.jsonValue({ maxDepth: 1 }), {
      minLength: 1,
      maxLength: 4,
      selector: JSON.stringify,
    })
    .map((values) => ({ schema: { enum: values }, value: values[0] })),
  fc.stringMatching(/^[a-z]{1,4}-[0-9]{2,5}$/).map((value) => ({
    schema: { type: 'string', pattern: '^[a-z]{1,4}-[0-9]{2,5}$' },
    value,
  })),
  fc.boolean().map((value) => ({ schema: { type: ['boolean', 'null'] }, value })),
);

/** Pairs of a schema and a value that satisfies it. */
const { pair } = fc.letrec((tie) => ({
  pair: fc.oneof({ maxDepth: 4 }, leaf, tie('object'), tie('array'), tie('choice'), tie('both')),
  object: fc
    .tuple(
      fc.uniqueArray(fc.tuple(names, tie('pair')), { maxLength: 5, selector: ([name]) => name }),
      fc.record({ closed: fc.boolean(), least: fc.nat(2), optional: fc.nat(3) }),
    )
    .map(([members, { closed, least, optional }]) => ({
      schema: {
        type: 'object',
        properties: Object.fromEntries(members.map(([name, { schema }]) => [name, schema])),
        required: members.slice(optional).map(([name]) => name),
        minProperties: Math.min(least, members.length),
        ...(closed && { additionalProperties: false }),
      },
      value: Object.fromEntries(members.map(([name, { value }]) => [name, value])),
    })),
  array: fc.tuple(tie('pair'), fc.nat(4)).map(([{ schema, value }, count]) => ({
    schema: { type: 'array', items: schema, minItems: count, maxItems: count + 1 },
    value: Array(count).fill(value),
  })),
  choice: fc.array(tie('pair'), { minLength: 1, maxLength: 3 }).map((pairs) => ({
    schema: { anyOf: pairs.map(({ schema }) => schema) },
    value: pairs[0].value,
  })),
  both: tie('pair').map(({ schema, value }) => ({
    schema: { allOf: [schema, { not: { const: 'never this' } }] },
    value,
  })),
}));

/** Schemas that a value is known for. */
export function generateSchemas() {
  return fc.sample(pair, { numRuns, seed }).map(({ schema }, index) => ({
    path: `generated ${index}`,
    schema,
  }));
}

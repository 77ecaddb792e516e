import { expect, it } from 'vitest';
import { type ZodTypeAny, z } from 'zod/v3';
import type { Registration } from '../../src/contract/registry.ts';
import { buildComponents } from '../../src/openapi/components.ts';

/** Registered here alone, so that the contract's own registry stays as it is. */
function register<Schema extends ZodTypeAny>(id: string, schema: Schema): Schema & Registered {
  const registration = { id, provenance: 'assumed', description: id, schema } as const;
  return Object.assign(schema, { metaOpenApi: { 'x-component': id }, registration });
}

interface Registered {
  readonly registration: Registration;
}

/** What a schema becomes as a component, without what every component carries. */
function convert(schema: ZodTypeAny, ...others: readonly Registered[]): unknown {
  const { registration } = register('Subject', schema);
  const registrations = [registration, ...others.map((other) => other.registration)];
  const {
    description: _,
    'x-provenance': __,
    ...subject
  } = buildComponents(registrations)['Subject'] ?? {};
  return subject;
}

const Cat = register('Cat', z.object({ kind: z.literal('cat') }).strict());
const Dog = register('Dog', z.object({ kind: z.literal('dog') }).strict());
const Maybe = register('Maybe', z.string().nullable());
const Pet = register('Pet', z.discriminatedUnion('kind', [Cat, Dog]));

const cat = { $ref: '#/components/schemas/Cat' };
const dog = { $ref: '#/components/schemas/Dog' };
const nothing = { type: 'null' };

it.each([
  ['a type stands alone', z.string(), { type: 'string' }],
  ['a nullable type is a list', z.string().nullable(), { type: ['string', 'null'] }],
  ['null is null', z.null(), nothing],
  ['null allowed twice is null', z.null().nullable(), nothing],
  ['a literal null is null', z.literal(null), nothing],
  ['a literal is an enum', z.literal('a'), { type: 'string', enum: ['a'] }],
  [
    'a nullable literal lists null',
    z.literal('a').nullable(),
    { type: ['string', 'null'], enum: ['a', null] },
  ],
  [
    'a nullable enum lists null',
    z.enum(['a', 'b']).nullable(),
    { type: ['string', 'null'], enum: ['a', 'b', null] },
  ],
  [
    'branches of a union may overlap',
    z.union([z.string(), z.number()]),
    { anyOf: [{ type: 'string' }, { type: 'number' }] },
  ],
  [
    'a nullable union has a branch for null',
    z.union([z.string(), z.number()]).nullable(),
    { anyOf: [{ type: 'string' }, { type: 'number' }, nothing] },
  ],
  [
    'a nullable intersection may be null',
    z.object({ a: z.intersection(z.string(), z.string()).nullable() }),
    {
      type: 'object',
      properties: { a: { anyOf: [{ allOf: [{ type: 'string' }, { type: 'string' }] }, nothing] } },
      required: ['a'],
    },
  ],
  [
    'a nullable unknown is anything',
    z.object({ a: z.unknown().nullable().describe('Any.') }),
    { type: 'object', properties: { a: { description: 'Any.' } } },
  ],
  [
    'a member may have the name of a keyword',
    z.object({ type: z.null(), oneOf: z.string(), items: z.literal('null') }),
    {
      type: 'object',
      properties: {
        type: nothing,
        oneOf: { type: 'string' },
        items: { type: 'string', enum: ['null'] },
      },
      required: ['type', 'oneOf', 'items'],
    },
  ],
])('%s', (_, schema, expected) => {
  expect(convert(schema)).toEqual(expected);
});

it.each([
  ['a component is referred to', Cat, cat],
  ['an optional component is referred to', Cat.optional(), cat],
  ['a nullable component is a union', Cat.nullable(), { anyOf: [cat, nothing] }],
  [
    'a description stays beside the union',
    Cat.nullish().describe('If any.'),
    { description: 'If any.', anyOf: [cat, nothing] },
  ],
  [
    'a description stays beside the reference',
    Cat.optional().describe('If any.'),
    { ...cat, description: 'If any.' },
  ],
  [
    'a default stays beside the reference',
    Cat.default({ kind: 'cat' }),
    { ...cat, default: { kind: 'cat' } },
  ],
  ['a component that is nullable itself stays so', Maybe, { $ref: '#/components/schemas/Maybe' }],
  ['items are referred to', z.array(Cat).nullable(), { type: ['array', 'null'], items: cat }],
  [
    'values of a record are referred to',
    z.record(Cat),
    { type: 'object', additionalProperties: cat },
  ],
])('%s', (_, schema, expected) => {
  const subject = convert(z.object({ a: schema }), Cat, Maybe);

  expect(subject).toHaveProperty('properties.a', expected);
});

it('a discriminator maps every value to a component', () => {
  const mapping = { cat: cat.$ref, dog: dog.$ref };

  expect(convert(z.discriminatedUnion('kind', [Cat, Dog]), Cat, Dog)).toEqual({
    oneOf: [cat, dog],
    discriminator: { propertyName: 'kind', mapping },
  });
});

it('null stays outside a union with a discriminator', () => {
  const mapping = { cat: cat.$ref, dog: dog.$ref };
  const union = { oneOf: [cat, dog], discriminator: { propertyName: 'kind', mapping } };

  expect(convert(z.discriminatedUnion('kind', [Cat, Dog]).nullable(), Cat, Dog)).toEqual({
    anyOf: [union, nothing],
  });
});

it('a component with several values of the discriminator is mapped from each', () => {
  const Stray = register('Stray', z.object({ kind: z.enum(['fox', 'wolf']) }).strict());
  const stray = '#/components/schemas/Stray';

  expect(convert(z.discriminatedUnion('kind', [Cat, Stray]), Cat, Stray)).toHaveProperty(
    'discriminator.mapping',
    { cat: cat.$ref, fox: stray, wolf: stray },
  );
});

it('a branch without a name is refused', () => {
  const Fox = z.object({ kind: z.literal('fox') }).strict();

  expect(() => convert(z.discriminatedUnion('kind', [Cat, Fox]), Cat)).toThrow(
    'The branch of a union whose "kind" is "fox" has no name. Wrap it in named().',
  );
});

it('a union of one is that one', () => {
  expect(convert(z.array(z.discriminatedUnion('kind', [Cat])), Cat)).toEqual({
    type: 'array',
    items: cat,
  });
});

it('a lazy schema with a name may contain itself', () => {
  const Tree: Registered & ZodTypeAny = register(
    'Tree',
    z.lazy(() => z.object({ left: Tree.nullable(), leaves: z.array(Tree) }).strict()),
  );
  const tree = { $ref: '#/components/schemas/Tree' };

  expect(buildComponents([Tree.registration])).toHaveProperty('Tree', {
    description: 'Tree',
    'x-provenance': 'assumed',
    type: 'object',
    properties: { left: { anyOf: [tree, nothing] }, leaves: { type: 'array', items: tree } },
    required: ['left', 'leaves'],
    additionalProperties: false,
  });
});

it('a union that is a component itself is referred to, nullable or not', () => {
  const pet = { $ref: '#/components/schemas/Pet' };

  expect(convert(z.object({ a: Pet, b: Pet.nullable() }), Cat, Dog, Pet)).toHaveProperty(
    'properties',
    { a: pet, b: { anyOf: [pet, nothing] } },
  );
});

it.each([
  ['lazy', z.lazy(() => z.unknown())],
  ['unknown', z.unknown()],
  ['tuple', z.tuple([z.string()])],
])('a component that would be empty (%s) is refused', (_, schema) => {
  expect(() => convert(schema)).toThrow('The schema "Subject" came out empty.');
});

it('components come in alphabetical order', () => {
  const registrations = [Pet, Dog, Cat].map(({ registration }) => registration);

  expect(Object.keys(buildComponents(registrations))).toEqual(['Cat', 'Dog', 'Pet']);
});

import { expect, it } from 'vitest';
import { createRandom } from '../../../src/generate/random.ts';
import { createValueMaker } from '../../../src/generate/value/make.ts';
import { list, makeWith, satisfiable, seeds } from './schemas.ts';

it.each([
  [undefined],
  [true],
  [{}],
  [{ description: 'Nothing.' }],
  [{ type: 'object' }],
])('no constraint gives an empty object: %j', (schema) => {
  expect(makeWith(schema)).toEqual({ value: {} });
});

it('a value depends on the schema and the random stream alone', () => {
  const schemas = satisfiable.map(([, schema]) => schema);
  const used = createValueMaker();
  for (const schema of schemas) used.make(schema, createRandom(99));
  for (const schema of schemas) {
    const alone = makeWith(schema, 7);
    expect(used.make(schema, createRandom(7))).toEqual(alone);
  }
  const values = seeds.map((seed) => JSON.stringify(makeWith(list, seed).value));
  expect(new Set(values).size).toBeGreaterThan(5);
});

it('a forgotten schema gives the same value again', () => {
  const maker = createValueMaker();
  const first = maker.make(list, createRandom(3));
  for (let most = 0; most < 250; most += 1) maker.make({ maximum: most }, createRandom(0));
  expect(maker.make(list, createRandom(3))).toEqual(first);
});

it('a schema is not changed', () => {
  const schema = structuredClone(list);
  makeWith(schema);
  expect(schema).toEqual(list);
  expect(Reflect.ownKeys(schema)).toEqual(Reflect.ownKeys(list));
});

it.each([
  -1.7e-292,
  0.5,
  -3,
  Number.POSITIVE_INFINITY,
])('a size of %d is no size, and counts for nothing', (maxItems) => {
  expect(makeWith({ contains: {}, maxItems }).problem).toBeUndefined();
});

import { expect, it } from 'vitest';
import { makeWith, object, seeds } from './schemas.ts';

it('free members read well', () => {
  const schema = object({
    city: { type: 'string' },
    userEmail: { type: 'string' },
    max_results: { type: 'integer' },
    anything: {},
  });
  for (const seed of seeds) {
    const { value } = makeWith(schema, seed);
    expect(value).toEqual({
      city: expect.stringMatching(/^(Paris|Tokyo|Beijing|Nairobi|Lima)$/),
      userEmail: expect.stringMatching(/@example\.(com|org)$/),
      max_results: expect.any(Number),
      anything: expect.stringMatching(/^[a-z]+ [a-z]+$/),
    });
    const count = (value as { max_results: number }).max_results;
    expect(Number.isInteger(count) && count >= 0 && count <= 100).toBe(true);
  }
});

it('huge upper bounds give small values', () => {
  const schema = object({
    items: { type: 'array', maxItems: 1e9, items: {} },
    text: { type: 'string', maxLength: 1e9 },
  });
  for (const seed of seeds) {
    expect(JSON.stringify(makeWith(schema, seed).value).length).toBeLessThan(300);
  }
});

it('a long text and a long list within the limits are made', () => {
  const text = makeWith({ type: 'string', minLength: 100_000 });
  expect(text).toEqual({ value: expect.stringMatching(/^[a-z ]{100000}$/) });
  const items = makeWith({ type: 'array', minItems: 1000, items: object({ id: {} }) });
  expect(items).toEqual({ value: expect.objectContaining({ length: 1000 }) });
});

it('a multiple divides without dust of binary fractions', () => {
  for (const seed of seeds) {
    const { value } = makeWith({ type: 'number', multipleOf: 0.0001 }, seed);
    expect(Number.isInteger(Number(value) / 0.0001)).toBe(true);
  }
});

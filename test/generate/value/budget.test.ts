import { expect, it, vi } from 'vitest';
import { createBudget, lastVisits, mostVisits } from '../../../src/generate/value/budget.ts';
import { makeWith, object } from './schemas.ts';

const spent: number[] = [];

vi.mock('../../../src/generate/value/budget.ts', async (importActual) => {
  const actual = await importActual<typeof import('../../../src/generate/value/budget.ts')>();
  return {
    ...actual,
    createBudget() {
      const { allow, spend } = actual.createBudget();
      return {
        allow,
        spend(visits = 1) {
          const nothing = spend(visits); // throws beyond the limit
          spent.push(visits);
          return nothing;
        },
      };
    },
  };
});

function countVisits(schema: unknown): number {
  spent.length = 0;
  makeWith(schema);
  return spent.reduce((sum, visits) => sum + visits, 0);
}

it('a budget that is spent is refused', () => {
  const { allow, spend } = createBudget();
  allow(2);
  expect(() => spend(2)).not.toThrow();
  expect(() => spend()).toThrow(RangeError);
});

it('a simple schema takes few visits', () => {
  expect(countVisits(object({ city: { type: 'string' } }))).toBeLessThan(20);
});

const itself = { $ref: '#' };
const rows = { type: 'array', minItems: 1000, items: { type: 'string' } };

it.each<[string, unknown]>([
  ['a choice of itself', { enum: [[1, 2, 3]], maxItems: 284, anyOf: [true, itself] }],
  ['a choice of itself without a value', { not: {}, anyOf: [{ minLength: 0 }, itself, itself] }],
  ['members by turns', object({ left: itself, right: itself })],
  ['a million texts', { type: 'array', minItems: 1000, items: rows }],
])('all tries on one value share one budget: %s', (_title, schema) => {
  expect(countVisits(schema)).toBeLessThanOrEqual(mostVisits + lastVisits);
});

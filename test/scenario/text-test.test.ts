import fc from 'fast-check';
import { expect, it } from 'vitest';
import { quote } from '../../src/scenario/text-test.ts';

const longest = 80;

it('a value is quoted as the beginning of its JSON, however long that is', () => {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 6 }),
    fc.string({ minLength: 70, maxLength: 90, unit: 'binary' }),
    fc.array(fc.integer(), { minLength: 30, maxLength: 60 }),
    fc.array(fc.constantFrom({}, [], 7), { minLength: 20, maxLength: 90 }),
    fc.dictionary(fc.string({ minLength: 60, maxLength: 90 }), fc.string()),
  );
  fc.assert(
    fc.property(value, (any) => {
      const text = JSON.stringify(any);
      const cut = `${text.slice(0, longest).toWellFormed()}…`;

      expect(quote(any)).toBe(text.length <= longest ? text : cut);
    }),
    { seed: 20_260_901, numRuns: 2000 },
  );
});

it('what is not there is quoted as nothing', () => {
  expect(quote(undefined)).toBe('nothing');
});

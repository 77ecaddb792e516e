import { expect, it } from 'vitest';
import { makeWith, object } from './schemas.ts';

it.each([
  ['^(a+)+$', /^a+$/],
  ['^([a-z]+)*!$', /^[a-z]*!$/],
  ['^(\\w+\\s?)+$', /^[\w\s]+$/],
  ['^[A-Z]{3}-\\d{4}$', /^[A-Z]{3}-\d{4}$/],
  ['^\\p{Script=Greek}{2}$', /^\p{Script=Greek}{2}$/u],
])('a text matches the pattern %s', (pattern, expected) => {
  const { value, problem } = makeWith(object({ text: { type: 'string', pattern } }));
  expect(problem).toBeUndefined();
  expect(value).toEqual({ text: expect.stringMatching(expected) });
});

it('a pattern that backtracks is not run on a text it would hang on', () => {
  const evil = `${'a'.repeat(60)}!`;
  const { problem } = makeWith(object({ text: { enum: [evil], pattern: '^(a+)+$' } }));
  expect(problem).toContain('/text');
  const byName = { ...object({ [evil]: {} }), patternProperties: { '^(a+)+$': false } };
  expect(makeWith(byName).problem).toBeUndefined();
  const url = { enum: [`http://${evil}`], format: 'url' };
  expect(makeWith(url)).toEqual({ value: `http://${evil}` });
});

it.each([
  '(?=x)',
  '^(?!-)[a-z]+$',
  '(a)\\1',
  '(',
])('a pattern beyond RE2 gets a text and a problem: %s', (pattern) => {
  const { value, problem } = makeWith(object({ text: { type: 'string', pattern } }));
  expect(value).toEqual({ text: expect.any(String) });
  expect(problem).toBe(`The pattern "${pattern}" is not one that RE2 can check.`);
});

it('a pattern beyond RE2 is no problem for a value that it does not concern', () => {
  const schema = { anyOf: [{ type: 'integer' }], pattern: '(?=x)' };
  expect(makeWith(schema)).toEqual({ value: expect.any(Number) });
});

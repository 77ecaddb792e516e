import { type Schema, Validator } from '@cfworker/json-schema';
import { expect, it } from 'vitest';
import { makeWith, satisfiable, seeds, strict } from './schemas.ts';

it.each(satisfiable)('a value satisfies %s', (_title, schema) => {
  const draft = schema.$schema ? '7' : '2020-12';
  for (const seed of seeds) {
    const { value, problem } = makeWith(schema, seed);
    expect(problem).toBeUndefined();
    expect(new Validator(structuredClone(schema), draft).validate(value).errors).toEqual([]);
  }
});

it.each([
  ...['date', 'time', 'date-time', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid'],
  ...['uri', 'uri-reference', 'uri-template', 'regex', 'json-pointer', 'relative-json-pointer'],
])('a text has the format %s', (format) => {
  const schema: Schema = { type: 'string', format };
  for (const seed of seeds) {
    const { value, problem } = makeWith(schema, seed);
    expect({ value, problem }).toEqual({ value: expect.any(String), problem: undefined });
    expect(new Validator(schema, '2020-12').validate(value).valid).toBe(true);
  }
});

it('inherited names become own members', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
  const properties = Object.fromEntries(names.map((name) => [name, { type: 'integer' }]));
  const { value, problem } = makeWith({ type: 'object', properties, required: names, ...strict });
  expect(problem).toBeUndefined();
  expect(Object.keys(value as object)).toEqual(names);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(Object.hasOwn(Object.prototype, '0')).toBe(false);
});

import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import { documents, longcat } from './documents.ts';

it.each(documents)('$name is a valid OpenAPI 3.1 document', async ({ document }) => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone({ ...document }));

  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  expect(validator.version).toBe('3.1');
});

it('a document with a fault is not', async () => {
  const broken = structuredClone({ ...longcat, paths: { '/a': { get: { responses: [] } } } });
  const { valid } = await new Validator().validate(broken);

  expect(valid).toBe(false);
});

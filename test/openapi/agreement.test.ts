import { Validator } from '@cfworker/json-schema';
import { expect, it } from 'vitest';
import { operations } from '../../src/contract/operations.ts';
import { listRegistrations } from '../../src/contract/registry.ts';
import { buildComponents } from '../../src/openapi/components.ts';
import { listBodies } from './bodies.ts';

const registrations = listRegistrations();
const schemas = buildComponents(registrations);
const bodiesEach = 2500;

it('the operations have brought their schemas into the registry', () => {
  const registered = registrations.map(({ schema }) => schema);

  expect(registered).toContain(operations.createChatCompletion.request);
});

it.each(registrations)('zod and JSON Schema judge bodies of $id alike', ({ id, schema }) => {
  const document = { $ref: `#/components/schemas/${id}`, components: { schemas } };
  const validator = new Validator(document, '2020-12', true);
  const verdicts = { accepted: 0, refused: 0 };

  for (const body of listBodies(document, bodiesEach)) {
    const accepted = schema.safeParse(body).success;
    verdicts[accepted ? 'accepted' : 'refused'] += 1;
    if (validator.validate(body).valid !== accepted) {
      expect.fail(`zod ${accepted ? 'accepts' : 'refuses'} ${JSON.stringify(body)}`);
    }
  }

  // Bodies that are all valid, or all invalid, would prove little.
  expect(Math.min(...Object.values(verdicts))).toBeGreaterThan(bodiesEach / 20);
});

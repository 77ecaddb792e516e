import { expect, it } from 'vitest';
import type { ZodTypeAny } from 'zod/v3';
import type { Operation } from '../../src/admin/operation.ts';
import { adminOperations, type OperationId } from '../../src/admin/operations.ts';
import { createAdmin } from '../../src/admin/routes.ts';
import { ErrorAnswer } from '../../src/admin/schema/common.ts';
import type { AdminSettings } from '../../src/admin/settings.ts';
import { errorCatalogue, mockErrorNames } from '../../src/contract/errors.ts';
import { createLongCatMock } from '../../src/index.ts';
import { answerExamples, bodyExamples } from '../../src/openapi/admin/examples.ts';
import { FixtureFile, FixtureSchema } from '../../src/scenario/schema.ts';
import { checkDocumented } from '../admin/documented.ts';
import { admin } from './documents.ts';
import { listOperations } from './walk.ts';

const entries = Object.entries(adminOperations) as [OperationId, Operation][]; // Object.entries widens to string

it('every operation that is served is documented, and no other', () => {
  const { routes } = createAdmin({ shipped: {}, maxBody: 1 } as AdminSettings); // nothing is asked of it
  const served = routes.filter(({ method }) => method !== 'ALL');
  const documented = Object.entries(admin.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replace(/\{\w+\}/, ':id')}`),
  );

  expect(documented.sort()).toEqual(served.map(({ method, path }) => `${method} ${path}`).sort());
});

it('an operation has the name that programs know', () => {
  const ids = listOperations(admin).map(({ operationId }) => operationId);

  expect(ids.sort()).toEqual(entries.map(([id]) => id).sort());
});

it('the mock answers with the document, itself as the server', async () => {
  const mock = createLongCatMock();
  const response = await mock.fetch('http://localhost/__admin/openapi.json');

  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    ...admin,
    servers: [{ url: '/', description: 'This mock' }],
  });
});

const bodies = entries.flatMap(([id, { body }]) =>
  Object.entries(bodyExamples[id] ?? {}).map(([name, { value }]) => ({ id, name, body, value })),
);

it.each(bodies)('the example of a body is accepted: $id, $name', ({ body, value }) => {
  expect(body?.safeParse(value)).toMatchObject({ success: true });
});

it('the examples of fixtures are fixtures', () => {
  const [one, several] = Object.values(bodyExamples.addFixtures ?? {}).map(({ value }) => value);
  const fixtures = [one, ...(several as unknown[]), { id: 'a', ...replacement() }];

  for (const fixture of fixtures) {
    expect(FixtureSchema.safeParse(fixture)).toMatchObject({ success: true });
  }
  const { value: file } = bodyExamples.importFixtures?.['example'] ?? {};
  expect(FixtureFile.safeParse(file)).toMatchObject({ success: true });
});

function replacement(): object {
  return bodyExamples.putFixture?.['example']?.value as object; // as the table has it
}

const answers = entries.flatMap(([id, operation]) =>
  Object.entries<ZodTypeAny>(operation.answers).map(([status, schema]) => ({ id, status, schema })),
);

it.each(answers)('the example of an answer is accepted: $id, $status', (answer) => {
  const { id, status, schema } = answer;
  const examples = Object.values(answerExamples[id][Number(status)] ?? {});

  expect(examples).not.toEqual([]);
  for (const { value } of examples) {
    expect(schema.safeParse(value)).toMatchObject({ success: true });
    checkDocumented(id, Number(status), value);
  }
});

it.each(listOperations(admin))('$operationId may be refused as its document shows', (operation) => {
  const { operationId, responses } = operation;
  const refused = Object.entries(responses).filter(([, { content }]) =>
    content['application/json']?.schema.$ref?.endsWith('/ErrorAnswer'),
  );

  expect(refused.length).toBeGreaterThan(2);
  for (const [status, { content }] of refused) {
    for (const { value } of Object.values(content['application/json']?.examples ?? {})) {
      expect(ErrorAnswer.safeParse(value)).toMatchObject({ success: true });
      checkDocumented(operationId as OperationId, Number(status), value); // as just listed
    }
  }
});

it('what the mock says for itself on LongCat’s routes is listed', () => {
  const listed = Object.entries(
    (admin as unknown as Record<'x-longcat-mock-refusals', object>)['x-longcat-mock-refusals'], // an extension
  );

  expect(listed.map(([name]) => name)).toEqual(mockErrorNames);
  for (const [name, { status, body }] of listed) {
    expect({ status, body }).toEqual({
      status: errorCatalogue[name as (typeof mockErrorNames)[number]].status, // as just seen
      body: errorCatalogue[name as (typeof mockErrorNames)[number]].body,
    });
  }
});

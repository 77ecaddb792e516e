import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import type { ZodTypeAny } from 'zod/v3';
import {
  ErrorBody,
  errorBody,
  errorCatalogue,
  errorNames,
  WafBody,
} from '../../src/contract/errors.ts';
import { type Operation, operations } from '../../src/contract/operations.ts';
import { listRegistrations } from '../../src/contract/registry.ts';
import type { Examples } from '../../src/openapi/examples/example.ts';
import { operationExamples } from '../../src/openapi/examples.ts';
import { listBodies } from './bodies.ts';
import { longcat } from './documents.ts';

const { components } = longcat;
const ajv = new Ajv2020({ strict: false });
ajv.addSchema(longcat, 'longcat');

const everyOperation: readonly Operation[] = Object.values(operations);

/** What goes over the wire as a whole, with its examples. */
const whole = new Map<ZodTypeAny | undefined, readonly unknown[]>([
  ...everyOperation.flatMap(({ id, request, response, streamEvent }) => {
    const shown = operationExamples[id as keyof typeof operations]; // the table's own keys
    return [
      [request, listValues(shown.request)],
      [response, listValues(shown.response)],
      [streamEvent, listValues(shown.streamEvent)],
    ] as const;
  }),
  [ErrorBody, errorNames.map((name) => errorBody(name))],
  [WafBody, [errorCatalogue.waf_blocked.body]],
]);
whole.delete(undefined); // there is nothing to send, or to stream

function listValues(examples: Examples = {}): readonly unknown[] {
  return Object.values(examples).map(({ value }) => value);
}

/** Bodies are tried more than the parts that are in them. */
const cases = listRegistrations().map(({ id, schema }) => {
  const examples = whole.get(schema);
  return { id, schema, examples: examples ?? [], count: examples ? 1400 : 80 };
});

it('no fewer than 20,000 bodies are tried', () => {
  const total = cases.reduce((sum, { count }) => sum + count, 0);

  expect(cases.filter(({ count }) => count > 1000).length).toBe(whole.size);
  expect(total).toBeGreaterThanOrEqual(20_000);
});

it.each(cases)('zod and Ajv judge bodies of $id alike', ({ id, schema, examples, count }) => {
  const pointer = `#/components/schemas/${id}`;
  const validate = ajv.compile({ $ref: `longcat${pointer}` });
  const verdicts = { accepted: 0, refused: 0, acceptedMutated: 0, mutated: 0 };

  for (const { body, isMutated } of listBodies(
    { $ref: pointer, components },
    { count, examples },
  )) {
    const accepted = schema.safeParse(body).success;
    verdicts[accepted ? 'accepted' : 'refused'] += 1;
    if (isMutated) verdicts.mutated += 1;
    if (isMutated && accepted) verdicts.acceptedMutated += 1;
    if (validate(body) !== accepted) {
      expect.fail(`zod ${accepted ? 'accepts' : 'refuses'} ${JSON.stringify(body)}`);
    }
  }

  // Bodies that are all valid, or all invalid, would prove little.
  const { accepted, refused, acceptedMutated, mutated } = verdicts;
  expect(accepted).toBeGreaterThan(count / 8);
  expect(refused).toBeGreaterThan(count / 8);
  expect(acceptedMutated).toBeGreaterThan(mutated / 30);
  expect(mutated - acceptedMutated).toBeGreaterThan(mutated / 4);
});

import { expect, it } from 'vitest';
import { z } from 'zod/v3';
import { operations } from '../../src/contract/operations.ts';
import { quirks } from '../../src/contract/quirks.ts';
import { listRegistrations, named } from '../../src/contract/registry.ts';

const registrations = listRegistrations();

it('every schema of an operation has a name and a provenance', () => {
  const schemas = Object.values(operations).flatMap((operation) => [
    operation.response,
    ...('request' in operation ? [operation.request, operation.streamEvent] : []),
  ]);
  const known = registrations.map(({ schema }) => schema);

  for (const schema of schemas) expect(known).toContain(schema);
});

it.each(
  registrations.map(({ id, ...rest }) => ({ id, ...rest })),
)('$id says where it was learned', (entry) => {
  expect(['documented', 'observed', 'sdk', 'assumed']).toContain(entry.provenance);
  expect(entry.description).not.toBe('');
  for (const quirk of entry.quirks ?? []) expect(quirks).toHaveProperty(quirk);
});

it('two schemas cannot have one name', () => {
  const registration = { id: 'ChatUsage', provenance: 'assumed', description: 'Twin.' } as const;

  expect(() => named(registration, z.object({}))).toThrow('Two schemas are named "ChatUsage".');
});

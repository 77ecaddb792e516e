import { generateSchema } from '@anatine/zod-openapi';
import type { ZodTypeAny } from 'zod/v3';
import type { Registration } from '../contract/registry.ts';
import { qualifyTitles, settleDiscriminator } from './branches.ts';
import { componentOf, toReference } from './reference.ts';
import { repairNode, repairUnion } from './repair.ts';
import { type JsonSchema, mapChildren } from './schema.ts';

export type Components = Readonly<Record<string, JsonSchema>>;

/** Every named schema by its name, in alphabetical order, so that import order does not show. */
export function buildComponents(registrations: readonly Registration[]): Components {
  const sorted = [...registrations].sort((left, right) => (left.id < right.id ? -1 : 1));
  const inlined = new Map(sorted.map(({ id, schema }) => [id, toJsonSchema(schema)]));
  return Object.fromEntries(
    sorted.map((registration) => [registration.id, buildComponent(registration, inlined)]),
  );
}

function buildComponent(
  { id, provenance, description, quirks }: Registration,
  inlined: ReadonlyMap<string, JsonSchema>,
): JsonSchema {
  const { 'x-component': _, description: __, ...node } = inlined.get(id) ?? {};
  const schema = qualifyTitles(convert(node, inlined), id);
  if (Object.keys(schema).length === 0) {
    throw new Error(
      `The schema "${id}" came out empty. Write it with types that @anatine/zod-openapi reads: no tuple, set, map or lazy.`,
    );
  }
  return {
    description,
    'x-provenance': provenance,
    ...(quirks && { 'x-quirks': quirks }),
    ...schema,
  };
}

/** What the converter makes of a schema: everything inlined, the marks of the contract in it. */
function toJsonSchema(schema: ZodTypeAny): JsonSchema {
  return JSON.parse(JSON.stringify(generateSchema(schema))); // leaves out undefined members
}

function convert(node: JsonSchema, inlined: ReadonlyMap<string, JsonSchema>): JsonSchema {
  const id = componentOf(node);
  const component = id === undefined ? undefined : inlined.get(id);
  if (component) return toReference(node, component);

  const settled = settleDiscriminator(repairUnion(node));
  return repairNode(mapChildren(settled, (child) => convert(child, inlined)));
}

import { generateSchema } from '@anatine/zod-openapi';
import { type ZodTypeAny, z } from 'zod/v3';
import { settleDiscriminator } from './branches.ts';
import { componentOf, toReference } from './reference.ts';
import { repairNode, repairUnion } from './repair.ts';
import { type JsonSchema, mapChildren } from './schema.ts';

export type Components = Readonly<Record<string, JsonSchema>>;

/** A schema with a name, and what is told of it beside its form. */
export interface Component {
  readonly id: string;
  readonly description: string;
  readonly provenance?: string;
  readonly quirks?: readonly string[];
  readonly schema: ZodTypeAny;
}

/** Every named schema by its name, in alphabetical order, so that import order does not show. */
export function buildComponents(components: readonly Component[]): Components {
  const sorted = [...components].sort((left, right) => (left.id < right.id ? -1 : 1));
  const inlined = inlineAll(sorted);
  return Object.fromEntries(
    sorted.map((component) => [component.id, buildComponent(component, inlined)]),
  );
}

/** Converts schemas that are no components themselves, with references to those in them. */
export function createConverter(
  components: readonly Component[],
): (schema: ZodTypeAny) => JsonSchema {
  const inlined = inlineAll(components);
  return (schema) => convert(toJsonSchema(schema), inlined);
}

function inlineAll(components: readonly Component[]): ReadonlyMap<string, JsonSchema> {
  return new Map(components.map(({ id, schema }) => [id, toJsonSchema(schema)]));
}

function buildComponent(
  { id, provenance, description, quirks }: Component,
  inlined: ReadonlyMap<string, JsonSchema>,
): JsonSchema {
  const { 'x-component': _, description: __, ...node } = inlined.get(id) ?? {};
  const schema = convert(node, inlined);
  if (Object.keys(schema).length === 0) {
    throw new Error(
      `The schema "${id}" came out empty. Write it with types that @anatine/zod-openapi reads: no tuple, set or map.`,
    );
  }
  return {
    description,
    ...(provenance !== undefined && { 'x-provenance': provenance }),
    ...(quirks && { 'x-quirks': quirks }),
    ...schema,
  };
}

/**
 * What the converter makes of a schema: everything inlined, the marks of names in it. It does not
 * look into a lazy schema, so that a named one may contain itself: the mark becomes a reference.
 */
function toJsonSchema(schema: ZodTypeAny): JsonSchema {
  if (schema instanceof z.ZodLazy) return toJsonSchema(schema.schema);
  return JSON.parse(JSON.stringify(generateSchema(schema))); // leaves out undefined members
}

function convert(node: JsonSchema, inlined: ReadonlyMap<string, JsonSchema>): JsonSchema {
  const id = componentOf(node);
  const component = id === undefined ? undefined : inlined.get(id);
  if (component) return toReference(node, component);

  const { oneOf: [only, ...others] = [], discriminator: _, ...rest } = node;
  if (only && others.length === 0) return convert({ ...rest, ...only }, inlined);
  const settled = settleDiscriminator(repairUnion(node));
  return repairNode(mapChildren(settled, (child) => convert(child, inlined)));
}

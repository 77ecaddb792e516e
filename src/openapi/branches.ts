import { componentOf, pointTo } from './reference.ts';
import type { JsonSchema } from './schema.ts';

/**
 * Maps the values of a discriminator to the branches of its union. OpenAPI considers no branch in
 * a discriminator that has no name, and code generators would have to invent one.
 */
export function settleDiscriminator(node: JsonSchema): JsonSchema {
  const { discriminator, oneOf = [] } = node;
  if (!discriminator) return node;

  const { propertyName } = discriminator;
  const pairs = oneOf.flatMap((branch) => {
    const values = listValues(branch, propertyName);
    const id = componentOf(branch);
    if (id === undefined) throw new Error(explainUnnamed(propertyName, values));
    return values.map((value) => [value, pointTo(id)]);
  });
  return { ...node, discriminator: { propertyName, mapping: Object.fromEntries(pairs) } };
}

function listValues(branch: JsonSchema, propertyName: string): readonly string[] {
  return (branch.properties?.[propertyName]?.enum ?? []).map(String);
}

function explainUnnamed(propertyName: string, values: readonly string[]): string {
  const shown = values.map((value) => `"${value}"`).join(', ');
  return `The branch of a union whose "${propertyName}" is ${shown} has no name. Wrap it in named().`;
}

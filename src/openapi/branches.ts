import { componentOf, pointTo } from './reference.ts';
import { type JsonSchema, mapChildren, toPascalCase } from './schema.ts';

/**
 * Keeps the discriminator of a union whose branches are all components, with the mapping from
 * values to them. OpenAPI does not consider inline branches in a discriminator, so theirs goes,
 * and each gets a title instead: reference pages show it, code generators name types by it.
 */
export function settleDiscriminator(node: JsonSchema): JsonSchema {
  const { discriminator, ...rest } = node;
  const branches = node.oneOf ?? [];
  if (!discriminator) return node;

  const { propertyName } = discriminator;
  const ids = branches.map(componentOf);
  if (ids.includes(undefined)) {
    return { ...rest, oneOf: branches.map((branch) => entitle(branch, propertyName)) };
  }
  const pairs = branches.flatMap((branch, index) =>
    listValues(branch, propertyName).map((value) => [value, pointTo(ids[index] ?? '')]),
  );
  return { ...node, discriminator: { propertyName, mapping: Object.fromEntries(pairs) } };
}

/** Lengthens the titles inside a component by the path to them, which makes them unique. */
export function qualifyTitles(schema: JsonSchema, trail: string): JsonSchema {
  return mapChildren(schema, (child, property = '') => {
    const path = trail + toPascalCase(property) + (child.title ?? '');
    return { ...qualifyTitles(child, path), ...(child.title && { title: path }) };
  });
}

function entitle(branch: JsonSchema, propertyName: string): JsonSchema {
  if (componentOf(branch)) return branch;
  const [value, ...others] = listValues(branch, propertyName);
  const title = value && others.length === 0 ? toPascalCase(value) : 'Other';
  return { title, ...branch };
}

function listValues(branch: JsonSchema, propertyName: string): readonly string[] {
  return (branch.properties?.[propertyName]?.enum ?? []).map(String);
}

import { type JsonSchema, listTypes } from './schema.ts';

/**
 * Puts right what @anatine/zod-openapi writes for one node: null in all its forms, and types in
 * lists of one. The schemas inside the node are not touched.
 *
 * It cannot tell `z.literal('null').nullable()` from `z.null()`, for which both are the same text.
 */
export function repairNode(node: JsonSchema): JsonSchema {
  const { type: _, ...rest } = node;
  if (isNull(node)) return { ...omitEnum(rest), type: 'null' };

  const types = [...new Set(listTypes(node))];
  if (types.length === 0) return rest;
  if (types.length === 1 && types[0] === 'null') {
    return isComposite(rest) ? allowNull(rest) : rest;
  }
  const type = types.length === 1 ? types[0] : types;
  if (node.enum && types.includes('null')) return { type, ...rest, enum: [...node.enum, null] };
  return { type, ...rest };
}

/** A union as zod judges it: any branch may match, unless a discriminator keeps them apart. */
export function repairUnion(node: JsonSchema): JsonSchema {
  const { oneOf, ...rest } = node;
  return oneOf && !node.discriminator ? { ...rest, anyOf: oneOf } : node;
}

/** The schema, or null, with the description left where readers look for it. */
export function allowNull(schema: JsonSchema): JsonSchema {
  const { anyOf, oneOf, discriminator } = schema;
  const nothing = { type: 'null' };
  if (anyOf) return { ...schema, anyOf: [...anyOf, nothing] };
  if (oneOf && !discriminator) return { ...schema, oneOf: [...oneOf, nothing] };

  const { description, ...rest } = schema;
  return { ...(description && { description }), anyOf: [rest, nothing] };
}

/** `z.null()` comes as the string "null" or null, `z.literal(null)` as an object that is null. */
function isNull(node: JsonSchema): boolean {
  if (node.enum?.length !== 1) return false;
  const types = listTypes(node);
  if (node.enum[0] === null) return types.includes('object');
  return node.enum[0] === 'null' && types.includes('string') && types.includes('null');
}

function omitEnum({ enum: _, ...rest }: JsonSchema): JsonSchema {
  return rest;
}

function isComposite({ anyOf, oneOf, allOf }: JsonSchema): boolean {
  return Boolean(anyOf ?? oneOf ?? allOf);
}

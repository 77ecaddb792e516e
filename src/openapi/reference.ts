import type { ZodTypeAny } from 'zod/v3';
import { allowNull } from './repair.ts';
import { type JsonSchema, listTypes } from './schema.ts';

/** The keyword with which the contract marks a named schema. */
const mark = 'x-component';

/** The name of the component that a converted node is, or wraps. */
export function componentOf(node: JsonSchema): string | undefined {
  const id = node[mark];
  return typeof id === 'string' ? id : undefined;
}

/** The reference to a schema, which has to have a name. */
export function referTo(schema: ZodTypeAny): JsonSchema {
  const id = 'metaOpenApi' in schema ? componentOf(schema.metaOpenApi as JsonSchema) : undefined; // as named() sets it
  if (id === undefined) {
    throw new Error('An operation has a schema without a name. Wrap it in named().');
  }
  return { $ref: pointTo(id) };
}

export function pointTo(id: string): string {
  return `#/components/schemas/${id}`;
}

/** What a wrapper of a component, such as `.optional().describe(…)`, says beyond it. */
const annotations = ['description', 'default'] as const;

/**
 * A marked node as a reference to its component. What a wrapper said stays beside the reference;
 * `.nullable()` becomes a union.
 */
export function toReference(node: JsonSchema, component: JsonSchema): JsonSchema {
  const said = annotations.filter((keyword) => !isSame(node[keyword], component[keyword]));
  const reference: JsonSchema = {
    ...Object.fromEntries(said.map((keyword) => [keyword, node[keyword]])),
    $ref: pointTo(componentOf(node) ?? ''),
  };
  return countNulls(node) > countNulls(component) ? allowNull(reference) : reference;
}

/** Each `.nullable()` adds a null to the types, so a component that is itself nullable has one. */
function countNulls(node: JsonSchema): number {
  return listTypes(node).filter((type) => type === 'null').length;
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

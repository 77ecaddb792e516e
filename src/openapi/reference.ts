import type { ZodTypeAny } from 'zod/v3';
import { listRegistrations } from '../contract/registry.ts';
import { allowNull } from './repair.ts';
import { type JsonSchema, listTypes } from './schema.ts';

/** The keyword with which the contract marks a named schema. */
const mark = 'x-component';

/** The name of the component that a converted node is, or wraps. */
export function componentOf(node: JsonSchema): string | undefined {
  const id = node[mark];
  return typeof id === 'string' ? id : undefined;
}

/** The reference to a schema of the contract, which has to have a name. */
export function referTo(schema: ZodTypeAny): JsonSchema {
  const registration = listRegistrations().find((candidate) => candidate.schema === schema);
  if (!registration) {
    throw new Error(
      'An operation has a schema without a name. Wrap it in named() in src/contract/.',
    );
  }
  return { $ref: pointTo(registration.id) };
}

export function pointTo(id: string): string {
  return `#/components/schemas/${id}`;
}

/**
 * A marked node as a reference to its component. What a wrapper of the component said beyond it,
 * such as a description of the member, stays beside the reference; `.nullable()` becomes a union.
 */
export function toReference(node: JsonSchema, component: JsonSchema): JsonSchema {
  const id = componentOf(node) ?? '';
  const said = Object.entries(node).filter(
    ([keyword, value]) => keyword !== 'type' && !isSame(value, component[keyword]),
  );
  const reference: JsonSchema = { ...Object.fromEntries(said), $ref: pointTo(id) };
  return countNulls(node) > countNulls(component) ? allowNull(reference) : reference;
}

/** Each `.nullable()` adds a null to the types, so a component that is itself nullable has one. */
function countNulls(node: JsonSchema): number {
  return listTypes(node).filter((type) => type === 'null').length;
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

import type { ZodTypeAny } from 'zod/v3';
import type { QuirkName } from './quirks.ts';

/**
 * Where we learned what a schema says.
 *
 * - `documented`: LongCat’s published documentation
 * - `observed`: recorded traffic, a live probe, or a real body pasted in a public issue
 * - `sdk`: what the official OpenAI and Anthropic clients send or read, where LongCat is silent
 * - `assumed`: our best guess, from the serving engine or by analogy
 */
export type Provenance = 'documented' | 'observed' | 'sdk' | 'assumed';

export interface Registration {
  readonly id: string;
  readonly provenance: Provenance;
  readonly description: string;
  /** The switches that add or remove a member of this schema. */
  readonly quirks?: readonly QuirkName[];
  readonly schema: ZodTypeAny;
}

const registrations = new Map<string, Registration>();

/**
 * Gives a schema its public name and provenance, and returns it.
 *
 * The mark that `openapi/` reads lives on the schema object, and zod loses it in a later
 * `.extend()`, `.passthrough()` or `.describe()`: name a schema last.
 */
export function named<Schema extends ZodTypeAny>(
  registration: Omit<Registration, 'schema'>,
  schema: Schema,
): Schema {
  const { id } = registration;
  if (registrations.has(id)) throw new Error(`Two schemas are named "${id}".`);
  registrations.set(id, { ...registration, schema });
  return Object.assign(schema, { metaOpenApi: { 'x-component': id } });
}

/** Every named schema, in the order in which the contract names them. */
export function listRegistrations(): readonly Registration[] {
  return [...registrations.values()];
}

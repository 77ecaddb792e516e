import type { ZodTypeAny } from 'zod/v3';

export interface NamedSchema {
  readonly id: string;
  readonly description: string;
  readonly schema: ZodTypeAny;
}

const schemas = new Map<string, NamedSchema>();

/**
 * Gives a schema, by its description, a name in the OpenAPI document of the admin API.
 *
 * The mark that `openapi/` reads lives on the schema object, and zod loses it in a later
 * `.extend()`, `.strict()` or `.describe()`: name a schema last.
 */
export function named<Schema extends ZodTypeAny>(id: string, schema: Schema): Schema {
  if (schemas.has(id)) throw new Error(`Two schemas are named "${id}".`);
  schemas.set(id, { id, description: schema.description ?? '', schema });
  return shownAs(id, schema);
}

/** Has a schema shown as the one of that name, which says more than this one checks. */
export function shownAs<Schema extends ZodTypeAny>(id: string, schema: Schema): Schema {
  return Object.assign(schema, { metaOpenApi: { 'x-component': id } });
}

/** Every named schema of fixtures and of the admin API. */
export function listNamed(): readonly NamedSchema[] {
  return [...schemas.values()];
}

import { z } from 'zod/v3';
import type { Path } from './mistake.ts';

/** The keys that a schema knows at a path, of all alternatives there. */
export function listKnownKeys(schema: z.ZodTypeAny, path: Path): readonly string[] {
  const keys = listBranches([schema], path).flatMap((branch) =>
    branch instanceof z.ZodObject ? Object.keys(branch.shape) : [],
  );
  return [...new Set(keys)];
}

function listBranches(schemas: readonly z.ZodTypeAny[], path: Path): readonly z.ZodTypeAny[] {
  const branches = schemas.flatMap(unwrap);
  const [key, ...rest] = path;
  if (key === undefined) return branches;
  return listBranches(
    branches.flatMap((branch) => stepInto(branch, key)),
    rest,
  );
}

function unwrap(schema: z.ZodTypeAny): readonly z.ZodTypeAny[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(unwrap);
  if (schema instanceof z.ZodEffects) return unwrap(schema.innerType());
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault
  ) {
    return unwrap(schema._def.innerType);
  }
  return [schema];
}

function stepInto(schema: z.ZodTypeAny, key: string | number): readonly z.ZodTypeAny[] {
  if (schema instanceof z.ZodArray) return [schema.element];
  if (schema instanceof z.ZodRecord) return [schema.valueSchema];
  if (!(schema instanceof z.ZodObject) || !Object.hasOwn(schema.shape, key)) return [];
  return [schema.shape[key]];
}

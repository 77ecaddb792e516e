import { z } from 'zod/v3';
import type { Operation } from '../../admin/operation.ts';
import type { JsonSchema } from '../schema.ts';

/** What stands in the path and in the query of an operation. */
export function buildParameters(
  { path, parameter, query }: Operation,
  convert: (schema: z.ZodTypeAny) => JsonSchema,
): readonly object[] {
  const [, name] = /\{(\w+)\}/.exec(path) ?? [];
  const inPath = name
    ? [{ name, in: 'path', required: true, description: parameter, schema: { type: 'string' } }]
    : [];
  if (!(query instanceof z.ZodObject)) return inPath;
  const inQuery = Object.entries(query.shape as z.ZodRawShape).map(([member, schema]) => {
    const { description, ...form } = convert(schema);
    return { name: member, in: 'query', required: false, description, schema: form };
  });
  return [...inPath, ...inQuery];
}

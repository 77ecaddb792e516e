import { z } from 'zod/v3';
import type { Operation } from '../../admin/operation.ts';
import { buildSchema, type Component } from '../components.ts';

/** What stands in the path and in the query of an operation. */
export function buildParameters(
  { path, parameter, query }: Operation,
  components: readonly Component[],
): readonly object[] {
  const [, name] = /\{(\w+)\}/.exec(path) ?? [];
  const inPath = name
    ? [{ name, in: 'path', required: true, description: parameter, schema: { type: 'string' } }]
    : [];
  if (!(query instanceof z.ZodObject)) return inPath;
  const inQuery = Object.entries(query.shape as z.ZodRawShape).map(([member, schema]) => {
    const { description, ...form } = buildSchema(schema, components);
    return { name: member, in: 'query', required: false, description, schema: form };
  });
  return [...inPath, ...inQuery];
}

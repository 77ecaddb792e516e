import type { Random } from '../random.ts';
import type { MakeText } from './formats.ts';
import { isNode, type Node } from './node.ts';
import { makeNumber } from './number.ts';
import { restoreNames } from './shield.ts';
import { makeText } from './text.ts';

interface Place {
  readonly schema: Node;
  /** As json-schema-faker writes it: "/items/0/name". */
  readonly path: string;
  readonly source: Random;
  readonly formats: ReadonlyMap<string, MakeText>;
}

/** Puts a readable text or a small number in the place of a random one. */
export function makePlausible(value: unknown, { schema, path, source, formats }: Place): unknown {
  const isFree = Object.keys(schema).every((keyword) => keyword === '$defs');
  if (isFree && path === '/') return {};
  if (schema['const'] !== undefined || schema['enum'] !== undefined) return value;
  if (isFree || typeof value === 'string') {
    if (formats.has(String(schema['format']))) return value;
    const name = path.split('/').findLast((step) => !/^\d*$/.test(step)) ?? '';
    return makeText(name, schema, source);
  }
  if (typeof value === 'number') return makeNumber(schema, source);
  return isNode(value) ? restoreNames(value) : value;
}

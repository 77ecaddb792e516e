import { generateSync } from 'json-schema-faker';
import { createRandom } from '../random.ts';
import type { Budget } from './budget.ts';
import type { GeneratorCopy } from './generator.ts';
import { isNode } from './node.ts';
import { makePlausible } from './plausible.ts';

export interface DraftOptions {
  readonly budget: Budget;
  readonly seed: number;
  /** How often an optional member is there, from 0 to 1. */
  readonly optionals: number;
  readonly depth: number;
}

/** A value that probably satisfies the schema. */
export function draftValue(
  { schema, formats }: GeneratorCopy,
  { budget, seed, optionals, depth }: DraftOptions,
): unknown {
  const source = createRandom(seed);
  return generateSync(schema, {
    seed,
    optionalsProbability: optionals,
    maxDefaultItems: 2,
    maxDepth: depth,
    formats: Object.fromEntries(formats),
    outputTransform(value, part, path) {
      if (typeof value === 'string') budget.spend(value.length / 50);
      return makePlausible(value, { schema: isNode(part) ? part : {}, path, source, formats });
    },
  });
}

import type { Budget } from './budget.ts';
import { buildChecker, type CheckerCopy } from './checker.ts';
import { formats } from './formats.ts';
import { buildGenerator, type GeneratorCopy } from './generator.ts';
import type { Node } from './node.ts';
import { createScope } from './scope.ts';

/** A schema told twice without regular expressions: one copy to generate from, one to check by. */
export interface Prepared {
  readonly generator: GeneratorCopy;
  readonly checker: CheckerCopy;
}

/** Throws where the schema nests too deep to walk or has more patterns than anyone means. */
export function prepareSchema(schema: Node, spend: Budget['spend']): Prepared {
  const scope = createScope(schema, spend);
  const generators: Node = {};
  const checkers: Node = {};
  const generator: GeneratorCopy = {
    schema: { $ref: '#/$defs/r0', $defs: generators },
    formats: new Map(formats),
    refusals: [],
  };
  const checker: CheckerCopy = {
    schema: { $ref: '#/$defs/r0', $defs: checkers },
    doubts: [],
    gate: [true],
    subject: { texts: [], names: [] },
  };
  // Building one target may name further ones: the iteration of a Map goes on to those.
  for (const [target, name] of scope.targets) {
    checkers[name] = buildChecker(target, { ...scope, ...checker });
    generators[name] = buildGenerator(target, { ...scope, ...generator });
  }
  return { generator, checker };
}

import type { Budget } from './budget.ts';
import { createLocator } from './locate.ts';
import type { Node } from './node.ts';
import { compilePattern, type Pattern } from './pattern.ts';

/** What the parts of one schema share, whichever copy is built. */
export interface Scope {
  /** The schema itself and each target of a reference, with their names in the copies. */
  readonly targets: ReadonlyMap<unknown, string>;
  /** Up to draft 7 a reference silences the keywords beside it. */
  readonly silencesSiblings: boolean;
  /** The name of what a reference in `from`, a node of the schema, refers to. */
  nameOf(reference: string, from: Node): string | undefined;
  patternOf(source: string): Pattern;
  /** Counts a visit of a node, and throws when there were too many. */
  readonly spend: Budget['spend'];
}

const mostPatterns = 1000;

export function createScope(schema: Node, spend: Budget['spend']): Scope {
  const targets = new Map<unknown, string>([[schema, 'r0']]);
  const patterns = new Map<string, Pattern>();
  const locate = createLocator(schema);

  function nameOf(reference: string, from: Node): string | undefined {
    const target = locate(reference, from);
    if (target !== undefined && !targets.has(target)) targets.set(target, `r${targets.size}`);
    return targets.get(target);
  }

  function patternOf(source: string): Pattern {
    const known = patterns.get(source);
    if (known) return known;
    if (patterns.size >= mostPatterns) throw new RangeError('It has too many patterns.');
    const pattern = compilePattern(source);
    patterns.set(source, pattern);
    return pattern;
  }

  const silencesSiblings = /draft-0[3-7]/.test(String(schema['$schema']));
  return { targets, silencesSiblings, nameOf, patternOf, spend };
}

import { createLocator } from './locate.ts';
import type { Node } from './node.ts';
import { compilePattern, type Pattern } from './pattern.ts';

/** What the parts of one schema share, whichever copy is built. */
export interface Scope {
  /** The schema itself and each target of a reference, with their names in the copies. */
  readonly targets: ReadonlyMap<unknown, string>;
  /** Up to draft 7 a reference silences the keywords beside it. */
  readonly silencesSiblings: boolean;
  nameOf(reference: string): string | undefined;
  patternOf(source: string): Pattern;
  /** Counts a visit of a node, and throws when there were too many. */
  spend(): undefined;
}

const mostPatterns = 1000;

export function createScope(schema: Node, spend: () => undefined): Scope {
  const targets = new Map<unknown, string>([[schema, 'r0']]);
  const patterns = new Map<string, Pattern>();
  const locate = createLocator(schema);

  function nameOf(reference: string): string | undefined {
    const target = locate(reference);
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

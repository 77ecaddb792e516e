import type { CST } from 'yaml';
import type { TreeFault } from './tree-faults.ts';

const deepest = 100;

/**
 * Whether a file is nested deeper than any fixture. Composing such a file recurses until the
 * process runs out of stack; its tokens are made without recursion.
 */
export function tooDeep(tokens: readonly CST.Token[]): TreeFault | undefined {
  let level = tokens;
  for (let depth = 0; level.length > 0; depth += 1) {
    const [first] = level;
    if (depth > deepest && first) {
      const fix = 'Write it flatter, or as a text.';
      return { offset: first.offset, message: `Nested deeper than ${deepest} levels`, fix };
    }
    level = level.flatMap(listChildren);
  }
  return undefined;
}

function listChildren(token: CST.Token): readonly CST.Token[] {
  if (token.type === 'document') return token.value ? [token.value] : [];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [key, value].filter((each) => each != null));
}

const plain = /[\p{L}\p{N} ,:;_'"!@#%&=<>/~-]/u;
const quantifiers = '*?{';

/**
 * The longest text that every match of a pattern contains, as far as that is plain to see: letters
 * in a row, outside of groups and classes and with nothing optional about them.
 */
export function findRequiredLiteral(pattern: string): string | undefined {
  if (/\||\(\?/.test(pattern)) return undefined;
  const runs: string[] = [''];
  let depth = 0;
  const characters = [...pattern];
  for (const [at, character] of characters.entries()) {
    const escaped = characters[at - 1] === '\\';
    if (!escaped && '([{'.includes(character)) depth += 1;
    const isOptional = quantifiers.includes(characters[at + 1] ?? ' ');
    const run = runs.at(-1) ?? '';
    if (depth === 0 && !escaped && plain.test(character) && !isOptional) {
      runs[runs.length - 1] = run + character;
    } else if (run !== '') runs.push('');
    if (!escaped && ')]}'.includes(character)) depth -= 1;
  }
  const [longest] = runs.toSorted((left, right) => right.length - left.length);
  return longest || undefined;
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
};

/** What a type of zod is called in a fixture file. */
export function describeType(expected: string): string {
  return typeWords[expected] ?? (expected.startsWith("'") ? 'a name' : expected);
}

/** Of a missing enum zod says `'a' | 'b'`. */
export function describeNames(expected: string): string | undefined {
  if (!expected.startsWith("'")) return undefined;
  return joinWithOr(expected.split(' | ').map((name) => name.slice(1, -1)));
}

export function joinWithOr(words: readonly (string | number)[]): string {
  return words.join(', ').replace(/, ([^,]*)$/, ' or $1');
}

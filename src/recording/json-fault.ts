/** Where a text stops being JSON, and what was expected there. */
export interface JsonFault {
  readonly offset: number;
  readonly expected: string;
}

type Expecting = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'more' | 'end';

/**
 * JSON.parse tells neither place nor reason of every mistake. This reads the text once more, without
 * recursion, up to the first one; undefined when there is none.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const open: ('{' | '[')[] = [];
  let expecting: Expecting = 'value';
  let offset = 0;
  while (true) {
    offset = skipSpace(text, offset);
    const token = readToken(text, offset);
    if (expecting === 'end' && offset === text.length) return undefined;
    const next = step(expecting, token.kind, open);
    if (!next) return { offset, expected: describe(expecting, open) };
    if (token.fault) return token.fault;
    offset = token.end;
    expecting = next;
  }
}

function step(expecting: Expecting, kind: string, open: ('{' | '[')[]): Expecting | undefined {
  const isValue = expecting === 'value' || expecting === 'value or ]';
  if (isValue && (kind === '{' || kind === '[')) {
    open.push(kind);
    return kind === '{' ? 'key or }' : 'value or ]';
  }
  if (isValue && (kind === 'text' || kind === 'word')) return after(open);
  if ((expecting === 'key' || expecting === 'key or }') && kind === 'text') return 'colon';
  if (expecting === 'colon' && kind === ':') return 'value';
  if (expecting === 'more' && kind === ',') return open.at(-1) === '{' ? 'key' : 'value';
  const mayClose = expecting === 'more' || expecting === 'key or }' || expecting === 'value or ]';
  if (!mayClose || kind !== closerOf(open)) return undefined;
  open.pop();
  return after(open);
}

function after(open: readonly string[]): Expecting {
  return open.length === 0 ? 'end' : 'more';
}

function closerOf(open: readonly string[]): string {
  return open.at(-1) === '{' ? '}' : ']';
}

function describe(expecting: Expecting, open: readonly string[]): string {
  switch (expecting) {
    case 'value':
      return 'a value';
    case 'value or ]':
      return 'a value or "]"';
    case 'key':
      return 'a name in double quotes';
    case 'key or }':
      return 'a name in double quotes or "}"';
    case 'colon':
      return 'a colon';
    case 'more':
      return `a comma or "${closerOf(open)}"`;
    case 'end':
      return 'the end of the file';
    default:
      return expecting satisfies never;
  }
}

interface Token {
  /** `text`, `word` (a number, true, false, null), one of `{}[]:,`, or `other`. */
  readonly kind: string;
  readonly end: number;
  readonly fault?: JsonFault;
}

const wordPattern = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;

function readToken(text: string, offset: number): Token {
  const character = text[offset] ?? '';
  if (character === '"') return readText(text, offset);
  if (character !== '' && '{}[]:,'.includes(character)) return { kind: character, end: offset + 1 };
  wordPattern.lastIndex = offset;
  const word = wordPattern.exec(text)?.[0];
  return word === undefined
    ? { kind: 'other', end: offset }
    : { kind: 'word', end: offset + word.length };
}

const escapePattern = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

function readText(text: string, offset: number): Token {
  let at = offset + 1;
  while (at < text.length && text[at] !== '"') {
    if (text.charCodeAt(at) < 0x20)
      return faulty(at, 'no bare line end or control character in a text');
    if (text[at] !== '\\') {
      at += 1;
      continue;
    }
    escapePattern.lastIndex = at;
    const escaped = escapePattern.exec(text)?.[0];
    if (escaped === undefined) return faulty(at, 'an escape that JSON knows');
    at += escaped.length;
  }
  if (at >= text.length) return faulty(offset, 'a closing quote for this text');
  return { kind: 'text', end: at + 1 };
}

function faulty(offset: number, expected: string): Token {
  return { kind: 'text', end: offset, fault: { offset, expected } };
}

function skipSpace(text: string, offset: number): number {
  let at = offset;
  while (' \t\n\r'.includes(text[at] ?? '.')) at += 1;
  return at;
}

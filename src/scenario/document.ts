import type { CST, Document } from 'yaml';
import type { Locate, Path } from './mistake.ts';
import { tooDeep } from './nesting.ts';
import type { Problem } from './problem.ts';
import { findTreeFaults, type TreeFault } from './tree-faults.ts';

type Yaml = typeof import('./yaml.ts');

/** A file as plain values, and where each of them stands. */
export interface SourceDocument {
  /** Undefined when the text cannot be read as YAML. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** The place of the value at a path, or of its key; where it is missing, of what would hold it. */
  readonly locate: Locate;
}

/** YAML 1.2, and JSON by the same parser, so that it has places too. */
export async function readDocument(text: string, file: string): Promise<SourceDocument> {
  const yaml = await import('./yaml.ts'); // slow to load, and most starts need no fixture
  const lines = new yaml.LineCounter();
  const toPlace = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const toProblem = ({ offset, message, fix }: TreeFault): Problem => ({
    severity: 'error',
    ...toPlace(offset),
    message,
    fix,
  });

  const tokens = [...new yaml.Parser(lines.addNewLine).parse(text)];
  const deep = tooDeep(tokens);
  if (deep) return { value: undefined, problems: [toProblem(deep)], locate: () => toPlace(0) };

  const [document, second] = composeDocuments(tokens, text, yaml);
  if (!document) return { value: undefined, problems: [], locate: () => toPlace(0) };
  const faults = [...listFaults(document, text), ...(second ? [secondDocument(second)] : [])];
  const broken = faults.some(({ fatal }) => fatal);
  if (!broken) faults.push(...findTreeFaults(document.contents, yaml));
  return {
    value: faults.some(({ fatal }) => fatal) ? undefined : document.toJS({ maxAliasCount: -1 }),
    problems: faults.map(toProblem),
    locate: (path, part = 'value') => toPlace(findOffset(document, path, { part, yaml })),
  };
}

function composeDocuments(
  tokens: readonly CST.Token[],
  text: string,
  yaml: Yaml,
): readonly Document.Parsed[] {
  const options = { version: '1.2', schema: 'core', uniqueKeys: true } as const;
  return [...new yaml.Composer(options).compose(tokens, true, text.length)];
}

/** What the parser itself found. A tag it does not know is a warning there, and an error here. */
function listFaults({ errors, warnings }: Document.Parsed, text: string): TreeFault[] {
  return [...errors, ...warnings].map(({ code, pos: [offset], message }) => {
    if (code === 'DUPLICATE_KEY') {
      const [key = ''] = /^["']?[\w.$-]*/.exec(text.slice(offset, offset + 100)) ?? [];
      const named = JSON.stringify(key.replace(/^["']/, ''));
      return { offset, message: `Duplicate key ${named}`, fix: 'Keep one of the two.' };
    }
    if (code === 'TAG_RESOLVE_FAILED') {
      return { offset, message, fix: 'Fixtures have no tags: remove it.' };
    }
    return { offset, message: `Not valid YAML: ${message}`, fatal: true };
  });
}

function secondDocument({ range: [offset] }: Document.Parsed): TreeFault {
  const fix = 'Put each into a file of its own.';
  return { offset, message: 'The file holds more than one YAML document', fix };
}

interface Lookup {
  readonly part: 'key' | 'value';
  readonly yaml: Yaml;
}

function findOffset(document: Document.Parsed, path: Path, { part, yaml }: Lookup): number {
  let node: unknown = document.contents;
  let offset = offsetOf(node, yaml) ?? 0;
  for (const [depth, key] of path.entries()) {
    const holder = yaml.isAlias(node) ? node.resolve(document) : node;
    const member = findMember(holder, key, yaml);
    if (!member) break;
    const keyOffset = offsetOf(member.key, yaml);
    const valueOffset = isWritten(member.value, yaml) ? offsetOf(member.value, yaml) : keyOffset;
    const wanted = part === 'key' && depth === path.length - 1 ? keyOffset : valueOffset;
    offset = wanted ?? valueOffset ?? offset;
    node = member.value;
  }
  return offset;
}

function findMember(
  holder: unknown,
  key: string | number,
  yaml: Yaml,
): { readonly key?: unknown; readonly value: unknown } | undefined {
  if (yaml.isSeq(holder)) {
    return typeof key === 'number' && key < holder.items.length
      ? { value: holder.items[key] }
      : undefined;
  }
  if (!yaml.isMap(holder)) return undefined;
  return holder.items.findLast(
    (pair) => yaml.isScalar(pair.key) && String(pair.key.value) === String(key),
  );
}

/** `key:` with nothing after it has a value without a place worth showing. */
function isWritten(node: unknown, yaml: Yaml): boolean {
  return !(yaml.isScalar(node) && node.range && node.range[0] === node.range[1]);
}

function offsetOf(node: unknown, yaml: Yaml): number | undefined {
  return yaml.isNode(node) ? node.range?.[0] : undefined;
}

import type { z } from 'zod/v3';
import { listKnownKeys } from './known-keys.ts';
import { type Mistake, type Path, valueAt } from './mistake.ts';
import { findNearest } from './nearest.ts';
import { quote } from './text-test.ts';
import { describeNames, describeType, joinWithOr } from './type-words.ts';
import { flattenUnion } from './unions.ts';

/** What a schema found, in words for the author of the file. */
export function explainIssues(
  issues: readonly z.ZodIssue[],
  value: unknown,
  schema: z.ZodTypeAny,
): readonly Mistake[] {
  return issues
    .flatMap(flattenUnion)
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => explainKey(key, issue.path, schema))
        : [explainValue(issue, value)],
    );
}

function explainKey(key: string, path: Path, schema: z.ZodTypeAny): Mistake {
  const known = listKnownKeys(schema, path);
  const nearest = findNearest(key, known);
  const fix = nearest === undefined ? `Known here are ${known.join(', ')}.` : ask(nearest);
  return { path: [...path, key], part: 'key', message: `Unknown key ${quote(key)}`, fix };
}

function explainValue(issue: z.ZodIssue, root: unknown): Mistake {
  const { path } = issue;
  const value = valueAt(root, path);
  const expected = describeExpected(issue);
  const named = nameOf(path);
  if (value === undefined) {
    return { path, message: `"${named}" is missing: ${expected}` };
  }
  const near =
    issue.code === 'invalid_enum_value' ? nearestOption(value, issue.options) : undefined;
  const message =
    path.length === 0 ? `The file holds ${quote(value)}` : `Invalid ${named} ${quote(value)}`;
  return near === undefined
    ? { path, message: `${message}: ${expected}` }
    : { path, message, fix: ask(near) };
}

function ask(nearest: string): string {
  return `Did you mean "${nearest}"?`;
}

/** `chunks[1]` of `fixtures[0].respond.stream.chunks[1]`. */
function nameOf(path: Path): string {
  const last = path.findLastIndex((key) => typeof key === 'string');
  const [name = 'file', ...indexes] = path.slice(Math.max(last, 0));
  return `${name}${indexes.map((index) => `[${index}]`).join('')}`;
}

function nearestOption(value: unknown, options: readonly (string | number)[]): string | undefined {
  return typeof value === 'string' ? findNearest(value, options.map(String)) : undefined;
}

function describeExpected(issue: z.ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${describeNames(issue.expected) ?? describeType(issue.expected)}`;
    case 'invalid_literal':
      return `expected ${quote(issue.expected)}`;
    case 'invalid_enum_value':
      return `expected ${joinWithOr(issue.options)}`;
    case 'too_small':
      return describeLeast(issue);
    case 'too_big':
      return `expected ${issue.maximum} or less`;
    case 'not_finite':
      return 'expected a finite number';
    default:
      return issue.message;
  }
}

function describeLeast({ type, minimum, inclusive }: z.ZodTooSmallIssue): string {
  if (type === 'string') return 'expected a text that is not empty';
  if (type === 'array') return 'expected a list that is not empty';
  return inclusive ? `expected ${minimum} or more` : `expected more than ${minimum}`;
}

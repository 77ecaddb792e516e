import { type ZodInvalidTypeIssue, type ZodIssue, ZodIssueCode, type ZodTypeAny } from 'zod/v3';
import { parseInParts } from './parts.ts';

type Path = readonly (string | number)[];

type JsonBody = Readonly<Record<string, unknown>>;

interface Violation {
  readonly path: Path;
  readonly reason: string;
}

/** Members that may be no larger than the model at hand allows, which no schema knows. */
export interface ModelLimit {
  readonly members: readonly string[];
  readonly maximum: number;
}

/**
 * What LongCat would refuse in a body: one `pointer: reason` line for each violation, in the
 * order of the body's members. The words are those of the Everit JSON Schema validator:
 * `is not less or equal to` was observed, the others are assumed.
 */
export function listViolations(schema: ZodTypeAny, body: JsonBody, limit?: ModelLimit): string[] {
  const parsed = schema.safeParse(body);
  const found = parsed.success ? [] : parsed.error.issues.flatMap((issue) => explain(issue, body));
  return toLines(limit ? [...found, ...exceeded(body, limit)] : found, body);
}

export interface Examination {
  readonly limit?: ModelLimit | undefined;
  /** Enough lines: what comes after them in the body need not be told, nor looked for. */
  readonly enough: number;
  /** How many values make a part. */
  readonly partSize?: number;
}

/** The same of a large body, for a caller that lets others have their turn: yields what each part took. */
export function* listViolationsInParts(
  schema: ZodTypeAny,
  body: JsonBody,
  { limit, enough, partSize = 50 }: Examination,
): Generator<number, string[], void> {
  const found: Violation[] = [];
  for (const issues of parseInParts(schema, body, { partSize })) {
    for (const issue of issues) found.push(...explain(issue, body));
    if (found.length >= enough) break;
    yield 1 + issues.length * partsAnIssue;
  }
  const above = limit ? exceeded(body, limit) : [];
  return toLines([...found, ...above], body).slice(0, enough);
}

/** What an issue takes, in parts without one. */
const partsAnIssue = 5;

function toLines(violations: readonly Violation[], body: JsonBody): string[] {
  if (violations.length === 0) return [];
  const rankOf = createRanking(body);
  return violations
    .map(({ path, reason }) => ({
      line: onOneLine(`${toPointer(path)}: ${reason}`),
      rank: rankOf(path),
    }))
    .sort((left, right) => compareRanks(left.rank, right.rank))
    .map(({ line }) => line);
}

function exceeded(body: JsonBody, { members, maximum }: ModelLimit): Violation[] {
  return members.flatMap((member) => {
    const value = body[member];
    if (typeof value !== 'number' || value <= maximum) return [];
    return [{ path: [member], reason: `${value} is not less or equal to ${maximum}` }];
  });
}

function explain(issue: ZodIssue, body: object): Violation[] {
  const { path } = issue;
  const value = valueAt(path, body);
  if (value === undefined && path.length > 0) {
    return [{ path: path.slice(0, -1), reason: `required key [${path.at(-1)}] not found` }];
  }
  if (issue.code === ZodIssueCode.invalid_union) {
    const branch = closestBranch(issue.unionErrors.map((error) => error.issues));
    return branch.flatMap((inner) => explain(inner, body));
  }
  return [{ path, reason: giveReason(issue, value) }];
}

/** Of a union, the alternative that the value came nearest to: the one that got beyond its type. */
function closestBranch(branches: readonly ZodIssue[][]): ZodIssue[] {
  const depth = (issues: ZodIssue[]) => Math.min(...issues.map((issue) => issue.path.length));
  return branches.reduce((best, branch) => (depth(branch) > depth(best) ? branch : best));
}

function giveReason(issue: ZodIssue, value: unknown): string {
  switch (issue.code) {
    case ZodIssueCode.too_big:
      return `${show(value)} is not less or equal to ${issue.maximum}`;
    case ZodIssueCode.too_small:
      if (issue.type === 'array') return `expected minimum item count: ${issue.minimum}, found: 0`;
      if (issue.inclusive) return `${show(value)} is not greater or equal to ${issue.minimum}`;
      return `${show(value)} is not greater than ${issue.minimum}`;
    case ZodIssueCode.invalid_type:
      return `expected type: ${javaType(expectedType(issue))}, found: ${javaTypeOf(value)}`;
    default:
      return `${show(value)} is not a valid enum value`;
  }
}

function expectedType({ expected, message = '' }: ZodInvalidTypeIssue): string {
  return message in javaTypes ? message : expected;
}

function show(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A violation is one line, whatever the value it quotes. */
function onOneLine(text: string): string {
  return text.replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}

const javaTypes: Readonly<Record<string, string>> = {
  string: 'String',
  number: 'Number',
  integer: 'Integer',
  boolean: 'Boolean',
  array: 'JSONArray',
  object: 'JSONObject',
};

function javaType(expected: string): string {
  return javaTypes[expected] ?? expected;
}

function javaTypeOf(value: unknown): string {
  if (value === null) return 'Null';
  if (Array.isArray(value)) return 'JSONArray';
  if (typeof value !== 'number') return javaType(typeof value);
  if (!Number.isInteger(value)) return 'BigDecimal';
  return Math.abs(value) < 2 ** 31 ? 'Integer' : 'Long';
}

function valueAt(path: Path, body: unknown): unknown {
  let value = body;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[key]; // an object, as just seen
  }
  return value;
}

/** RFC 6901; the whole body is the empty pointer. */
function toPointer(path: Path): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Gives a path the position of each of its steps among the siblings there. */
function createRanking(body: JsonBody): (path: Path) => number[] {
  const positions = new Map<object, ReadonlyMap<string, number>>();

  function positionOf(key: string, parent: unknown): number {
    if (typeof parent !== 'object' || parent === null) return -1;
    const known =
      positions.get(parent) ?? new Map(Object.keys(parent).map((name, at) => [name, at]));
    positions.set(parent, known);
    return known.get(key) ?? -1;
  }

  return (path) => {
    let value: unknown = body;
    return path.map((key) => {
      const parent = value;
      value = valueAt([key], parent);
      return typeof key === 'number' ? key : positionOf(key, parent);
    });
  };
}

function compareRanks(left: readonly number[], right: readonly number[]): number {
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

import type { z } from 'zod/v3';
import { MockError } from '../errors.ts';
import { deepest, isDeeperThan, type JsonValue } from '../exchange/json.ts';
import { Cassette, type RecordedResponse, type Recording } from './cassette.ts';
import { findJsonFault } from './json-fault.ts';
import { showPath } from './place.ts';
import { renderJson } from './pretty.ts';

/** What makes a file no cassette. */
export interface CassetteProblem {
  readonly file: string;
  /** Where it is not JSON. */
  readonly line?: number;
  readonly column?: number;
  /** Where it is not what a cassette holds, such as `recordings[0].key`. */
  readonly path?: string;
  /** A sentence without its full stop. */
  readonly message: string;
}

export type CheckedCassette =
  | { readonly cassette: Cassette }
  | { readonly problems: readonly CassetteProblem[] };

/** The cassette in a text; a MockError that tells all that is wrong with it. */
export function parseCassette(text: string, file: string): Cassette {
  const checked = checkCassette(text, file);
  if ('cassette' in checked) return checked.cassette;
  const told = checked.problems.map((problem) => `\n  ${tellProblem(problem)}`).join('');
  throw new MockError('invalid-config', `Cannot read the cassette "${file}":${told}`);
}

/** The same with its problems as data. */
export function checkCassette(text: string, file: string): CheckedCassette {
  const json = text.replace(/^\ufeff/, '');
  const read = readJson(json, file);
  if ('problems' in read) return read;
  if (isDeeperThan(read.value, deepest + ownLevels)) {
    return { problems: [{ file, message: `It nests deeper than ${deepest} levels` }] };
  }
  const parsed = Cassette.safeParse(read.value);
  if (parsed.success) return { cassette: parsed.data };
  return { problems: parsed.error.issues.map((issue) => toProblem(issue, file)) };
}

/** `chat.json:3:7: Expected a comma or "}".` */
export function tellProblem({ file, line, column, path, message }: CassetteProblem): string {
  const place = line === undefined ? file : `${file}:${line}:${column}`;
  return `${place}: ${path ? `${path}: ` : ''}${message}.`;
}

/** Pretty JSON whose members stand in one order, whoever made the cassette. */
export function renderCassette(cassette: Cassette): string {
  const { $schema, version, recordedWith, upstream, match, recordings, ...rest } = cassette;
  const { tool, version: toolVersion, matcherVersion, contractHash } = recordedWith;
  return renderJson(
    toJson({
      $schema,
      version,
      recordedWith: { tool, version: toolVersion, matcherVersion, contractHash },
      upstream,
      match: { ignore: match.ignore, replace: match.replace },
      recordings: recordings.map(orderRecording),
      ...rest,
    }),
  );
}

/** How much deeper a body stands in a cassette than by itself. */
const ownLevels = 8;

function readJson(
  text: string,
  file: string,
): { readonly value: unknown } | { readonly problems: readonly CassetteProblem[] } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { problems: [explainJson(text, file, error)] };
  }
}

function explainJson(text: string, file: string, error: unknown): CassetteProblem {
  if (text.trim() === '') return { file, message: 'The file is empty' };
  const fault = findJsonFault(text);
  if (!fault) return { file, message: `It is not JSON: ${error}` };
  const before = text.slice(0, fault.offset);
  const line = before.split('\n').length;
  const column = fault.offset - before.lastIndexOf('\n');
  const isConflict = /^(?:<{7}|={7}|>{7})/.test(text.slice(fault.offset, fault.offset + 8));
  const found = JSON.stringify(text.slice(fault.offset, fault.offset + 20).toWellFormed());
  const message = isConflict
    ? `A conflict of git was left in it: ${found}. Choose one side, or delete the file and record it again`
    : `It is not JSON: expected ${fault.expected}, found ${found === '""' ? 'the end of the file' : found}`;
  return { file, line, column, message };
}

function toProblem(issue: z.ZodIssue, file: string): CassetteProblem {
  return { file, path: showPath(issue.path), message: explainIssue(issue) };
}

function explainIssue(issue: z.ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `Unknown ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}`;
    case 'invalid_type':
      return issue.received === 'undefined'
        ? `It is missing: expected ${issue.expected}`
        : `Expected ${issue.expected}, found ${issue.received}`;
    case 'invalid_literal':
      return issue.received === undefined
        ? `It is missing: expected ${JSON.stringify(issue.expected)}`
        : `Expected ${JSON.stringify(issue.expected)}, found ${JSON.stringify(issue.received)}`;
    default:
      return issue.message;
  }
}

function orderRecording({ id, recordedAt, api, endpoint, key, request, response }: Recording) {
  return { id, recordedAt, api, endpoint, key, request, response: orderResponse(response) };
}

function orderResponse(response: RecordedResponse) {
  const { status, headers, atMs, cut, body, raw, events, text, base64, chunks } = response;
  const ordered = events?.map(({ atMs, event, data, raw, base64 }) => {
    return { atMs, event, data, raw, base64 };
  });
  return { status, headers, atMs, cut, body, raw, events: ordered, text, base64, chunks };
}

/** Less members that are undefined. */
function toJson(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value));
}

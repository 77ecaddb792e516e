import { isJsonObject, type JsonValue } from '../exchange/json.ts';
import { type Path, showPath } from './place.ts';

/** A member that two requests do not share, with both values as JSON, cut where they are long. */
export interface Difference {
  /** Such as `messages[1].content`. */
  readonly path: string;
  readonly recorded: string;
  readonly asked: string;
}

interface Pair {
  readonly path: Path;
  /** Undefined where there is nothing. */
  readonly recorded: JsonValue | undefined;
  readonly asked: JsonValue | undefined;
}

const most = 3;

/** The first places in which two requests differ; none when they are the same. */
export function listDifferences(recorded: JsonValue, asked: JsonValue): readonly Difference[] {
  const found: Difference[] = [];
  collect({ path: [], recorded, asked }, found);
  return found;
}

/** Where two texts part; the shorter one's length when it begins the longer. */
export function partAt(left: string, right: string): number {
  const end = Math.min(left.length, right.length);
  let at = 0;
  while (at < end && left.charCodeAt(at) === right.charCodeAt(at)) at += 1;
  return at;
}

/** The members of both, each with its name or index. */
export function pairMembers(
  left: JsonValue | undefined,
  right: JsonValue | undefined,
):
  | readonly (readonly [string | number, JsonValue | undefined, JsonValue | undefined])[]
  | undefined {
  if (Array.isArray(left) && Array.isArray(right)) {
    const length = Math.max(left.length, right.length);
    return Array.from({ length }, (_, at) => [at, left[at], right[at]] as const);
  }
  if (!isJsonObject(left) || !isJsonObject(right)) return undefined;
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].map((name) => [name, own(left, name), own(right, name)] as const);
}

function own(object: { readonly [key: string]: JsonValue }, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function collect({ path, recorded, asked }: Pair, found: Difference[]): void {
  if (recorded === asked || found.length === most) return;
  const members = pairMembers(recorded, asked);
  if (!members) {
    found.push({ path: showPath(path), ...showBoth(recorded, asked) });
    return;
  }
  for (const [step, left, right] of members) {
    collect({ path: [...path, step], recorded: left, asked: right }, found);
  }
}

function showBoth(recorded: JsonValue | undefined, asked: JsonValue | undefined) {
  const parting =
    typeof recorded === 'string' && typeof asked === 'string' ? partAt(recorded, asked) : 0;
  return { recorded: show(recorded, parting), asked: show(asked, parting) };
}

const longest = 80;
const before = 30;

/** As JSON on one line, cut around a place in it. */
function show(value: JsonValue | undefined, place: number): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return toLine(JSON.stringify(cut(value, place)));
  return toLine(cut(JSON.stringify(value), 0));
}

function cut(text: string, place: number): string {
  if (text.length <= longest) return text;
  const start = Math.max(0, Math.min(place - before, text.length - longest));
  const end = start + longest;
  const middle = text.slice(start, end).toWellFormed();
  return `${start > 0 ? '…' : ''}${middle}${end < text.length ? '…' : ''}`;
}

function toLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

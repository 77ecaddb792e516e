import { isJsonObject } from '../exchange/json.ts';
import type { Place } from './fixture.ts';
import type { Problem } from './problem.ts';

/** Keys and indexes from the top of a file. */
export type Path = readonly (string | number)[];

/** A problem that knows its path, and not yet its line. */
export interface Mistake {
  readonly path: Path;
  /** Whether the key at the path is wrong, or its value, which is the default. */
  readonly part?: 'key' | 'value';
  readonly severity?: Problem['severity'];
  readonly message: string;
  readonly fix?: string | undefined;
}

export type Locate = (path: Path, part?: 'key' | 'value') => Place;

export function placeMistake(
  { path, part = 'value', severity = 'error', message, fix }: Mistake,
  locate: Locate,
): Problem {
  return { ...locate(path, part), severity, message, fix };
}

/** What stands at a path; undefined where nothing does. */
export function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const key of path) {
    const holds = Array.isArray(current) || isJsonObject(current);
    if (!holds || !Object.hasOwn(current as object, key)) return undefined;
    current = (current as Record<string | number, unknown>)[key]; // a list or an object with that key
  }
  return current;
}

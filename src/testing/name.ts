import { createHash } from 'node:crypto';
import { relative, sep } from 'node:path';

/** What tells a test from all others. */
export interface TestIdentity {
  /** The path of its file. */
  readonly file: string;
  /** The titles of its groups, and its own last. */
  readonly titles: readonly string[];
  /** What else there is: a project, or a number among equal titles. */
  readonly mark?: string | undefined;
}

const longestTitle = 80;

/** The same name in each run, so that ids are the same: its title in short, and a hash of all. */
export function nameSession({ file, titles, mark = '' }: TestIdentity): string {
  const title = titles.at(-1) ?? '';
  const words = title
    .replaceAll(/\W+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, longestTitle);
  const all = JSON.stringify([toPortable(file), titles, mark]);
  const hash = createHash('sha256').update(all).digest('hex').slice(0, 8);
  return words === '' ? `test-${hash}` : `${words}-${hash}`;
}

/** As people read it; a cassette's file is named after it. */
export function nameCassette({ file, titles }: TestIdentity): string {
  return [toPortable(file), ...titles].join(' > ');
}

/** As it is on every machine. */
function toPortable(file: string): string {
  return relative('.', file).replaceAll(sep, '/');
}

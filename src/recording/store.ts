import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { MockError } from '../errors.ts';
import type { Cassette } from './cassette.ts';
import { parseCassette, renderCassette } from './document.ts';
import { withLock } from './lock.ts';
import { toFileName } from './name.ts';

/** A folder of cassettes. */
export interface CassetteStore {
  /** The file of a cassette, whether or not there is one. */
  pathOf(name: string): string;
  /** Changes when the file does; nothing when there is none. */
  stamp(name: string): Promise<string | undefined>;
  /**
   * Nothing when there is no such file.
   *
   * @throws MockError `invalid-cassette`
   */
  read(name: string): Promise<Cassette | undefined>;
  /**
   * Puts a changed cassette in place of the one that is there: the file is whole at any time, and
   * no other process changes it meanwhile. With no cassette after it, the file goes.
   *
   * @throws MockError `invalid-cassette` or `cannot-write`
   */
  change(name: string, change: Change): Promise<void>;
}

type Change = (before: Cassette | undefined) => Cassette | undefined;

export function createStore(folder: string): CassetteStore {
  const pathOf = (name: string) => join(folder, toFileName(name));
  return {
    pathOf,
    stamp: (name) => stampFile(pathOf(name)),
    read: (name) => readCassette(pathOf(name)),
    change: (name, change) => changeCassette(pathOf(name), change),
  };
}

/** @throws MockError `invalid-cassette` */
export async function readCassette(path: string): Promise<Cassette | undefined> {
  const text = await readText(path);
  return text === undefined ? undefined : parseCassette(text, path);
}

/** The files of all cassettes below a folder, by their names. */
export async function listCassettes(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(explain);
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json') && entry.name[0] !== '.')
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();

  function explain(cause: Error): never {
    const message = `Cannot read the folder of cassettes "${folder}": ${cause.message}`;
    throw new MockError('invalid-config', message, { cause });
  }
}

export async function changeCassette(path: string, change: Change): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await withLock(path, async () => {
      const before = await readCassette(path);
      const after = change(before);
      if (after === undefined) await rm(path, { force: true });
      else if (after !== before) await replaceFile(path, renderCassette(after));
    });
  } catch (cause) {
    if (cause instanceof MockError || !(cause instanceof Error)) throw cause;
    const message = `Cannot write the cassette "${path}": ${cause.message}`;
    throw new MockError('cannot-write', message, { cause });
  }
}

/** Whole or not at all, for whoever reads it and whenever the power goes. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const draft = await clearDraft(path);
  const mode = await stat(path).then(
    (found) => found.mode,
    () => 0o666,
  );
  const handle = await open(draft, 'w', mode);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, path);
}

/** One name for all: who holds the lock finds there what a writer left that was killed. */
async function clearDraft(path: string): Promise<string> {
  const draft = join(dirname(path), `.${basename(path)}.draft`);
  await rm(draft, { force: true });
  return draft;
}

async function stampFile(path: string): Promise<string | undefined> {
  try {
    const { mtimeNs, size, ino } = await stat(path, { bigint: true });
    return `${mtimeNs}-${size}-${ino}`;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Nothing when there is no such file. */
export async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

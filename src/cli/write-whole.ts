import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MockError } from '../errors.ts';

/** Those of the paths where something is. */
export async function findTaken(paths: readonly string[]): Promise<readonly string[]> {
  const taken = await Promise.all(paths.map(exists));
  return paths.filter((_, index) => taken[index]);
}

/**
 * Writes a file that is there whole or not at all.
 *
 * @throws MockError `invalid-config` when it cannot
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(draft, text, { flag: 'wx' });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined); // where its folder is none, too
    const reason = error instanceof Error ? error.message : String(error);
    throw new MockError('invalid-config', `Cannot write "${path}": ${reason}.`, { cause: error });
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

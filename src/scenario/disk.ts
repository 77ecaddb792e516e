import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep, win32 } from 'node:path';

const largestMegabytes = 16;

/** A file to read, and the folder that its references may not leave. */
export interface FoundFile {
  readonly path: string;
  readonly root: string;
  /** Whether it was named itself, and not only the folder that holds it. */
  readonly named: boolean;
}

/** The files at a path, sorted by name. */
export async function findFiles(
  path: string,
  isWanted: (name: string) => boolean,
): Promise<{ readonly files: readonly FoundFile[] } | { readonly problem: string }> {
  try {
    const facts = await stat(path);
    if (facts.isFile()) return { files: [{ path, root: dirname(path), named: true }] };
    if (!facts.isDirectory()) return { problem: `"${path}" is neither a file nor a folder` };
    const files = (await listBelow(path)).filter(isWanted).toSorted();
    return { files: files.map((file) => ({ path: file, root: path, named: false })) };
  } catch (error) {
    if (isMissing(error)) return { problem: `There is no file or folder "${path}"` };
    return { problem: `Cannot read "${path}": ${explain(error)}` };
  }
}

/**
 * Hidden entries are left out: in a folder that Kubernetes mounts they hold every file once more.
 * Links to files are followed, those to folders are not, as they may lead in circles.
 */
async function listBelow(folder: string): Promise<readonly string[]> {
  const files: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    if (entry.isDirectory()) files.push(...(await listBelow(path)));
    if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(path)))) files.push(path);
  }
  return files;
}

async function isFile(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined);
  return facts?.isFile() ?? false;
}

export type ReadText = { readonly text: string } | { readonly problem: string };

/** A text in UTF-8. */
export async function readText(path: string, most = largestMegabytes): Promise<ReadText> {
  try {
    const { size } = await stat(path);
    if (size > most * 1024 * 1024) {
      const megabytes = Math.ceil(size / (1024 * 1024));
      return { problem: `it has ${megabytes} MB, and ${most} MB is the most` };
    }
    const bytes = await readFile(path);
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof TypeError) return { problem: 'it is not UTF-8' };
    return { problem: explain(error) };
  }
}

/** The real path of a file that another refers to, when it stands inside of the root. */
export async function findInside(
  { path, root }: FoundFile,
  reference: string,
): Promise<{ readonly path: string } | { readonly problem: string }> {
  if (isAbsolute(reference) || win32.isAbsolute(reference)) {
    return { problem: 'give its path from the folder of this file' };
  }
  if (reference.split(/[\\/]/).includes('..')) {
    return { problem: 'a path may not go up with ".."' };
  }
  try {
    const target = await realpath(join(dirname(path), reference));
    if (isBelow(await realpath(root), target)) return { path: target };
    return { problem: `it is a link that leads out of "${root}"` };
  } catch (error) {
    return { problem: explain(error) };
  }
}

/** Equal for two names of one file. */
export async function identify(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function explain(error: unknown): string {
  if (isMissing(error)) return 'there is no such file';
  return error instanceof Error ? error.message : String(error);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

import { join } from 'node:path';
import { z } from 'zod/v3';
import { withLock } from './lock.ts';
import { readText, replaceFile } from './store.ts';

/** When each recording last answered, by cassette and id. */
export type Uses = Readonly<Record<string, Readonly<Record<string, string>>>>;

const UsesFile = z.record(z.record(z.string().datetime()));

/** Beside the cassettes, and not one of them: it is of this machine, and belongs into no commit. */
const fileName = '.uses.json';

/** Nothing where there is no such file, or it holds anything else. */
export async function readUses(folder: string): Promise<Uses> {
  const text = await readText(join(folder, fileName));
  if (text === undefined) return {};
  try {
    return UsesFile.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

export interface Played {
  readonly cassette: string;
  /** Ids of recordings. */
  readonly ids: readonly string[];
}

/** Adds what has answered by now. */
export async function writeUses(
  folder: string,
  played: readonly Played[],
  now: number,
): Promise<void> {
  const used = played.filter(({ ids }) => ids.length > 0);
  if (used.length === 0) return;
  const path = join(folder, fileName);
  const at = new Date(now).toISOString();
  await withLock(path, async () => {
    const uses = new Map(Object.entries(await readUses(folder)));
    for (const { cassette, ids } of used) {
      const added = Object.fromEntries(ids.map((id) => [id, at]));
      uses.set(cassette, { ...uses.get(cassette), ...added });
    }
    await replaceFile(path, `${JSON.stringify(Object.fromEntries(uses), null, 2)}\n`);
  });
}

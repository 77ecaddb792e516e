import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { SourceFile } from '../../importing/draft.ts';
import type { BodyFiles } from '../../importing/wiremock-response.ts';
import { findInside, readText } from '../../scenario/disk.ts';

/** A root of WireMock has its stubs in `mappings`; any other path holds them itself. */
export async function findMappings(path: string): Promise<string> {
  const mappings = join(path, 'mappings');
  return (await isFolder(mappings)) ? mappings : path;
}

/** The bodies that stubs name, out of the `__files` that stands nearest above them. */
export async function readBodyFiles(
  files: readonly SourceFile[],
  path: string,
): Promise<BodyFiles> {
  const root = await findBodies(path);
  const bodies: [string, { text: string } | { problem: string }][] = [];
  for (const name of new Set(files.flatMap(({ text }) => listNames(text)))) {
    const found = await findInside({ path: join(root, 'stub'), root, named: true }, name);
    bodies.push([name, 'problem' in found ? found : await readText(found.path)]);
  }
  return new Map(bodies);
}

async function findBodies(path: string): Promise<string> {
  const above = [resolve(path), dirname(resolve(path)), dirname(dirname(resolve(path)))];
  for (const folder of above) {
    const bodies = join(folder, '__files');
    if (await isFolder(bodies)) return bodies;
  }
  return join(resolve(path), '__files');
}

/** Whatever else is in the text: a name that no stub asks for is read in vain. */
function listNames(text: string): readonly string[] {
  return [...text.matchAll(/"bodyFileName"\s*:\s*("(?:[^"\\]|\\.)*")/g)].flatMap(
    ([, json = '']) => {
      try {
        return [JSON.parse(json) as string]; // a text, by the pattern
      } catch {
        return [];
      }
    },
  );
}

async function isFolder(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined);
  return facts?.isDirectory() ?? false;
}

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { MockError } from '../errors.ts';
import { type CheckedFile, compileFile } from './compile.ts';
import type { FixtureSet } from './fixture.ts';
import { type LibraryEntry, readLibrary, type ShippedScenario } from './library.ts';
import { loadFixtures } from './load.ts';
import { renderProblems } from './problem.ts';

/** Where the library is: the project’s YAML, or what the build made of it. */
export interface LibraryPlace {
  readonly folder: URL;
  readonly built: boolean;
}

const here: LibraryPlace = import.meta.url.endsWith('.ts')
  ? { folder: new URL('../../fixtures/', import.meta.url), built: false }
  : { folder: new URL('./fixtures/', import.meta.url), built: true };

/** The scenarios that come with the package, by name. */
export async function listShipped(place = here): Promise<readonly ShippedScenario[]> {
  if (place.built) return (await readBuilt('index.json', place)) as readonly ShippedScenario[]; // as written below
  const entries = await readSource(place);
  return entries.map(({ checked: _, ...scenario }) => scenario);
}

/** One of them; undefined where none has that name, which may come from a request. */
export async function loadShipped(name: string, place = here): Promise<FixtureSet | undefined> {
  if (!place.built) {
    const entry = (await readSource(place)).find((each) => each.name === name);
    return entry && compileFile(entry.checked);
  }
  const known = (await listShipped(place)).some((scenario) => scenario.name === name);
  if (!known) return undefined;
  return compileFile((await readBuilt(`${name}.json`, place)) as CheckedFile); // as written below
}

/** The files that the build writes for a library, by name. */
export function renderBuilt(entries: readonly LibraryEntry[]): ReadonlyMap<string, string> {
  const index = entries.map(({ checked: _, ...scenario }) => scenario);
  return new Map([
    ['index.json', JSON.stringify(index)],
    ...entries.map(({ name, checked }) => [`${name}.json`, JSON.stringify(checked)] as const),
  ]);
}

async function readBuilt(name: string, { folder }: LibraryPlace): Promise<unknown> {
  return JSON.parse(await readFile(new URL(name, folder), 'utf8'));
}

async function readSource({ folder }: LibraryPlace): Promise<readonly LibraryEntry[]> {
  const loaded = await loadFixtures([fileURLToPath(folder)]);
  const { entries, problems } = readLibrary(loaded.files, loaded.problems);
  if (entries.length === 0 && problems.length > 0) {
    const message = `The shipped scenarios have problems:\n${renderProblems(problems, 'text')}`;
    throw new MockError('invalid-config', message);
  }
  return entries;
}

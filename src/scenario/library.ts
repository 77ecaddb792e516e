import type { Provenance } from '../contract/registry.ts';
import type { CheckedFile } from './compile.ts';
import type { ParsedFile } from './parse.ts';
import { hasErrors, type Problem } from './problem.ts';

/** What the list of shipped scenarios says of one. */
export interface ShippedScenario {
  readonly name: string;
  readonly description: string;
  readonly provenance: Provenance;
  /** Where the behaviour was seen. */
  readonly source: string;
}

export interface LibraryEntry extends ShippedScenario {
  readonly checked: CheckedFile;
}

/** The files of the library as entries, or what is wrong with them. */
export function readLibrary(
  files: readonly ParsedFile[],
  problems: readonly Problem[],
): { readonly entries: readonly LibraryEntry[]; readonly problems: readonly Problem[] } {
  const gaps = files.flatMap(listGaps);
  if (hasErrors([...problems, ...gaps])) return { entries: [], problems: [...problems, ...gaps] };
  const entries = files.flatMap(({ checked }) => (checked ? toEntry(checked) : []));
  return { entries, problems };
}

/** A file of the library is named after its scenario and says what it reproduces, and from where. */
function listGaps({ file, checked, locate }: ParsedFile): readonly Problem[] {
  if (!checked) return [];
  const { scenario, description, provenance, source } = checked.content;
  const name = file.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '');
  const members = { description, provenance, source };
  return [
    ...(scenario === name ? [] : [`The scenario of this file has to be "${name}"`]),
    ...Object.entries(members)
      .filter(([, value]) => value === undefined)
      .map(([member]) => `A shipped scenario needs "${member}"`),
  ].map((message) => ({ severity: 'error', ...locate([]), message }));
}

function toEntry(checked: CheckedFile): readonly LibraryEntry[] {
  const { scenario: name, description, provenance, source } = checked.content;
  if (!name || !description || !provenance || !source) return [];
  return [{ name, description, provenance, source, checked }];
}

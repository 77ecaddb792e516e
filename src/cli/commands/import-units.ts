import { basename, extname, resolve, sep } from 'node:path';
import { importAimock } from '../../importing/aimock.ts';
import type { Imported, SourceFile } from '../../importing/draft.ts';
import { importHar } from '../../importing/har.ts';
import { importWireMock } from '../../importing/wiremock.ts';
import { findFiles, readText } from '../../scenario/disk.ts';
import { findMappings, readBodyFiles } from './wiremock-files.ts';

export const importKinds = ['har', 'aimock', 'wiremock'] as const;
export type ImportKind = (typeof importKinds)[number];

/** What becomes one fixture file. */
export interface Unit extends Imported {
  /** Names the file. */
  readonly name: string;
  /** What it was made of, for its description. */
  readonly source: string;
  readonly scenario?: string | undefined;
}

export interface Reading {
  readonly kind: ImportKind;
  readonly path: string;
  readonly timing: boolean;
}

type Units = { readonly units: readonly Unit[] } | { readonly problem: string };

/** Reads a file or a folder of another tool. */
export async function readUnits({ kind, path, timing }: Reading): Promise<Units> {
  const folder = kind === 'wiremock' ? await findMappings(path) : path;
  const found = await findFiles(folder, (name) => wanted[kind].test(name));
  if ('problem' in found) return { problem: `${found.problem}.` };
  const files: SourceFile[] = [];
  for (const { path: file } of found.files) {
    const read = await readText(file, largestMegabytes);
    if ('problem' in read) return { problem: `Cannot read "${file}": ${read.problem}.` };
    files.push({ file, text: read.text });
  }
  if (files.length === 0) return { problem: `There is no file for "import ${kind}" in "${path}".` };
  if (kind === 'har') return readArchives(files, timing);
  return { units: kind === 'aimock' ? readAimock(files) : await readWireMock(files, path) };
}

function readArchives(files: readonly SourceFile[], timing: boolean): Units {
  const units: Unit[] = [];
  for (const { file, text } of files) {
    const imported = importHar(text, { file, timing });
    if (!imported)
      return { problem: `"${file}" is no HTTP archive (HAR): it has no list of entries.` };
    units.push({ ...imported, ...nameAfter(file) });
  }
  return { units };
}

/** One unit a file, though which fixture answers first is decided among all of them. */
function readAimock(files: readonly SourceFile[]): readonly Unit[] {
  const { drafts, leftovers, notices } = importAimock(files.toSorted(byFolder));
  return files.map(({ file }, index) => ({
    ...nameAfter(file),
    drafts: drafts.filter((draft) => draft.file === file),
    leftovers: leftovers.filter((leftover) => leftover.file === file),
    notices: index === 0 ? notices : [],
  }));
}

/** The files of a folder before the folders in it. */
function byFolder(left: SourceFile, right: SourceFile): number {
  const [ours, theirs] = [left.file.split(sep), right.file.split(sep)];
  const at = ours.findIndex((part, index) => part !== theirs[index]);
  const folders = [ours, theirs].map((parts) => at < parts.length - 1);
  if (folders[0] !== folders[1]) return folders[0] ? 1 : -1;
  return (ours[at] ?? '') < (theirs[at] ?? '') ? -1 : 1;
}

/** One unit for all, and one more for each scenario that cannot be with the rest. */
async function readWireMock(files: readonly SourceFile[], path: string): Promise<readonly Unit[]> {
  const parts = importWireMock(files, await readBodyFiles(files, path));
  const source = basename(resolve(path));
  return parts
    .filter(({ drafts, leftovers }) => drafts.length + leftovers.length > 0)
    .map((part) => ({ ...part, name: part.scenario ?? basename(source, '.json'), source }));
}

function nameAfter(file: string): Pick<Unit, 'name' | 'source'> {
  return { name: basename(file, extname(file)), source: basename(file) };
}

const largestMegabytes = 256;

const wanted: Readonly<Record<ImportKind, RegExp>> = {
  har: /\.har(?:\.json)?$/i,
  aimock: /\.json$/i,
  wiremock: /^(?!.*[\\/]__files[\\/]).*\.json$/i,
};

import { basename, extname } from 'node:path';
import type { Imported } from '../../importing/draft.ts';
import { importHar } from '../../importing/har.ts';
import { findFiles, readText } from '../../scenario/disk.ts';

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
  const found = await findFiles(path, (name) => wanted[kind].test(name));
  if ('problem' in found) return { problem: `${found.problem}.` };
  if (found.files.length === 0)
    return { problem: `There is no file for "import ${kind}" in "${path}".` };
  const units: Unit[] = [];
  for (const file of found.files) {
    const read = await readText(file.path, largestMegabytes);
    if ('problem' in read) return { problem: `Cannot read "${file.path}": ${read.problem}.` };
    const imported = importHar(read.text, { file: file.path, timing });
    if (!imported)
      return { problem: `"${file.path}" is no HTTP archive (HAR): it has no list of entries.` };
    const name = basename(file.path, extname(file.path));
    units.push({ ...imported, name, source: basename(file.path) });
  }
  return { units };
}

const largestMegabytes = 256;

const wanted: Readonly<Record<ImportKind, RegExp>> = {
  har: /\.har(?:\.json)?$/i,
  aimock: /\.json$/i,
  wiremock: /\.json$/i,
};

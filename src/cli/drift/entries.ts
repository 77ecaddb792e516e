import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { MockError } from '../../errors.ts';
import type { Cassette, MatchRules, Recording } from '../../recording/cassette.ts';
import { checkCassette, tellProblem } from '../../recording/document.ts';

/** A recording, and what it is part of. */
export interface Entry {
  /** The path of its cassette within the folder, without its ending. */
  readonly cassette: string;
  readonly match: MatchRules;
  readonly recording: Recording;
}

/**
 * The recordings of the cassettes in a folder and below it: all, or those of these names, each
 * of a cassette or of a recording.
 *
 * @throws MockError `invalid-config`, with every mistake in the files
 */
export async function readEntries(folder: string, only: readonly string[]): Promise<Entry[]> {
  const files = await listFiles(folder);
  if (files.length === 0) throw refuse(`There are no cassettes (*.json) in "${folder}".`);
  const checked = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(folder, file), 'utf8');
      return { file, ...checkCassette(text, join(folder, file)) };
    }),
  );
  const problems = checked.flatMap((file) => ('problems' in file ? file.problems : []));
  if (problems.length > 0) {
    const told = problems.map((problem) => `\n  ${tellProblem(problem)}`).join('');
    throw new MockError('invalid-config', `Cannot read all cassettes in "${folder}":${told}`);
  }
  const entries = checked.flatMap((file) =>
    'cassette' in file ? listEntries(file.file, file.cassette) : [],
  );
  if (entries.length === 0) throw refuse(`The cassettes in "${folder}" hold no recordings.`);
  return choose(entries, only, folder);
}

async function listFiles(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') throw refuse(`There is no folder "${folder}".`);
    if (cause.code === 'ENOTDIR') throw refuse(`"${folder}" is no folder.`);
    throw refuse(`Cannot read the folder "${folder}": ${cause.message}.`);
  });
  return found.filter((file) => file.endsWith('.json')).toSorted();
}

function refuse(problem: string): MockError {
  const remedy = 'Name the folder of your cassettes with --cassettes.';
  return new MockError('invalid-config', `${problem} ${remedy}`);
}

function listEntries(file: string, { match, recordings }: Cassette): Entry[] {
  const cassette = file.slice(0, -'.json'.length).split(sep).join('/');
  return recordings.map((recording) => ({ cassette, match, recording }));
}

const mostNamed = 10;

function choose(entries: readonly Entry[], only: readonly string[], folder: string): Entry[] {
  const isMeant = ({ cassette, recording }: Entry, name: string) =>
    name === cassette || name === `${cassette}.json` || name === recording.id;
  for (const name of only) {
    if (entries.some((entry) => isMeant(entry, name))) continue;
    const known = [...new Set(entries.map(({ cassette }) => cassette))];
    const more = known.length > mostNamed ? `, and ${known.length - mostNamed} more` : '';
    const message = `No cassette and no recording in "${folder}" is named "${name}". Cassettes are ${known.slice(0, mostNamed).join(', ')}${more}.`;
    throw new MockError('invalid-config', message);
  }
  return entries.filter((entry) => only.length === 0 || only.some((name) => isMeant(entry, name)));
}

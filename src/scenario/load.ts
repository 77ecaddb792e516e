import { type FoundFile, findFiles, findInside, identify, readText } from './disk.ts';
import { explainDuplicates } from './duplicates.ts';
import type { FixtureSet } from './fixture.ts';
import { type ParsedFile, parseFixtures } from './parse.ts';
import type { Problem } from './problem.ts';
import type { ReadReference } from './references.ts';
import { quote } from './text-test.ts';

/** Where fixtures are looked for when nobody says where. */
export const defaultFolder = 'longcat-mock';

export interface LoadedFixtures {
  /** In the order of the paths, then by name. Incomplete where `problems` holds an error. */
  readonly sets: readonly FixtureSet[];
  readonly files: readonly ParsedFile[];
  /** The real paths of the files that fixtures refer to. */
  readonly references: readonly string[];
  readonly problems: readonly Problem[];
}

export interface LoadOptions {
  /** The folder that stands in for `longcat-mock` when no paths are given. */
  readonly folder?: string;
}

/**
 * Every fixture file at these paths, which are files or folders; without paths, the
 * `*.longcat.yaml`, `.yml` and `.json` files in `longcat-mock`, if there is such a folder.
 */
export async function loadFixtures(
  paths?: readonly string[],
  { folder = defaultFolder }: LoadOptions = {},
): Promise<LoadedFixtures> {
  const { found, problems } = paths ? await findAll(paths) : await findDefault(folder);
  const loaded: { file: FoundFile; id: string; parsed: ParsedFile }[] = [];
  const references = new Set<string>();
  const known = new Set<string>();
  for (const file of found) {
    const id = await identify(file.path);
    if (known.has(id)) continue;
    known.add(id);
    loaded.push({ file, id, parsed: await loadFile(file, references) });
  }
  const files = loaded
    .filter(({ file, id }) => file.named || !references.has(id)) // a body may be JSON too
    .map(({ parsed }) => parsed);
  return {
    sets: files.flatMap(({ set }) => set ?? []),
    files,
    references: [...references],
    problems: [
      ...problems,
      ...files.flatMap((file) => file.problems),
      ...explainForeignDuplicates(files),
    ],
  };
}

interface Found {
  readonly found: readonly FoundFile[];
  readonly problems: readonly Problem[];
}

async function findAll(paths: readonly string[]): Promise<Found> {
  const found: FoundFile[] = [];
  const problems: Problem[] = [];
  for (const path of paths) {
    const files = await findFiles(path, isFixtureFile);
    if ('problem' in files) problems.push(wholeFile(path, files.problem));
    else found.push(...files.files);
  }
  return { found, problems };
}

async function findDefault(folder: string): Promise<Found> {
  const files = await findFiles(folder, (name) => /\.longcat\.(ya?ml|json)$/i.test(name));
  return { found: 'problem' in files ? [] : files.files, problems: [] };
}

/** A copy of the format’s JSON Schema may stand beside the fixtures. */
function isFixtureFile(name: string): boolean {
  return /\.(ya?ml|json)$/i.test(name) && !/\.schema\.json$/i.test(name);
}

async function loadFile(file: FoundFile, references: Set<string>): Promise<ParsedFile> {
  const { path } = file;
  const read = await readText(path);
  if ('problem' in read) {
    const problem = wholeFile(path, `Cannot read "${path}": ${read.problem}`);
    return { file: path, problems: [problem], definitions: [], locate: () => problem };
  }
  const readReference: ReadReference = async (reference) => {
    const target = await findInside(file, reference);
    if ('problem' in target) return refuse(reference, target.problem);
    references.add(target.path);
    const content = await readText(target.path);
    return 'problem' in content ? refuse(reference, content.problem) : content;
  };
  return parseFixtures(read.text, { file: path, readReference });
}

function refuse(reference: string, reason: string): { readonly problem: string } {
  return { problem: `Cannot read ${quote(reference)}: ${reason}` };
}

/** Those within a file are among its own problems. */
function explainForeignDuplicates(files: readonly ParsedFile[]): readonly Problem[] {
  const own = new Set(files.flatMap(({ definitions }) => explainDuplicates(definitions)).map(key));
  const all = explainDuplicates(files.flatMap(({ definitions }) => definitions));
  return all.filter((problem) => !own.has(key(problem)));
}

function key({ file, line, column }: Problem): string {
  return `${file}:${line}:${column}`;
}

function wholeFile(file: string, message: string): Problem {
  return { severity: 'error', file, line: 1, column: 1, message };
}

import { isJsonObject } from '../exchange/json.ts';
import { type CheckedFile, compileFile } from './compile.ts';
import { findContradictions } from './contradictions.ts';
import { readDocument } from './document.ts';
import { type Definition, explainDuplicates, listDefinitions } from './duplicates.ts';
import type { FixtureSet } from './fixture.ts';
import { findHiddenRetry } from './hidden-retry.ts';
import { explainIssues } from './issues.ts';
import { type Locate, type Mistake, placeMistake, valueAt } from './mistake.ts';
import { hasErrors, type Problem } from './problem.ts';
import { type ReadReference, resolveReferences } from './references.ts';
import { FixtureFile, FixtureSchema, type ParsedFixture } from './schema.ts';
import { quote } from './text-test.ts';

export interface ParsedFile {
  readonly file: string;
  /** Every problem of the file, in the order of its lines. */
  readonly problems: readonly Problem[];
  /** Absent where there is an error. */
  readonly set?: FixtureSet;
  /** What `set` was made of. */
  readonly checked?: CheckedFile;
  /** The ids that the file gives, whatever else is wrong with it. */
  readonly definitions: readonly Definition[];
  readonly locate: Locate;
}

export interface ParseOptions {
  /** The file’s name as problems show it. */
  readonly file: string;
  readonly readReference?: ReadReference;
}

const readNothing: ReadReference = async (reference) => ({
  problem: `${quote(reference)} cannot be read: these fixtures stand in no folder`,
});

/** The fixtures of a YAML or JSON text, or all that is wrong with it. */
export async function parseFixtures(
  text: string,
  { file, readReference = readNothing }: ParseOptions,
): Promise<ParsedFile> {
  const { value, problems, locate } = await readDocument(text, file);
  if (value === undefined) return { file, problems, definitions: [], locate };
  if (value === null) return { file, problems: [explainEmpty(file)], definitions: [], locate };

  const definitions = listDefinitions(value, locate);
  const parsed = FixtureFile.safeParse(value);
  const mistakes = parsed.success ? [] : explainIssues(parsed.error.issues, value, FixtureFile);
  const readable = parsed.success
    ? [...parsed.data.fixtures.entries()]
    : listReadable(dropKeys(value, mistakes));
  const { fixtures, mistakes: doubts } = await examine(readable, readReference);
  const all = [
    ...problems,
    ...[...mistakes, ...doubts].map((mistake) => placeMistake(mistake, locate)),
    ...explainDuplicates(definitions),
  ];
  const found = { file, problems: sortProblems(all), definitions, locate };
  if (!parsed.success || hasErrors(all)) return found;
  const places = fixtures.map((_, index) => locate(['fixtures', index]));
  const checked = {
    file,
    content: { ...parsed.data, fixtures },
    places: places.map(({ line, column }) => ({ line, column })),
  };
  return { ...found, checked, set: compileFile(checked) };
}

function explainEmpty(file: string): Problem {
  const fix = 'Begin it with "version: 1".';
  return { severity: 'error', file, line: 1, column: 1, message: 'The file is empty', fix };
}

/** The fixtures that are well by themselves, so that one mistake does not hide another. */
function listReadable(value: unknown): readonly (readonly [number, ParsedFixture])[] {
  const fixtures = valueAt(value, ['fixtures']);
  if (!Array.isArray(fixtures)) return [];
  return fixtures.flatMap((fixture, index) => {
    const parsed = FixtureSchema.safeParse(fixture);
    return parsed.success ? [[index, parsed.data] as const] : [];
  });
}

/** A copy without the unknown keys: the rest of what holds them can still be examined. */
function dropKeys(value: unknown, mistakes: readonly Mistake[]): unknown {
  const copy = structuredClone(value);
  for (const { path, part } of mistakes) {
    const holder = valueAt(copy, path.slice(0, -1));
    const key = path.at(-1);
    if (part === 'key' && key !== undefined && isJsonObject(holder)) {
      Reflect.deleteProperty(holder, key);
    }
  }
  return copy;
}

interface Examined {
  readonly fixtures: FixtureFile['fixtures'];
  readonly mistakes: readonly Mistake[];
}

/** What no schema tells: contradictions, files that cannot be read, steps that a retry takes. */
async function examine(
  readable: readonly (readonly [number, ParsedFixture])[],
  readReference: ReadReference,
): Promise<Examined> {
  const fixtures: ParsedFixture[] = [];
  const mistakes: Mistake[] = [];
  for (const [index, fixture] of readable) {
    const path = ['fixtures', index];
    const { match, respond } = fixture;
    const steps = Array.isArray(respond) ? respond : [respond];
    for (const [number, step] of steps.entries()) {
      const stepPath = [...path, 'respond', ...(Array.isArray(respond) ? [number] : [])];
      mistakes.push(...findContradictions(step, match, stepPath));
    }
    mistakes.push(...findHiddenRetry(fixture, path));
    const resolved = await resolveReferences(fixture, path, readReference);
    mistakes.push(...resolved.mistakes);
    fixtures.push(resolved.fixture);
  }
  return { fixtures, mistakes };
}

/** By line; and one only where two say the same of the same place. */
function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>();
  return problems
    .filter(({ line, column, message }) => {
      const key = `${line}:${column}:${message}`;
      return !seen.has(key) && seen.add(key);
    })
    .toSorted((left, right) => left.line - right.line || left.column - right.column);
}

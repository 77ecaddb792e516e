import type { CheckStep } from '../scenario/check.ts';
import { checkAnswers } from '../scenario/check.ts';
import { compileFile } from '../scenario/compile.ts';
import type { FixtureSet } from '../scenario/fixture.ts';
import type { Path } from '../scenario/mistake.ts';
import { parseFixtures } from '../scenario/parse.ts';
import type { Problem as PlacedProblem } from '../scenario/problem.ts';
import type { Refusal } from './handler.ts';
import { showPath, summarize } from './input.ts';
import type { Problem } from './schema/common.ts';

export interface InspectOptions {
  readonly checkStep: CheckStep;
  /** The path in the body of what stands at a path of the file. */
  readonly toBodyPath?: (path: Path) => Path;
}

export type Inspected =
  | { readonly ok: true; readonly set: FixtureSet; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly refusal: Refusal };

/** Fixtures that came in a body, with all that is wrong with them, as in a file. */
export async function inspectFixtures(
  file: unknown,
  { checkStep, toBodyPath = (path) => path }: InspectOptions,
): Promise<Inspected> {
  // Written so that each value begins on a line of its own: a line then names a path.
  const parsed = await parseFixtures(JSON.stringify(file, null, 1), { file: fileName });
  const paths = listPaths(file, []);
  const placed = [...parsed.problems, ...checkAnswers([parsed], checkStep)];
  const pathAt = (line: number) => showPath(toBodyPath(paths[line - 1] ?? []));
  const problems = placed.map((problem) => toProblem(problem, pathAt));
  const { checked } = parsed;
  if (!checked || problems.some(({ severity }) => severity === 'error')) {
    const message = summarize(problems);
    return { ok: false, refusal: { status: 422, code: 'invalid_fixtures', message, problems } };
  }
  return { ok: true, set: compileFile({ ...checked, places: [] }), warnings: problems };
}

const fileName = '#';
const placePattern = /#:(\d+):\d+/g;

/** The path of the value that begins on each line of the indented JSON. */
function listPaths(value: unknown, path: Path): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const members = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  if (members.length === 0) return [path];
  return [path, ...members.flatMap(([key, member]) => listPaths(member, [...path, key])), path];
}

function toProblem(
  { severity, line, message, fix }: PlacedProblem,
  pathAt: (line: number) => string,
): Problem {
  return {
    severity,
    path: pathAt(line),
    message: message
      .replace(/^The file /, 'The body ')
      .replaceAll(placePattern, (_, at: string) => pathAt(Number(at))),
    ...(fix !== undefined && { fix }),
  };
}

import { type CheckStep, checkAnswers } from '../../scenario/check.ts';
import { defaultFolder, loadFixtures } from '../../scenario/load.ts';
import { hasErrors, type ProblemFormat, renderProblems } from '../../scenario/problem.ts';
import type { Streams } from '../streams.ts';

export interface ValidateOptions {
  /** Files and folders; none for the default ones. */
  readonly paths: readonly string[];
  readonly format: ProblemFormat;
  readonly checkStep?: CheckStep;
}

/** Checks fixture files. 0 when there is no error, 1 when there is, 2 when there is no file. */
export async function validate(
  { paths, format, checkStep = () => [] }: ValidateOptions,
  { out, err }: Streams,
): Promise<number> {
  const loaded = await loadFixtures(paths.length === 0 ? undefined : paths);
  const problems = [...loaded.problems, ...checkAnswers(loaded.files, checkStep)];
  if (loaded.files.length === 0 && problems.length === 0) {
    const where = paths.length === 0 ? `./${defaultFolder}` : paths.join(', ');
    err.write(`No fixture files in ${where}. Name some, or run "longcat-mock init".\n`);
    return 2;
  }
  out.write(renderProblems(problems, format));
  if (hasErrors(problems)) return 1;
  const fixtures = loaded.sets.reduce((sum, set) => sum + set.fixtures.length, 0);
  const files = loaded.files.length;
  err.write(`No errors in ${count(fixtures, 'fixture')} of ${count(files, 'file')}.\n`);
  return 0;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

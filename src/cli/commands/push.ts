import { type CheckStep, checkAnswers } from '../../scenario/check.ts';
import { defaultFolder, type LoadedFixtures, loadFixtures } from '../../scenario/load.ts';
import type { ParsedFile } from '../../scenario/parse.ts';
import { hasErrors, type Problem, renderProblems } from '../../scenario/problem.ts';
import { type Posted, postAdmin, type Remote, waitForMock } from '../remote.ts';
import type { Streams } from '../streams.ts';

export interface PushOptions {
  /** Files and folders; none for the default ones. */
  readonly paths: readonly string[] | undefined;
  readonly remote: Remote;
  /** How long the mock may take to be there. */
  readonly waitMs: number;
  /** Whose fixtures they are to be; everyone's without. */
  readonly session?: string | undefined;
  readonly checkStep: CheckStep;
}

/**
 * Gives fixture files to a mock that runs. 0 when it has taken all of them, 1 when one is wrong or
 * was refused, 2 when there is no file, no mock, or no leave to give it any.
 */
export async function push(options: PushOptions, streams: Streams): Promise<number> {
  const { paths, remote, waitMs, checkStep } = options;
  const { err } = streams;
  const loaded = await loadFixtures(paths);
  const problems = [...loaded.problems, ...checkAnswers(loaded.files, checkStep)];
  err.write(renderProblems(problems, 'text'));
  if (hasErrors(problems)) return 1;
  if (loaded.files.length === 0) {
    err.write(`No fixture files in ${paths?.join(', ') ?? `./${defaultFolder}`}. Name some.\n`);
    return 2;
  }
  if (!(await waitForMock(remote, waitMs))) {
    const wait = waitMs > 0 ? ` within ${waitMs / 1000} s` : '';
    const advice = waitMs > 0 ? 'Is that its address?' : 'Wait for it with --wait SECONDS.';
    err.write(`No longcat-mock answers at ${remote.url}${wait}. ${advice}\n`);
    return 2;
  }
  return pushAll(loaded, options, streams);
}

/** One file after the other; the first that is refused is the last. */
async function pushAll(
  { files, sets }: LoadedFixtures,
  { remote, session }: PushOptions,
  { out, err }: Streams,
): Promise<number> {
  const query = session === undefined ? '' : `?session=${encodeURIComponent(session)}`;
  for (const [index, file] of files.entries()) {
    const posted = await post(`fixtures/import${query}`, file.checked?.content, remote);
    if (!posted.ok) {
      err.write(explainRefusal(posted, file));
      if (index > 0) err.write('The mock keeps what it was given before that.\n');
      return posted.status === 409 || posted.status === 422 ? 1 : 2;
    }
  }
  const fixtures = sets.reduce((sum, set) => sum + set.fixtures.length, 0);
  const amount = `${count(fixtures, 'fixture')} of ${count(files.length, 'file')}`;
  out.write(`Pushed ${amount} to ${remote.url}.\n`);
  return 0;
}

async function post(path: string, body: unknown, remote: Remote): Promise<Posted> {
  try {
    return await postAdmin(path, body, remote);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `${remote.url} did not answer: ${reason}.`;
    return { ok: false, status: 0, error: { code: 'unknown', message } };
  }
}

function explainRefusal({ status, error }: Extract<Posted, { ok: false }>, file: ParsedFile) {
  if (error.problems) {
    const problems = error.problems.map(
      ({ path, ...problem }): Problem => ({ ...problem, ...file.locate(toPath(path)) }),
    );
    return renderProblems(problems, 'text');
  }
  const token = status === 401 ? ' Here: --admin-token.' : '';
  return `${file.file}: ${error.message}${token}\n`;
}

/** `fixtures[0].respond` in its parts. */
function toPath(text: string): readonly (string | number)[] {
  const parts = text.match(/[^.[\]]+/g) ?? [];
  return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

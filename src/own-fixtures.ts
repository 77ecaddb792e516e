import { access } from 'node:fs/promises';
import { MockError } from './errors.ts';
import { rehearse } from './rehearse.ts';
import type { LoadedFixtures } from './scenario/load.ts';
import type { Problem } from './scenario/problem.ts';
import type { OwnFixtures, Repertoire } from './scenario/repertoire.ts';

/** Where fixtures are looked for when nobody says where. */
const defaultFolder = 'longcat-mock';

export interface OwnOptions {
  /** Files and folders; without them those of `./longcat-mock`, if there is such a folder. */
  readonly paths: readonly string[] | undefined;
  /** Gets what a user should know and what stops nothing. */
  readonly notify: (message: string) => void;
}

/**
 * A user's own fixtures, with every answer in them tried.
 *
 * @throws MockError `invalid-config`, with every problem and its place
 */
export async function loadOwnFixtures({ paths, notify }: OwnOptions): Promise<OwnFixtures> {
  if (!paths && !(await exists(defaultFolder))) return { sets: [], files: 0 };
  const [{ loadFixtures }, { checkAnswers }, { hasErrors, renderProblems }] = await Promise.all([
    import('./scenario/load.ts'),
    import('./scenario/check.ts'),
    import('./scenario/problem.ts'),
  ]);
  const loaded = await loadFixtures(paths);
  const problems: readonly Problem[] = [
    ...loaded.problems,
    ...checkAnswers(loaded.files, rehearse),
  ];
  const text = renderProblems(problems, 'text').trimEnd();
  if (hasErrors(problems))
    throw new MockError('invalid-config', `Cannot load the fixtures:\n${text}`);
  if (text !== '') notify(text);
  return toOwn(loaded, paths);
}

/** Loads them anew whenever one changes; a bad edit changes nothing, and is told. */
export async function watchOwnFixtures(
  repertoire: Repertoire,
  { paths, notify }: OwnOptions,
): Promise<{ close(): Promise<void> }> {
  const [{ watchFixtures }, { renderProblems }] = await Promise.all([
    import('./scenario/watch.ts'),
    import('./scenario/problem.ts'),
  ]);
  return watchFixtures(paths, {
    checkStep: rehearse,
    onLoad(loaded) {
      repertoire.replace(toOwn(loaded, paths));
      notify(`Loaded the fixtures anew: ${countFixtures(loaded)}.`);
    },
    onProblems(problems) {
      const text = renderProblems(problems, 'text').trimEnd();
      notify(`The fixtures stay as they were:\n${text}`);
    },
  });
}

function toOwn({ sets, files }: LoadedFixtures, paths: readonly string[] | undefined): OwnFixtures {
  return { sets, files: files.length, folder: paths?.join(', ') ?? `./${defaultFolder}` };
}

function countFixtures({ sets }: LoadedFixtures): string {
  const count = sets.reduce((sum, { fixtures }) => sum + fixtures.length, 0);
  return `${count} ${count === 1 ? 'fixture' : 'fixtures'}`;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

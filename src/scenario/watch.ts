import { setTimeout as wait } from 'node:timers/promises';
import { type CheckStep, checkAnswers } from './check.ts';
import { defaultFolder, type LoadedFixtures, loadFixtures } from './load.ts';
import { hasErrors, type Problem } from './problem.ts';

export interface WatchOptions {
  /** Gets every set anew after an edit without errors; `problems` may hold warnings. */
  readonly onLoad: (loaded: LoadedFixtures) => void;
  /** Gets the problems of an edit; what was loaded before stays in force. */
  readonly onProblems: (problems: readonly Problem[]) => void;
  readonly checkStep?: CheckStep;
  /** As of `loadFixtures`. */
  readonly folder?: string;
}

export interface Watcher {
  /** Resolves once no call of `onLoad` or `onProblems` can follow. */
  close(): Promise<void>;
}

/** Editors write a file in several goes, and a checkout writes many. */
const settleMs = 50;

/** Loads the fixtures at these paths whenever one of them changes; resolves once it is watching. */
export async function watchFixtures(
  paths: readonly string[] | undefined,
  { onLoad, onProblems, checkStep = () => [], folder = defaultFolder }: WatchOptions,
): Promise<Watcher> {
  const { watch } = await import('chokidar');
  const watched = paths ?? [folder];
  const { references } = await loadFixtures(paths, { folder });
  const watcher = watch([...watched, ...references], { ignoreInitial: true });
  const fail = (error: unknown) => onProblems([explainError(error, watched)]);

  const reloader = createReloader({
    load: () => loadFixtures(paths, { folder }),
    report: (loaded) => {
      watcher.add([...loaded.references]);
      const problems = [...loaded.problems, ...checkAnswers(loaded.files, checkStep)];
      if (hasErrors(problems)) onProblems(problems);
      else onLoad({ ...loaded, problems });
    },
    fail,
  });
  watcher.on('all', () => reloader.touch()).on('error', fail);
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  return {
    async close() {
      await Promise.all([watcher.close(), reloader.close()]);
    },
  };
}

interface Reloading {
  load(): Promise<LoadedFixtures>;
  report(loaded: LoadedFixtures): void;
  fail(error: unknown): void;
}

/** Reports what is there once no change has come for a while; one load at a time. */
function createReloader({ load, report, fail }: Reloading) {
  let changes = 0;
  let closed = false;
  let running: Promise<void> | undefined;

  async function reloadUntilSettled(): Promise<void> {
    try {
      for (let seen = -1; seen !== changes && !closed; ) {
        seen = changes;
        await wait(settleMs);
        if (seen !== changes || closed) continue;
        const loaded = await load();
        if (seen === changes && !closed) report(loaded);
      }
    } catch (error) {
      fail(error);
    } finally {
      running = undefined;
    }
  }

  return {
    touch(): void {
      changes += 1;
      running ??= reloadUntilSettled();
    },
    async close(): Promise<void> {
      closed = true;
      await running;
    },
  };
}

/** Such as the limit of watched files that the system has. */
function explainError(error: unknown, [file = '']: readonly string[]): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `Cannot reload "${file}": ${reason}`;
  return { severity: 'error', file, line: 1, column: 1, message };
}

import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { MockError } from '../../errors.ts';
import type { RunningLongCatMock } from '../../mock.ts';
import { version } from '../../version.ts';
import type { Config } from '../config.ts';
import { createLog } from '../log.ts';
import { startFor } from '../start.ts';
import { renderSummary } from '../summary.ts';

/** Serves until a signal; resolves to the exit code. */
export async function serve(config: Config): Promise<number> {
  const stderr = process.stderr;
  const level = config.logLevel ?? (stderr.isTTY ? 'info' : 'error');
  const log = await createLog({ level, json: config.json, stream: stderr });
  log.debug('settings', { ...config, acceptKeys: config.acceptKeys.map(() => '(hidden)') });

  const stopped = waitForSignal();
  if (config.readyFile) await removeStale(config.readyFile);
  await using mock = await startFor(config, log);
  await announce(mock, config);
  await stopped;
  if (config.readyFile) await removeReadyFile(config.readyFile);
  return config.failOnUnmatched && tellUnmatched(mock) ? 1 : 0;
}

/** Whether a request had no fixture; then what they were is told. */
function tellUnmatched({ engine }: RunningLongCatMock): boolean {
  const { lines, unmatched } = renderSummary(engine);
  if (unmatched > 0) process.stderr.write(`${lines.join('\n')}\n`);
  return unmatched > 0;
}

function countFixtures({ engine }: RunningLongCatMock): number {
  const { sets } = engine.repertoire.own();
  return sets.reduce((sum, { fixtures }) => sum + fixtures.length, 0);
}

/** One line that scripts can wait for, and the file of `--ready-file`, whole or not at all. */
async function announce(mock: RunningLongCatMock, config: Config): Promise<void> {
  const facts = {
    url: mock.url,
    openai: mock.openaiUrl,
    anthropic: mock.anthropicUrl,
    models: config.models.join(','),
    fixtures: countFixtures(mock),
    unmatched: config.onUnmatched ?? (countFixtures(mock) > 0 ? 'error' : 'dynamic'),
    version,
    pid: process.pid,
  };
  if (config.readyFile) {
    await writeReadyFile(config.readyFile, `${JSON.stringify(facts)}\n`);
  }
  const words = Object.entries(facts).map(([name, value]) => `${name}=${value}`);
  const line = config.json
    ? JSON.stringify({ event: 'ready', ...facts })
    : `longcat-mock ready ${words.join(' ')}`;
  process.stdout.write(`${line}\n`);
}

async function writeReadyFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(draft, text);
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `Cannot write the ready file "${path}" of --ready-file: ${reason}`;
    throw new MockError('invalid-config', message, { cause });
  }
}

/** What a mock that was killed left. Where it cannot be removed, writing fails and says why. */
async function removeStale(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => undefined);
}

/** Unless another mock has written it since. */
async function removeReadyFile(path: string): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => '');
  if (text.includes(`"pid":${process.pid}}`)) await rm(path, { force: true });
}

function waitForSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

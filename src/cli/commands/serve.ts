import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { MockError } from '../../errors.ts';
import type { RunningLongCatMock } from '../../mock.ts';
import { version } from '../../version.ts';
import type { Config } from '../config.ts';
import { createLog } from '../log.ts';
import { createReporter } from '../report/reporter.ts';
import { startFor } from '../start.ts';
import { createTally, type Tally } from '../summary.ts';
import { leavesUnused } from '../unused.ts';

/** Serves until a signal; resolves to the exit code. */
export async function serve(config: Config): Promise<number> {
  const stderr = process.stderr;
  const level = config.logLevel ?? (stderr.isTTY ? 'info' : 'error');
  const log = await createLog({ level, json: config.json, stream: stderr });
  const acceptKeys = config.acceptKeys.map(() => '(hidden)');
  const adminToken = config.adminToken && '(hidden)';
  log.debug('settings', { ...config, acceptKeys, adminToken });

  const stopped = waitForSignal();
  if (config.readyFile) await removeStale(config.readyFile);
  await using mock = await startFor(config, log);
  const tally = createTally(mock.engine);
  const reporter = createReporter(mock, config.reports, stderr);
  if (mock.adminToken !== config.adminToken) stderr.write(tellToken(mock, config));
  await announce(mock, config);
  if (!config.json && (level === 'info' || level === 'debug')) {
    stderr.write(`The API's reference is at ${mock.url}/docs\n`);
  }
  await Promise.race([stopped, mock.closed]);
  if (config.readyFile) await removeReadyFile(config.readyFile);
  const isUnmatched = config.failOnUnmatched && tellUnmatched(tally);
  const hasFindings = isUnmatched || (await leavesUnused(mock, config));
  if (!(await reporter.finish())) return 2;
  return hasFindings ? 1 : 0;
}

/** Whether a request had no fixture; then what they were is told. */
function tellUnmatched(tally: Tally): boolean {
  const isAny = tally.unmatched() > 0;
  if (isAny) process.stderr.write(`${tally.summarize().join('\n')}\n`);
  return isAny;
}

/** Of a token that was made here: only who starts the mock sees it. */
function tellToken({ adminToken = '' }: RunningLongCatMock, { host, json }: Config): string {
  if (json) return `${JSON.stringify({ level: 40, msg: 'admin token', adminToken })}\n`;
  return `Other machines reach ${host}: the admin API wants the token ${adminToken} (or set one with --admin-token).\n`;
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
    const { adminToken } = mock;
    const text = `${JSON.stringify({ adminToken, ...facts })}\n`;
    await writeReadyFile(config.readyFile, text, adminToken === undefined ? 0o666 : 0o600);
  }
  const words = Object.entries(facts).map(([name, value]) => `${name}=${value}`);
  const line = config.json
    ? JSON.stringify({ event: 'ready', ...facts })
    : `longcat-mock ready ${words.join(' ')}`;
  process.stdout.write(`${line}\n`);
}

/** The mode is less what the user masks. */
async function writeReadyFile(path: string, text: string, mode: number): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(draft, text, { mode });
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

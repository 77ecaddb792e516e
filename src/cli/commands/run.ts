import { constants } from 'node:os';
import spawn from 'cross-spawn';
import { MockError } from '../../errors.ts';
import type { RunningLongCatMock } from '../../mock.ts';
import type { Config } from '../config.ts';
import { createLog } from '../log.ts';
import { createReporter } from '../report/reporter.ts';
import { startFor } from '../start.ts';
import { createTally } from '../summary.ts';
import { leavesUnused } from '../unused.ts';

/** Runs a command against a mock of its own; resolves to the command's exit code. */
export async function run(config: Config, command: readonly string[]): Promise<number> {
  const stream = process.stderr;
  const log = await createLog({ level: config.logLevel ?? 'error', json: config.json, stream });
  await using mock = await startFor(config, log);
  const tally = createTally(mock.engine);
  const reporter = createReporter(mock, config.reports, stream);
  const code = await runCommand(command, environmentFor(mock));
  for (const line of tally.summarize()) stream.write(`longcat-mock: ${line}\n`);
  const isUnmatched = config.failOnUnmatched && tally.unmatched() > 0;
  const hasFindings = isUnmatched || (await leavesUnused(mock, config));
  const isReported = await reporter.finish();
  if (code !== 0) return code;
  if (!isReported) return 2;
  return hasFindings ? 1 : 0;
}

/** Accepted by every mock, and no account's. */
const key = 'lcmock_default';

function environmentFor(mock: RunningLongCatMock): NodeJS.ProcessEnv {
  const { url, openaiUrl, anthropicUrl, adminToken } = mock;
  return {
    ...process.env,
    OPENAI_BASE_URL: openaiUrl,
    OPENAI_API_KEY: key,
    ANTHROPIC_BASE_URL: anthropicUrl,
    ANTHROPIC_AUTH_TOKEN: key,
    // LongCat does not read x-api-key, which this one would send.
    ANTHROPIC_API_KEY: undefined,
    LONGCAT_BASE_URL: url,
    LONGCAT_API_KEY: key,
    // The helpers of test runners take this mock then, and start none.
    LONGCAT_MOCK_URL: url,
    LONGCAT_MOCK_ADMIN_TOKEN: adminToken,
  };
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A signal to us is a signal to the command; we end when it does, and as it does. */
function runCommand(
  [name = '', ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(name, args, { env, stdio: 'inherit' });
    const forward = (signal: NodeJS.Signals) => child.kill(signal);
    for (const signal of signals) process.on(signal, forward);
    const settle = () => {
      for (const signal of signals) process.off(signal, forward);
    };
    child.once('error', (cause) => {
      settle();
      const message = `Cannot run "${name}": ${explainFailure(cause)}`;
      reject(new MockError('invalid-config', message, { cause }));
    });
    child.once('exit', (code, signal) => {
      settle();
      resolve(signal ? 128 + constants.signals[signal] : (code ?? 1));
    });
  });
}

function explainFailure({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'there is no such command. Is it installed, and on the PATH?';
  return code === 'EACCES' ? 'it may not be executed.' : message;
}

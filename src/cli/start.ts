import { MockError } from '../errors.ts';
import { type RunningLongCatMock, startLongCatMock } from '../mock.ts';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import { findPortHolder } from './port-holder.ts';

/** A mock as configured, with the log as its voice. */
export async function startFor(
  config: Config,
  { report, notify }: Log,
): Promise<RunningLongCatMock> {
  try {
    const { logLevel: _, readyFile: __, json: ___, failOnUnmatched: ____, ...rest } = config;
    const { reports: _____, ...options } = rest;
    return await startLongCatMock({ ...options, report, notify });
  } catch (error) {
    if (!(error instanceof MockError) || error.code !== 'port-taken') throw error;
    const { host, port } = config;
    const holder = await findPortHolder(host, port);
    const message = `Port ${port} on ${host} is taken by ${holder}. Stop it, or choose another with --port (0 for any free one).`;
    throw new MockError('port-taken', message, { cause: error });
  }
}

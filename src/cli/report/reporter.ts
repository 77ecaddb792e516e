import type { RunningLongCatMock } from '../../mock.ts';
import type { Streams } from '../streams.ts';
import { createCollector } from './collect.ts';
import type { ReportTarget } from './target.ts';
import { writeReport } from './write.ts';

export interface Reporter {
  /** Closes the mock, so that every answer has ended, and writes; tells whether all could be written. */
  finish(): Promise<boolean>;
}

/** Follows a mock for the reports that were asked for. */
export function createReporter(
  mock: Pick<RunningLongCatMock, 'engine' | 'close'>,
  targets: readonly ReportTarget[],
  stream: Streams['err'],
): Reporter {
  if (targets.length === 0) return { finish: async () => true };
  const collector = createCollector(mock.engine);
  return {
    async finish() {
      await mock.close();
      const summaryFile = process.env['GITHUB_STEP_SUMMARY'];
      return writeReport(collector.report(), { targets, stream, summaryFile });
    },
  };
}

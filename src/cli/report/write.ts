import { appendFile } from 'node:fs/promises';
import { writeWhole } from '../write-whole.ts';
import { renderAnnotations, renderSummary } from './github.ts';
import { renderJunit } from './junit.ts';
import type { Report } from './report.ts';
import type { ReportTarget } from './target.ts';

export interface Writing {
  readonly targets: readonly ReportTarget[];
  /** Where annotations and what went wrong are told. */
  readonly stream: { write(text: string): unknown };
  /** A variable of GitHub Actions: the file of a step's summary. */
  readonly summaryFile?: string | undefined;
}

/** Writes a report wherever it was asked for, and tells whether all of that worked. */
export async function writeReport(
  report: Report,
  { targets, stream, summaryFile }: Writing,
): Promise<boolean> {
  let isWritten = true;
  for (const target of targets) {
    try {
      await writeTo(target, report, { stream, summaryFile });
    } catch (error) {
      isWritten = false;
      stream.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  return isWritten;
}

async function writeTo(
  target: ReportTarget,
  report: Report,
  { stream, summaryFile }: Omit<Writing, 'targets'>,
): Promise<void> {
  switch (target.kind) {
    case 'junit':
      return writeWhole(target.file, renderJunit(report));
    case 'json':
      return writeWhole(target.file, `${JSON.stringify(report, null, 2)}\n`);
    case 'github':
      stream.write(renderAnnotations(report));
      if (summaryFile) await appendFile(summaryFile, renderSummary(report));
      return;
    default:
      return target satisfies never;
  }
}

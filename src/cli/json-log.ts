import { pino } from 'pino';
import type { RequestReport } from '../http/settings.ts';

/** Writes each report as a line of JSON. */
export function createJsonWriter(stream: NodeJS.WriteStream): (report: RequestReport) => void {
  const logger = pino({ base: undefined }, stream);
  return (report) => {
    const level = report.status >= 500 ? 'error' : 'info';
    const milliseconds = Math.round(report.milliseconds * 10) / 10;
    logger[level]({ ...report, milliseconds }, 'request');
  };
}

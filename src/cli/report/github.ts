import { renderAnnotation } from '../../scenario/problem.ts';
import { type Fault, listFaults, type Report } from './report.ts';

/** GitHub shows no more of one step. */
const mostAnnotations = 10;
const mostRows = 100;

/** Workflow commands that GitHub Actions turns into annotations, one on a line. */
export function renderAnnotations(report: Report): string {
  const faults = listFaults(report);
  return faults
    .slice(0, mostAnnotations)
    .map((fault) => `${annotate(fault)}\n`)
    .join('');
}

function annotate({ title, session, subject, message, place }: Fault): string {
  const text = `${subject} (session "${session}"): ${message}`;
  return renderAnnotation({ severity: 'error', ...place, title: `longcat-mock: ${title}` }, text);
}

/** A part of the page that GitHub shows of a job. */
export function renderSummary(report: Report): string {
  const { requests, fixture, cassette, upstream, generated, refused } = report.counts;
  const faults = listFaults(report);
  return [
    '### longcat-mock',
    '',
    `${requests} requests: ${fixture} answered by fixtures, ${cassette} by recordings, ${upstream} by the upstream, ${generated} generated, ${refused} refused.`,
    '',
    ...(faults.length === 0 ? ['Nothing is wrong.'] : renderTable(faults)),
    '',
    '',
  ].join('\n');
}

function renderTable(faults: readonly Fault[]): readonly string[] {
  const rows = faults.slice(0, mostRows).map(({ title, session, subject, message, place }) => {
    const where = place ? `${place.file}:${place.line}` : '';
    return `| ${[title, session, subject, message, where].map(toCell).join(' | ')} |`;
  });
  const more = faults.length - rows.length;
  return [
    '| what | session | request or rule | why | fixture |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    ...(more > 0 ? ['', `And ${more} more.`] : []),
  ];
}

const longestCell = 500;

/** What a client sent makes no markup and no column of its own. */
function toCell(text: string): string {
  return text
    .slice(0, longestCell)
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_[\]|~!@#]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

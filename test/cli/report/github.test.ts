import { expect, it } from 'vitest';
import { renderAnnotations, renderSummary } from '../../../src/cli/report/github.ts';
import type { Report } from '../../../src/cli/report/report.ts';
import { someReport } from './some-report.ts';

it('each fault is one line, whose properties are escaped as GitHub reads them', () => {
  const lines = renderAnnotations(someReport).split('\n');

  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(
    /^::error file=a%2Cb%3A%25\.yaml,line=3,col=5,title=longcat-mock%3A Unmatched request::POST \/a "b"/,
  );
  expect(lines[0]).toContain('%0Anext');
  expect(lines[2]).toBe(
    '::error title=longcat-mock%3A Contract violation::POST /b (session "w2"): /messages: wrong',
  );
  expect(lines[3]).toBe('');
});

it('the summary is a table with a row for each fault, in which no text makes markup', () => {
  const rows = renderSummary(someReport)
    .split('\n')
    .filter((line) => line.startsWith('|'));

  expect(rows).toHaveLength(5);
  for (const row of rows) expect(row.split('|')).toHaveLength(7);
  expect(rows.join('')).not.toMatch(/<c|`d`/);
});

it('more faults than GitHub shows are counted, not listed', () => {
  const [session] = someReport.sessions;
  const [, missed] = session?.requests ?? [];
  if (!session || !missed) throw new Error('There is a request that was missed.');
  const requests = Array.from({ length: 103 }, () => missed);
  const many: Report = { ...someReport, sessions: [{ ...session, requests, findings: [] }] };

  expect(renderAnnotations(many).trimEnd().split('\n')).toHaveLength(10);
  expect(renderSummary(many)).toContain('And 3 more.');
});

it('without a fault the summary says so', () => {
  expect(renderAnnotations({ ...someReport, sessions: [] })).toBe('');
  expect(renderSummary({ ...someReport, sessions: [] })).toContain('Nothing is wrong.');
});

import type { PlacedFinding, Report, RequestReport, SessionReport } from './report.ts';

/** JUnit XML as Jenkins and its like read it: a suite for each session, a case for each request and finding. */
export function renderJunit({ sessions }: Report): string {
  const [tests, failures] = [countCases, countFailures].map((count) =>
    sessions.reduce((sum, session) => sum + count(session), 0),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="longcat-mock" tests="${tests}" failures="${failures}" errors="0">`,
    ...sessions.flatMap(renderSuite),
    '</testsuites>',
    '',
  ].join('\n');
}

function countCases({ requests, findings }: SessionReport): number {
  return requests.length + findings.length;
}

function countFailures({ requests, findings }: SessionReport): number {
  return requests.filter(({ problem }) => problem).length + findings.length;
}

function renderSuite(session: SessionReport): readonly string[] {
  const { name, requests, findings } = session;
  const [tests, failures] = [countCases(session), countFailures(session)];
  return [
    `  <testsuite ${attribute('name', `session ${name}`)} tests="${tests}" failures="${failures}" errors="0" skipped="0">`,
    ...requests.flatMap((request) => renderRequest(request, name)),
    ...findings.flatMap((finding) => renderFinding(finding, name)),
    '  </testsuite>',
  ];
}

function renderRequest(request: RequestReport, session: string): readonly string[] {
  const { id, method, path, status, problem } = request;
  const start = openCase(`${method} ${path} ${status} (${id})`, session);
  if (!problem) return [`${start}/>`];
  const { kind, message, place } = problem;
  return [`${start}>`, renderFailure(kind, message, place), '    </testcase>'];
}

function renderFinding(finding: PlacedFinding, session: string): readonly string[] {
  const { rule, message, requests, place } = finding;
  const text = `${message} (requests ${requests.join(', ')})`;
  return [
    `${openCase(`${rule}: ${message}`, session)}>`,
    renderFailure(rule, text, place),
    '    </testcase>',
  ];
}

function openCase(name: string, session: string): string {
  return `    <testcase ${attribute('classname', `longcat-mock.${session}`)} ${attribute('name', name)}`;
}

function renderFailure(type: string, message: string, place: PlacedFinding['place']): string {
  const [first = ''] = message.split('\n');
  const where = place ? `${place.file}:${place.line}:${place.column}\n` : '';
  const start = `      <failure ${attribute('type', type)} ${attribute('message', first)}>`;
  return `${start}${escapeXml(`${where}${message}`)}</failure>`;
}

function attribute(name: string, value: string): string {
  return `${name}="${escapeXml(value).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** A client's path and texts are in it: XML has no way to write most control characters. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\r', '\n')
    .replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, (control) =>
      /[\t\n]/.test(control) ? control : '\uFFFD',
    )
    .replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);
}

import { type CassetteProblem, tellProblem } from '../../recording/document.ts';
import type { Finding } from '../../recording/scan.ts';
import { type ProblemFormat, renderProblems } from '../../scenario/problem.ts';

/** What became of a file. */
export interface FileReport {
  readonly file: string;
  /** The paths of what was left out of it. */
  readonly changed: readonly string[];
  /** Secrets that it holds, and what makes it no cassette. */
  readonly faults: readonly (Finding | CassetteProblem)[];
}

export function renderReports(reports: readonly FileReport[], format: ProblemFormat): string {
  switch (format) {
    case 'text':
      return reports.flatMap(listLines).join('');
    case 'github':
      return reports.map(annotate).join('');
    case 'json':
      return `${JSON.stringify(reports.flatMap(listEntries), null, 2)}\n`;
    default:
      return format satisfies never;
  }
}

function listLines({ file, changed, faults }: FileReport): readonly string[] {
  return [
    ...changed.map((path) => `${file}: ${path} was redacted.\n`),
    ...faults.map((fault) =>
      'rule' in fault ? `${file}: ${tellFinding(fault)}.\n` : `${tellProblem(fault)}\n`,
    ),
  ];
}

function tellFinding({ path, rule }: Finding): string {
  return `${path} contains ${rule}`;
}

function annotate({ file, faults }: FileReport): string {
  const problems = faults.map((fault) => {
    const { line = 1, column = 1 } = 'rule' in fault ? {} : fault;
    const message = 'rule' in fault ? tellFinding(fault) : tellMessage(fault);
    return { severity: 'error' as const, file, line, column, message };
  });
  return renderProblems(problems, 'github');
}

function tellMessage({ path, message }: CassetteProblem): string {
  return path ? `${path}: ${message}` : message;
}

function listEntries({ file, changed, faults }: FileReport): readonly object[] {
  return [
    ...changed.map((path) => ({ file, path, redacted: true })),
    ...faults.map((fault) => ({ file, ...fault })),
  ];
}

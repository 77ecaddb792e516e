import type { Place } from './fixture.ts';

/** Something that is wrong with a fixture file, or that its author may not have meant. */
export interface Problem extends Place {
  readonly severity: 'error' | 'warning';
  /** What is wrong, on one line, without a full stop at its end. */
  readonly message: string;
  /** What to do, as a sentence. */
  readonly fix?: string | undefined;
}

export const problemFormats = ['text', 'json', 'github'] as const;
export type ProblemFormat = (typeof problemFormats)[number];

/** Problems in one of the forms that people, programs and GitHub Actions read. */
export function renderProblems(problems: readonly Problem[], format: ProblemFormat): string {
  switch (format) {
    case 'text':
      return problems.map((problem) => `${renderText(problem)}\n`).join('');
    case 'github':
      return problems
        .map((problem) => `${renderAnnotation(problem, joinWords(problem))}\n`)
        .join('');
    case 'json':
      return `${JSON.stringify(problems.map(orderMembers), null, 2)}\n`;
    default:
      return format satisfies never;
  }
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

export function showPlace({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

function renderText(problem: Problem): string {
  return `${showPlace(problem)}: ${problem.severity}: ${joinWords(problem)}`;
}

export interface Annotated extends Partial<Place> {
  readonly severity: 'error' | 'warning';
  readonly title?: string | undefined;
}

/** A workflow command, with the escapes of GitHub’s own toolkit (actions/toolkit, `command.ts`). */
export function renderAnnotation(
  { severity, file, line, column: col, title }: Annotated,
  text: string,
): string {
  const properties = Object.entries({ file, line, col, title }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`],
  );
  return `::${[severity, properties.join(',')].filter(Boolean).join(' ')}::${escapeData(text)}`;
}

function joinWords({ message, fix }: Problem): string {
  return fix === undefined ? message : `${message}. ${fix}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function orderMembers({ severity, file, line, column, message, fix }: Problem): Problem {
  return { severity, file, line, column, message, ...(fix === undefined ? {} : { fix }) };
}

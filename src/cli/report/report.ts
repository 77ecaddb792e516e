import type { Entry } from '../../engine/entry.ts';
import type { Finding } from '../../engine/verdict.ts';

/** What happened while a mock served, as `--report json=FILE` writes it. */
export interface Report {
  /** Of this form: a member may be added without another number. */
  readonly version: 1;
  /** The version of longcat-mock. */
  readonly mock: string;
  readonly counts: Counts;
  /** In the order in which they began. */
  readonly sessions: readonly SessionReport[];
}

export interface Counts extends Readonly<Record<Entry['source'], number>> {
  readonly requests: number;
  /** Those of them that no fixture matched. */
  readonly unmatched: number;
  /** Those of them that break LongCat's contract. */
  readonly violating: number;
  /** What the client did wrong over several requests. */
  readonly findings: number;
  /** Requests that are counted and not listed: those without a problem, after so many. */
  readonly unlisted: number;
}

export interface SessionReport {
  readonly name: string;
  readonly requests: readonly RequestReport[];
  readonly findings: readonly PlacedFinding[];
}

export interface RequestReport {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly source: Entry['source'];
  readonly fixture?: string | undefined;
  readonly scenario?: string | undefined;
  readonly problem?: RequestProblem | undefined;
}

export interface RequestProblem {
  readonly kind: 'unmatched' | 'violation';
  readonly message: string;
  /** The fixture that answered, or came nearest. */
  readonly place?: ReportPlace | undefined;
}

export interface PlacedFinding extends Finding {
  readonly place?: ReportPlace | undefined;
}

export interface ReportPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Everything that is wrong, in one list. */
export interface Fault {
  readonly title: string;
  readonly session: string;
  /** What it is about: a request, or a rule. */
  readonly subject: string;
  readonly message: string;
  readonly place?: ReportPlace | undefined;
}

const titles = { unmatched: 'Unmatched request', violation: 'Contract violation' } as const;

export function listFaults({ sessions }: Report): readonly Fault[] {
  return sessions.flatMap(({ name: session, requests, findings }) => [
    ...requests.flatMap(({ method, path, problem }): Fault[] =>
      problem
        ? [{ ...problem, title: titles[problem.kind], session, subject: `${method} ${path}` }]
        : [],
    ),
    ...findings.map(({ rule, message, place }) => ({
      title: 'Client',
      session,
      subject: rule,
      message,
      place,
    })),
  ]);
}

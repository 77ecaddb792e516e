import type { Engine } from '../../engine/engine.ts';
import type { Entry, Told } from '../../engine/entry.ts';
import { judgeClient } from '../../engine/verdict.ts';
import { toSubject } from '../../http/subject.ts';
import { version } from '../../version.ts';
import type {
  PlacedFinding,
  Report,
  ReportPlace,
  RequestProblem,
  RequestReport,
} from './report.ts';

export interface Collector {
  /** All that has happened so far. */
  report(): Report;
}

/** Requests without a problem that are listed; all with one are, up to the same number. */
const mostListed = 10_000;

const sources = { fixture: 0, cassette: 0, upstream: 0, generated: 0, refused: 0 };

/** Notes the requests from now on, those too that the journal will have dropped at the end. */
export function createCollector({
  journal,
  repertoire,
}: Pick<Engine, 'journal' | 'repertoire'>): Collector {
  const requests: { readonly session: string; readonly request: RequestReport }[] = [];
  const names = new Set<string>();
  const counts = { requests: 0, ...sources, unmatched: 0, violating: 0, unlisted: 0 };
  const listed = { fine: 0, faulty: 0 };
  journal.onAdd((entry) => {
    const kind = findProblem(entry);
    const shelf = kind ? 'faulty' : 'fine';
    names.add(entry.session);
    counts.requests += 1;
    counts[entry.source] += 1;
    if (kind) counts[kind === 'unmatched' ? 'unmatched' : 'violating'] += 1;
    if (listed[shelf] >= mostListed) {
      counts.unlisted += 1;
      return;
    }
    listed[shelf] += 1;
    requests.push({ session: entry.session, request: describe(entry, kind, findPlace) });
  });

  /** The repertoire changes as files are edited: asked as late as can be. */
  function findPlace(id: string | undefined): ReportPlace | undefined {
    if (id === undefined) return undefined;
    const fixtures = repertoire.own().sets.flatMap((set) => set.fixtures);
    return fixtures.find((fixture) => fixture.id === id)?.place;
  }

  return {
    report: () => {
      const sessions = [...names].map((name) => ({
        name,
        requests: requests.flatMap(({ session, request }) => (session === name ? [request] : [])),
        findings: judge(journal.list({ session: name }), findPlace),
      }));
      const findings = sessions.reduce((sum, session) => sum + session.findings.length, 0);
      return { version: 1, mock: version, counts: { ...counts, findings }, sessions };
    },
  };
}

/** Refusals of a body; those that a scenario or `Prefer` asked for have no such message. */
const contractErrors: ReadonlySet<string> = new Set([
  'context_length_exceeded',
  'invalid_json',
  'invalid_parameter',
  'request_too_large',
  'unsupported_encoding',
  'unsupported_model',
]);

function findProblem({
  unmatched,
  violations,
  source,
  error,
  message,
}: Told): RequestProblem['kind'] | undefined {
  if (unmatched) return 'unmatched';
  if (violations.length > 0) return 'violation';
  const isRefused = source === 'refused' && error !== undefined && contractErrors.has(error);
  return isRefused && message !== undefined ? 'violation' : undefined;
}

type FindPlace = (fixture: string | undefined) => ReportPlace | undefined;

function describe(
  entry: Told,
  kind: RequestProblem['kind'] | undefined,
  findPlace: FindPlace,
): RequestReport {
  const { id, method, path, status, source, fixture, scenario } = entry;
  const request = { id, method, path, status, source, fixture, scenario };
  if (!kind) return request;
  const message = tellProblem(entry);
  const place = findPlace(fixture ?? findNearest(message));
  return { ...request, problem: { kind, message, place } };
}

function tellProblem({ message, violations, model }: Told): string {
  if (message !== undefined) return message;
  return violations.length > 0 ? violations.join('; ') : `Nothing matched, with model "${model}".`;
}

/** The journal keeps of a miss its sentence alone, which names the nearest fixture. */
function findNearest(message: string): string | undefined {
  return /^No fixture matched\. Closest: "(.+?)" \(/.exec(message)?.[1];
}

function judge(entries: readonly Entry[], findPlace: FindPlace): readonly PlacedFinding[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return judgeClient(entries, { toSubject, finished: true }).findings.map((finding) => {
    const [fixture] = finding.requests.flatMap((id) => byId.get(id)?.fixture ?? []);
    return { ...finding, place: findPlace(fixture) };
  });
}

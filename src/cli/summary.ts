import type { Engine } from '../engine/engine.ts';
import type { Entry } from '../engine/entry.ts';
import { judgeClient, renderVerdict } from '../engine/verdict.ts';
import { toSubject } from '../http/subject.ts';

export interface Summary {
  readonly lines: readonly string[];
  /** How many requests no fixture matched. */
  readonly unmatched: number;
}

const mostShown = 10;

/** What happened in all sessions: the requests, those without a fixture, and what to say of the client. */
export function renderSummary({
  journal,
  sessions,
}: Pick<Engine, 'journal' | 'sessions'>): Summary {
  const entries = journal.list();
  const unmatched = entries.filter((entry) => entry.unmatched);
  const more = unmatched.length - mostShown;
  const names = [...new Set(entries.map(({ session }) => session))];
  return {
    unmatched: unmatched.length,
    lines: [
      countRequests(entries, unmatched.length),
      ...unmatched.slice(0, mostShown).map((entry) => `  ${showEntry(entry)}`),
      ...(more > 0 ? [`  and ${more} more`] : []),
      ...names.flatMap((name) => judge(name, entries, { sessions, isOnly: names.length === 1 })),
    ],
  };
}

function countRequests(entries: readonly Entry[], unmatched: number): string {
  const from = (source: Entry['source']) =>
    entries.filter((entry) => entry.source === source).length;
  const requests = `${entries.length} ${entries.length === 1 ? 'request' : 'requests'}`;
  return `${requests}: ${from('fixture')} answered by fixtures, ${from('generated')} generated, ${from('refused')} refused, of those ${unmatched} unmatched.`;
}

function showEntry({ id, session, method, path, message = '' }: Entry): string {
  const [reason = ''] = message.split('\n');
  return `${method} ${path} (session "${session}", request ${id}): ${reason}`;
}

interface Judging {
  readonly sessions: Engine['sessions'];
  readonly isOnly: boolean;
}

/** Of many sessions only those are told of whose client did something wrong. */
function judge(name: string, all: readonly Entry[], { isOnly }: Judging): readonly string[] {
  const entries = all.filter(({ session }) => session === name);
  const verdict = judgeClient(entries, { toSubject, finished: true });
  if (!isOnly && verdict.findings.length === 0) return [];
  const lines = renderVerdict(verdict);
  return isOnly ? lines : [`Session "${name}":`, ...lines.map((line) => `  ${line}`)];
}

import type { Engine } from '../engine/engine.ts';
import type { Entry, Told } from '../engine/entry.ts';
import { judgeClient, renderVerdict } from '../engine/verdict.ts';
import { toSubject } from '../http/subject.ts';

/** What has happened so far in all sessions. */
export interface Tally {
  /** How many requests no fixture matched. */
  unmatched(): number;
  /** The requests, those without a fixture, and what to say of the client. */
  summarize(): readonly string[];
}

const mostShown = 10;

/** Counts all requests from now on, those too that the journal will have dropped at the end. */
export function createTally({ journal }: Pick<Engine, 'journal'>): Tally {
  const sources = { fixture: 0, cassette: 0, upstream: 0, generated: 0, refused: 0 };
  const misses: string[] = [];
  let unmatched = 0;
  journal.onAdd((entry) => {
    sources[entry.source] += 1;
    if (!entry.unmatched) return;
    unmatched += 1;
    if (unmatched <= mostShown) misses.push(`  ${showEntry(entry)}`);
  });
  return {
    unmatched: () => unmatched,
    summarize: () => [
      countRequests(sources, unmatched),
      ...misses,
      ...(unmatched > mostShown ? [`  and ${unmatched - mostShown} more`] : []),
      ...judgeAll(journal.list()),
    ],
  };
}

function countRequests(
  sources: Readonly<Record<Entry['source'], number>>,
  unmatched: number,
): string {
  const { fixture, cassette, upstream, generated, refused } = sources;
  const count = Object.values(sources).reduce((sum, each) => sum + each, 0);
  const requests = `${count} ${count === 1 ? 'request' : 'requests'}`;
  const recorded = cassette > 0 ? ` ${cassette} by recordings,` : '';
  const relayed = upstream > 0 ? ` ${upstream} by the upstream,` : '';
  return `${requests}: ${fixture} answered by fixtures,${recorded}${relayed} ${generated} generated, ${refused} refused, of those ${unmatched} unmatched.`;
}

function showEntry({ id, session, method, path, message = '' }: Told): string {
  const [reason = ''] = message.split('\n');
  return `${method} ${path} (session "${session}", request ${id}): ${reason}`;
}

/** Of many sessions only those are told of whose client did something wrong. */
function judgeAll(entries: readonly Entry[]): readonly string[] {
  const names = [...new Set(entries.map(({ session }) => session))];
  return names.flatMap((name) => {
    const own = entries.filter(({ session }) => session === name);
    return judge(name, own, names.length === 1);
  });
}

function judge(name: string, entries: readonly Entry[], isOnly: boolean): readonly string[] {
  const verdict = judgeClient(entries, { toSubject, finished: true });
  if (!isOnly && verdict.findings.length === 0) return [];
  const lines = renderVerdict(verdict);
  return isOnly ? lines : [`Session "${name}":`, ...lines.map((line) => `  ${line}`)];
}

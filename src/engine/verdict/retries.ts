import type { Entry } from '../entry.ts';

/**
 * Pairs each request that was sent again with the one that followed it.
 *
 * An SDK numbers its attempts: number n follows an n - 1 of the same call. Without a number, and
 * for a loop around an SDK, the same request after a failure follows it, unless it was under way
 * before that failure was answered. Of several that could be meant, the oldest is.
 */
export function pairRetries(entries: readonly Entry[]): ReadonlyMap<Entry, Entry> {
  // Numbers are certain, so they come first: calls at once may look like a loop.
  const numbered = pair(entries, new Map(), isNextAttempt);
  return pair(entries, numbered, isAskedAgain);
}

function pair(
  entries: readonly Entry[],
  known: ReadonlyMap<Entry, Entry>,
  follows: (entry: Entry, earlier: Entry) => boolean,
): ReadonlyMap<Entry, Entry> {
  const next = new Map(known);
  const open = new Map<number, Entry[]>();
  for (const entry of entries) {
    const others = open.get(entry.request) ?? [];
    const index = others.findIndex((earlier) => follows(entry, earlier));
    const [earlier] = index < 0 ? [] : others.splice(index, 1);
    if (earlier) next.set(earlier, entry);
    if (!isAnswered(entry) && !known.has(entry)) others.push(entry);
    open.set(entry.request, others);
  }
  return next;
}

function isNextAttempt(entry: Entry, earlier: Entry): boolean {
  return entry.attempt > 0 && earlier.attempt === entry.attempt - 1;
}

function isAskedAgain(entry: Entry, earlier: Entry): boolean {
  const failed = earlier.status >= 400 || earlier.end === 'cut';
  return entry.attempt === 0 && failed && entry.at >= (earlier.endedAt ?? earlier.at);
}

/** Nobody sends again what was answered in full. */
function isAnswered({ status, end }: Entry): boolean {
  return status < 400 && end === 'finished';
}

/** Whether the client numbers its attempts, as the official SDKs do. */
export function numbersAttempts({ headers }: Entry): boolean {
  return headers['x-stainless-retry-count'] !== undefined;
}

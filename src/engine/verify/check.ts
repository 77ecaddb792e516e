import type { Entry } from '../entry.ts';
import type { Counts } from '../journal.ts';

export interface Check {
  readonly result: 'pass' | 'fail' | 'inconclusive';
  readonly reason: string;
}

export interface Times {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** What the journal cannot tell of a session. */
export interface Gap extends Counts {
  readonly session: string;
  /** Kept requests whose bodies were too large to keep. */
  readonly unsure: number;
}

interface Tally {
  /** Requests. */
  readonly count: number;
  /** Those less the SDK's retries. */
  readonly calls: number;
  /** Whether the calls are bounded. */
  readonly distinctCalls: boolean;
}

/** The requests that are lost may all have fitted, or none of them. */
export function checkTimes(tally: Tally, times: Times, gap: Gap): Check {
  const { min = 0, max = Number.POSITIVE_INFINITY } = times;
  const least = tally.distinctCalls ? tally.calls : tally.count;
  const most = least + gap.seen - gap.kept + gap.unsure;
  const received = `received ${tellTally(tally)}`;
  if (most < min || least > max) {
    const noun = tally.distinctCalls ? 'call' : 'request';
    return { result: 'fail', reason: `expected ${tellTimes(min, max, noun)}, ${received}` };
  }
  if (least >= min && most <= max) return { result: 'pass', reason: received };
  return { result: 'inconclusive', reason: tellGap(gap) };
}

function tellTimes(min: number, max: number, noun: string): string {
  if (min === max) return countOf(min, noun);
  if (max === Number.POSITIVE_INFINITY) return `at least ${countOf(min, noun)}`;
  if (min === 0) return `at most ${countOf(max, noun)}`;
  return `${min} to ${countOf(max, noun)}`;
}

function tellTally({ count, calls }: Tally): string {
  const retries = count - calls;
  if (retries === 0) return countOf(count, 'request');
  const parts = `${countOf(calls, 'call')} + ${retries} SDK ${retries === 1 ? 'retry' : 'retries'}`;
  return `${countOf(count, 'request')} (${parts})`;
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function tellGap({ session, seen, kept, unsure }: Gap): string {
  const large = `could not keep the bodies of ${countOf(unsure, 'request')}, which were too large`;
  if (seen === kept) return `the journal of session "${session}" ${large}`;
  return `the journal of session "${session}" kept ${kept} of ${seen} requests: verify earlier`;
}

/** Whether the fixtures answered in this order; those in between do not matter. */
export function checkOrder(entries: readonly Entry[], order: readonly string[], gap: Gap): Check {
  const reached = followOrder(entries, order, 0);
  if (reached === order.length) return { result: 'pass', reason: 'received in order' };
  if (gap.unsure > 0) return { result: 'inconclusive', reason: tellGap(gap) };

  // What was dropped came before what is kept: it can hold the order's beginning alone.
  const lost = Math.min(gap.seen - gap.kept, order.length);
  const starts = Array.from({ length: lost }, (_, index) => index + 1);
  if (starts.some((start) => followOrder(entries, order, start) === order.length)) {
    return { result: 'inconclusive', reason: tellGap(gap) };
  }
  return { result: 'fail', reason: tellDisorder(entries, order, reached) };
}

/** How far the order comes, from a start in it. */
function followOrder(entries: readonly Entry[], order: readonly string[], start: number): number {
  let next = start;
  for (const { fixture } of entries) {
    if (next < order.length && fixture === order[next]) next += 1;
  }
  return next;
}

function tellDisorder(
  entries: readonly Entry[],
  order: readonly string[],
  reached: number,
): string {
  const missing = order[reached] ?? '';
  const before = order[reached - 1];
  const wanted = `expected fixtures in the order ${order.map((id) => `"${id}"`).join(', ')}`;
  const came = entries.some(({ fixture }) => fixture === missing);
  // An id that came, but too early, has one before it: the first of the order is never too early.
  return `${wanted}, and "${missing}" did not answer${came ? ` after "${before}"` : ''}`;
}

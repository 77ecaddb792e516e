import type { Condition, Subject } from '../scenario/match.ts';
import type { Entry } from './entry.ts';
import type { Counts } from './journal.ts';
import { type Comparison, compare, compareNearness } from './miss/compare.ts';
import { mostNearMisses } from './miss/nearest.ts';
import { type Check, checkOrder, checkTimes, type Gap, type Times } from './verify/check.ts';

export interface VerifyCriteria {
  readonly session: string;
  /** What a request has to meet to count. */
  readonly conditions: readonly Condition[];
  /** Count only requests that this fixture answered. */
  readonly fixture?: string | undefined;
  /** At least one when it is left out. */
  readonly times?: Times | undefined;
  /** Fixtures that have to have answered in this order; others may have in between. */
  readonly order?: readonly string[] | undefined;
  /** Whether `times` bounds calls, and not requests: an SDK's retries do not count. */
  readonly distinctCalls?: boolean | undefined;
}

export interface VerifyContext extends Counts {
  /** The request as fixtures see it; undefined for one without a body. */
  readonly toSubject: (entry: Entry) => Subject | undefined;
}

/** A request that was not counted, and how near it came. */
export interface NearRequest extends Comparison {
  readonly request: string;
}

export interface Verification {
  /** Inconclusive when requests that the journal no longer holds could change the result. */
  readonly result: Check['result'];
  readonly reason: string;
  /** Requests that meet the criteria, among those kept. */
  readonly count: number;
  /** Those less the SDK's retries. */
  readonly calls: number;
  /** At most three, the nearest first; none unless requests are missing. */
  readonly nearMisses: readonly NearRequest[];
  /** The ids of those counted. */
  readonly requests: readonly string[];
}

/** Whether a session's requests, in the order in which they arrived, are as they were to be. */
export function verify(
  entries: readonly Entry[],
  criteria: VerifyCriteria,
  context: VerifyContext,
): Verification {
  const { session, times = { min: 1 }, order = [], distinctCalls = false } = criteria;
  const { fitting, unsure } = sortOut(entries, criteria, context);
  const gap: Gap = { session, seen: context.seen, kept: context.kept, unsure };
  const count = fitting.length;
  const calls = fitting.filter(({ attempt }) => attempt === 0).length;
  const timed = checkTimes({ count, calls, distinctCalls }, times, gap);
  const { result, reason } = pickWorst([timed, checkOrder(fitting, order, gap)]);
  const missing = timed.result === 'fail' && (distinctCalls ? calls : count) < (times.min ?? 0);
  return {
    result,
    reason,
    count,
    calls,
    nearMisses: missing ? findNearRequests(entries, criteria, context) : [],
    requests: fitting.map(({ id }) => id),
  };
}

/** The requests that meet the criteria, and how many cannot be told. */
function sortOut(
  entries: readonly Entry[],
  { conditions, fixture }: VerifyCriteria,
  { toSubject }: VerifyContext,
): { readonly fitting: readonly Entry[]; readonly unsure: number } {
  const fitting: Entry[] = [];
  let unsure = 0;
  for (const entry of entries) {
    if (fixture !== undefined && entry.fixture !== fixture) continue;
    const subject = conditions.length === 0 ? undefined : toSubject(entry);
    if (conditions.length === 0) fitting.push(entry);
    else if (entry.bodyOmitted) unsure += 1;
    else if (subject && conditions.every((condition) => condition.holds(subject))) {
      fitting.push(entry);
    }
  }
  return { fitting, unsure };
}

function pickWorst(checks: readonly [Check, Check]): Check {
  return (
    checks.find(({ result }) => result === 'fail') ??
    checks.find(({ result }) => result === 'inconclusive') ??
    checks[0]
  );
}

function findNearRequests(
  entries: readonly Entry[],
  { conditions, fixture }: VerifyCriteria,
  { toSubject }: VerifyContext,
): readonly NearRequest[] {
  return entries
    .flatMap((entry) => {
      const subject = toSubject(entry);
      if (!subject) return [];
      const comparison = compare(conditions, subject);
      return [{ request: entry.id, ...withFixture(comparison, entry, fixture) }];
    })
    .filter(({ differs }) => differs.length > 0)
    .toSorted(compareNearness)
    .slice(0, mostNearMisses);
}

/** The wanted fixture is one condition more. */
function withFixture(
  { met, of, differs }: Comparison,
  entry: Entry,
  fixture: string | undefined,
): Comparison {
  if (fixture === undefined) return { met, of, differs };
  if (entry.fixture === fixture) return { met: met + 1, of: of + 1, differs };
  const got = entry.fixture === undefined ? 'nothing' : `"${entry.fixture}"`;
  const difference = { place: 'fixture', expected: `"${fixture}"`, got };
  return { met, of: of + 1, differs: [difference, ...differs] };
}

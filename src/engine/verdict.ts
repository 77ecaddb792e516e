import type { Subject } from '../scenario/match.ts';
import type { Entry } from './entry.ts';
import type { Breach, Case, Judge, StormLimit } from './verdict/case.ts';
import { findDroppedReasoning } from './verdict/dropped-reasoning.ts';
import { findExcess } from './verdict/exceeded-output-limit.ts';
import { findGivenUp } from './verdict/gave-up.ts';
import { findLeakedCredentials } from './verdict/leaked-credentials.ts';
import { findEarlyRetries } from './verdict/retried-too-early.ts';
import { findVainRetries } from './verdict/retried-what-must-not-be.ts';
import { pairRetries } from './verdict/retries.ts';
import { findStorms } from './verdict/storm.ts';
import { findHalvesReplayed } from './verdict/took-cut-for-whole.ts';

/** What a client of LongCat must not do, by rule. */
const judges = {
  'retried-too-early': findEarlyRetries,
  'retried-what-must-not-be': findVainRetries,
  'gave-up': findGivenUp,
  storm: findStorms,
  'took-cut-for-whole': findHalvesReplayed,
  'dropped-reasoning': findDroppedReasoning,
  'exceeded-output-limit': findExcess,
  'leaked-credentials': findLeakedCredentials,
} as const satisfies Record<string, Judge>;

export type VerdictRule = keyof typeof judges;

// Object.keys forgets which strings, and that there are some.
export const verdictRules = Object.keys(judges) as [VerdictRule, ...VerdictRule[]];

export interface VerdictOptions {
  /** The request as fixtures see it; undefined for one without a body. */
  readonly toSubject: (entry: Entry) => Subject | undefined;
  /** Whether no request will come any more; without it, giving up can only be told later. */
  readonly finished?: boolean | undefined;
  /** Whether the session's clock stands still: nothing can then be said of waits and storms. */
  readonly frozen?: boolean | undefined;
  /** More than 10 of the same call in 10 s by default. */
  readonly storm?: StormLimit | undefined;
}

export interface Finding {
  readonly rule: VerdictRule;
  readonly message: string;
  /** The ids of the requests it rests on. */
  readonly requests: readonly string[];
}

export interface Verdict {
  readonly findings: readonly Finding[];
  /** Every rule; it does not apply where nothing came up that it could judge. */
  readonly checked: Readonly<Record<VerdictRule, 'pass' | 'fail' | 'not-applicable'>>;
}

const defaultStorm: StormLimit = { times: 10, withinMs: 10_000 };

/** Judges a client by the requests of one session, in the order in which they arrived. */
export function judgeClient(entries: readonly Entry[], options: VerdictOptions): Verdict {
  const subject = openCase(entries, options);
  const judged = verdictRules.map((rule) => ({ rule, breaches: judges[rule](subject) }));
  return {
    findings: judged.flatMap(({ rule, breaches = [] }) =>
      merge(breaches).map((finding) => ({ rule, ...finding })),
    ),
    checked: Object.fromEntries(
      judged.map(({ rule, breaches }) => [rule, tellResult(breaches)]),
    ) as Verdict['checked'], // a member for each rule
  };
}

function openCase(
  entries: readonly Entry[],
  { toSubject, finished = false, frozen = false, storm = defaultStorm }: VerdictOptions,
): Case {
  const prompts = new Map<Entry, ReturnType<Case['promptOf']>>();
  function promptOf(entry: Entry) {
    if (!prompts.has(entry)) prompts.set(entry, toSubject(entry)?.prompt);
    return prompts.get(entry);
  }
  const next = pairRetries(entries);
  return { entries, next, again: new Set(next.values()), finished, frozen, storm, promptOf };
}

/** Equal messages are one finding: a client that does a thing wrong does it every time. */
function merge(breaches: readonly Breach[]): readonly Omit<Finding, 'rule'>[] {
  const requests = new Map<string, Set<string>>();
  for (const breach of breaches) {
    const ids = requests.get(breach.message) ?? new Set();
    for (const { id } of breach.requests) ids.add(id);
    requests.set(breach.message, ids);
  }
  return [...requests].map(([message, ids]) => ({ message, requests: [...ids] }));
}

function tellResult(breaches: readonly Breach[] | undefined): 'pass' | 'fail' | 'not-applicable' {
  if (!breaches) return 'not-applicable';
  return breaches.length === 0 ? 'pass' : 'fail';
}

const mostIds = 3;

/** The verdict in lines: a head, each finding, and what passed. */
export function renderVerdict({ findings, checked }: Verdict): readonly string[] {
  const rulesWith = (result: string) => verdictRules.filter((rule) => checked[rule] === result);
  const [failed, passed] = [rulesWith('fail'), rulesWith('pass')];
  const count = failed.length + passed.length;
  if (count === 0) return ['Client: there was nothing to judge.'];
  const rules = `${count} ${count === 1 ? 'rule' : 'rules'} that applied`;
  return [
    failed.length === 0
      ? `Client: kept all of ${rules}.`
      : `Client: broke ${failed.length} of ${rules}.`,
    ...findings.map(
      ({ rule, message, requests }) => `  ${rule}: ${message} (${listIds(requests)})`,
    ),
    ...(passed.length === 0 ? [] : [`  kept: ${passed.join(', ')}`]),
  ];
}

function listIds(ids: readonly string[]): string {
  const more = ids.length - mostIds;
  const shown = ids.slice(0, mostIds).join(', ');
  const noun = ids.length === 1 ? 'request' : 'requests';
  return more > 0 ? `${noun} ${shown} and ${more} more` : `${noun} ${shown}`;
}

import { isSecretName } from '../../contract/credentials.ts';
import type { Condition, Subject } from '../../scenario/match.ts';
import { redactBody, redactHeaders } from '../redact.ts';
import { hintAt } from './hint.ts';

/** One condition that a request does not meet. */
export interface Difference {
  /** Such as `messages[-1].content`. */
  readonly place: string;
  /** Such as `contains "burst"`. */
  readonly expected: string;
  /** What is there instead, as JSON, cut when it is long. */
  readonly got: string;
  /** What may be the reason, and how to mend it. */
  readonly hint?: string;
}

/** How near a request comes to a list of conditions. */
export interface Comparison {
  readonly met: number;
  readonly of: number;
  readonly differs: readonly Difference[];
}

export function compare(conditions: readonly Condition[], subject: Subject): Comparison {
  const shown = hideCredentials(subject);
  const differs = conditions
    .filter((condition) => !condition.holds(subject))
    .map((condition) => describe(condition, shown));
  return { met: conditions.length - differs.length, of: conditions.length, differs };
}

/** What is told of a request may end up in a log that others read. */
function hideCredentials(subject: Subject): Subject {
  const get = (name: string) => {
    const value = subject.headers.get(name);
    return value === null ? null : (redactHeaders([[name, value]])[name.toLowerCase()] ?? null);
  };
  return { ...subject, headers: { get }, body: redactBody(subject.body) };
}

function describe(condition: Condition, shown: Subject): Difference {
  const { place } = condition;
  const got = cut(condition.show(shown));
  if (isSecretPlace(place)) return { place, expected: 'another value', got };
  const expected = cut(condition.expected);
  const hint = hintAt({ place, expected: condition.expected, got }, shown);
  return hint === undefined ? { place, expected, got } : { place, expected, got, hint };
}

function isSecretPlace(place: string): boolean {
  return place.split(/[.[\]'"]+/).some(isSecretName);
}

const longestText = 2048;

function cut(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText).toWellFormed()}…`;
}

/** The counts of a comparison, without the words. */
export interface Nearness {
  readonly met: number;
  readonly of: number;
}

export function countMet(conditions: readonly Condition[], subject: Subject): Nearness {
  let met = 0;
  for (const condition of conditions) if (condition.holds(subject)) met += 1;
  return { met, of: conditions.length };
}

/** The larger share of conditions met comes first; of equals the one that asks for more. */
export function compareNearness(left: Nearness, right: Nearness): number {
  return shareOf(right) - shareOf(left) || right.of - left.of;
}

function shareOf({ met, of }: Nearness): number {
  return of === 0 ? 1 : met / of;
}

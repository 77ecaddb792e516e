import type { Fixture } from '../../scenario/fixture.ts';
import type { Hindrance } from '../state.ts';
import type { NearMiss } from './nearest.ts';

/** Where fixtures were looked for. */
export interface Loaded {
  readonly files: number;
  /** As the user named it; absent when there is no folder. */
  readonly folder?: string | undefined;
}

const longest = 300;

/** One line of at most 300 characters, whatever is in it. */
function toLine(sentence: string): string {
  const line = sentence.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
  return line.length <= longest ? line : `${line.slice(0, longest - 1).toWellFormed()}…`;
}

export function tellNothingLoaded({ files, folder }: Loaded): string {
  const count = `${files} ${files === 1 ? 'file' : 'files'}`;
  const looked = folder === undefined ? '' : ` (looked in ${folder}, ${count})`;
  if (files === 0) {
    return toLine(
      `No fixtures are loaded${looked}. Pass --fixtures <dir>, or --on-unmatched dynamic for generated answers.`,
    );
  }
  return toLine(
    `No fixtures are active${looked}. Select a scenario, or pass --on-unmatched dynamic for generated answers.`,
  );
}

export function tellDifference({ fixture, met, of, differs }: NearMiss): string {
  const [first] = differs;
  const start = `No fixture matched. Closest: "${fixture}" (${met} of ${of} conditions)`;
  if (!first) return toLine(`${start}.`);
  const head = `${start} differs at ${first.place}: expected `;
  const room = longest - head.length - ', got .'.length;
  const got = shorten(first.got, Math.max(room / 2, room - first.expected.length));
  const expected = shorten(first.expected, room - got.length);
  return toLine(`${head}${expected}, got ${got}.`);
}

function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, Math.max(0, Math.floor(length) - 1)).toWellFormed()}…`;
}

export function tellState(
  { fixture, machine, state }: Extract<Hindrance, { kind: 'state' }>,
  { requires = '' }: Pick<Fixture, 'requires'>,
  session: string,
): string {
  return toLine(
    `No fixture matched. "${fixture}" needs scenario "${machine}" in state "${requires}"; session "${session}" is in "${state}".`,
  );
}

interface Asking {
  readonly session: string;
  readonly attempt: number;
}

export function tellExhausted(
  { fixture, answered }: Extract<Hindrance, { kind: 'exhausted' }>,
  { steps, afterLast }: Pick<Fixture, 'steps' | 'afterLast'>,
  { session, attempt }: Asking,
): string {
  const total = countResponses(steps);
  const retry =
    attempt > 0 ? ` (attempt ${attempt + 1} of one SDK call: it may be an automatic retry)` : '';
  return toLine(
    `Fixture "${fixture}" has ${total} ${total === 1 ? 'response' : 'responses'} and afterLast:${afterLast}; this is request ${answered + 1} of session "${session}"${retry}.`,
  );
}

/** How many requests a sequence answers before its end. */
export function countResponses(steps: Fixture['steps']): number {
  return steps.reduce((sum, { times = 1 }) => sum + times, 0);
}

export function tellElsewhere(session: string, owner: string): string {
  return toLine(
    `No fixture matched in session "${session}". Session "${owner}" has an override that matches — is x-longcat-mock-session missing on this client?`,
  );
}

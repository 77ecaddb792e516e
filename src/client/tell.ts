import type { ForgottenCall } from './awaiting.ts';
import type { RequestRecord, UnmatchedRequest, Verification } from './records.ts';

/** Where requests went that did not come here. */
export interface Elsewhere {
  readonly session: string;
  readonly count: number;
}

/** Why a session's requests are not as they were to be. */
export function tellFailure(
  session: string,
  { reason, nearMisses, result, count }: Verification,
  elsewhere: Elsewhere | undefined,
): string {
  const head =
    result === 'inconclusive'
      ? `Session "${session}" cannot tell: ${reason}.`
      : `Session "${session}": ${reason}.`;
  const near = nearMisses.flatMap(({ request, met, of, differs }) => [
    `Nearest request ${request}: ${met} of ${of} conditions.`,
    ...differs.map(({ place, expected, got }) => `  ${place}: expected ${expected}, got ${got}`),
  ]);
  const nothingCame = count === 0 && nearMisses.length === 0 && elsewhere !== undefined;
  return [head, ...near, ...(nothingCame ? [tellElsewhere(elsewhere)] : [])].join('\n');
}

function tellElsewhere({ session, count }: Elsewhere): string {
  if (count === 0) {
    return 'No request came at all. Is the client made with openai() or anthropic() of this session, and its call awaited?';
  }
  const requests = `${count} ${count === 1 ? 'request' : 'requests'}`;
  return `${requests} came to session "${session}" instead: make the client with openai(), anthropic() or env() of this one.`;
}

/** What a test should know of requests that had no fixture. */
export function tellUnmatched(
  session: string,
  unmatched: readonly UnmatchedRequest[],
  forgotten: readonly ForgottenCall[] = [],
): string {
  const count = `${unmatched.length} ${unmatched.length === 1 ? 'request' : 'requests'}`;
  return [
    `${count} of session "${session}" had no fixture.`,
    ...unmatched.flatMap((one) => ['', ...describe(one)]),
    '',
    forgotten.length > 0
      ? tellForgotten(forgotten)
      : 'Add a fixture with "await longcat.use({ … })", or let such requests be with failOnUnmatched: false.',
  ].join('\n');
}

function describe({ request, explanation }: UnmatchedRequest): readonly string[] {
  const head = `${request.method} ${request.path} (request ${request.id})`;
  const told = request.message ?? explanation?.message ?? 'No fixture matched.';
  if (explanation?.result === 'matched') {
    return [
      head,
      told,
      `"${explanation.fixture}" would answer it now: it came before its fixture.`,
    ];
  }
  const { diff, hints = [] } = explanation ?? {};
  return [head, told, ...(diff === undefined ? hints : diff.split('\n'))];
}

export function tellForgotten(forgotten: readonly ForgottenCall[]): string {
  const names = [...new Set(forgotten.map(({ name }) => name))];
  const calls = names.map((name) => `${name}()`).join(', ');
  const [first] = names;
  return `Nobody waited for ${calls}: write "await" before it, as in "await longcat.${first}(…)", or what it is to do may come too late.`;
}

export function tellGone(session: string): string {
  return `There is no session "${session}" any more, and what it held went with it: it had idled for ten minutes, it was one of more than 1,000, somebody reset the mock, or the mock was started anew.`;
}

/** A request less the SDK's retries is a call. */
export function listCalls(requests: readonly RequestRecord[]): readonly RequestRecord[] {
  return requests.filter(({ attempt }) => attempt === 0);
}

import { errorCatalogue } from '../contract/errors.ts';
import type { Mistake, Path } from './mistake.ts';
import type { ParsedFixture } from './schema.ts';
import type { Step } from './step-schema.ts';

/** The first request and the two retries that the official SDKs make by default. */
const attemptsPerCall = 3;

/**
 * Warns of a sequence in which a retry that the application never sees takes a step meant for its
 * next call. The official SDKs retry 408, 409, 429 and 5xx.
 *
 * Where a retry is the point there is nothing to warn of: an error before the last step, which
 * answers from then on; errors enough for all attempts of one call; an explicit `sdkRetry`; or a
 * match that tells one call of a conversation from the next.
 */
export function findHiddenRetry(fixture: ParsedFixture, path: Path): readonly Mistake[] {
  const { match, respond, afterLast } = fixture;
  if (!Array.isArray(respond) || tellsCallsApart(match)) return [];
  const first = respond.findIndex((step, index) => {
    const next = index + countErrors(respond.slice(index));
    return (
      isRetried(step) &&
      !(index > 0 && isRetried(respond[index - 1] as Step)) &&
      countRequests(respond.slice(index, next)) < attemptsPerCall &&
      (next < respond.length - 1 || (next === respond.length - 1 && afterLast === 'error'))
    );
  });
  if (first < 0) return [];
  const next = first + countErrors(respond.slice(first)) + 1;
  return [
    {
      path: [...path, 'respond', first],
      severity: 'warning',
      message: `The official SDKs retry this error unseen, and the retry takes step ${next} in the same call`,
      fix: 'If each step is meant for a call of its own, add "sdkRetry: false" to the error or match "turnIndex"; if the retry is meant, add "sdkRetry: true".',
    },
  ];
}

function tellsCallsApart({ turnIndex, messages, headers, body }: ParsedFixture['match']): boolean {
  return [turnIndex, messages, headers, body].some((condition) => condition !== undefined);
}

function countErrors(steps: readonly Step[]): number {
  const end = steps.findIndex((step) => !isRetried(step));
  return end < 0 ? steps.length : end;
}

function countRequests(steps: readonly Step[]): number {
  return steps.reduce((sum, { times = 1 }) => sum + times, 0);
}

function isRetried({ error, status }: Step): boolean {
  if (error === undefined) return false;
  const { name, sdkRetry } = typeof error === 'string' ? { name: error } : error;
  if (sdkRetry !== undefined) return false;
  const sent = status ?? errorCatalogue[name].status;
  return sent === 408 || sent === 409 || sent === 429 || sent >= 500;
}

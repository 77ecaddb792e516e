import type { Entry } from '../entry.ts';
import { type Breach, type Case, nameStatus } from './case.ts';
import { numbersAttempts } from './retries.ts';

/** The same request gets the same refusal: only a person can mend it. */
const finalStatuses: ReadonlySet<number> = new Set([400, 401, 402, 403]);

export function findVainRetries({ entries, next }: Case): readonly Breach[] | undefined {
  const refused = entries.filter(
    ({ status, sdkRetry }) => finalStatuses.has(status) && sdkRetry !== true,
  );
  if (refused.length === 0) return undefined;
  return refused.flatMap((entry) => {
    const retry = next.get(entry);
    if (!retry || !isRetry(retry)) return [];
    const message = `Retried after ${nameStatus(entry)}, which must not be retried.`;
    return [{ message, requests: [entry, retry] }];
  });
}

/** A client that numbers its attempts and begins at 0 was called anew. */
function isRetry(entry: Entry): boolean {
  return entry.attempt > 0 || !numbersAttempts(entry);
}

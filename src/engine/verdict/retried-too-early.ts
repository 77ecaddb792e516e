import type { Entry } from '../entry.ts';
import { type Breach, type Case, nameStatus } from './case.ts';

/** Timers may fire a millisecond before their time. */
const toleranceMs = 1;

/** A 429 asked for a wait, and the same request came before that was over. */
export function findEarlyRetries({ entries, next, frozen }: Case): readonly Breach[] | undefined {
  const asked = entries.filter(({ status, retryAfterMs }) => status === 429 && retryAfterMs);
  if (frozen || asked.length === 0) return undefined;
  return asked.flatMap((entry) => {
    const retry = next.get(entry);
    return retry ? judgeWait(entry, retry) : [];
  });
}

/** From the refused request's arrival: when the client had read the answer is unknown. */
function judgeWait(entry: Entry, retry: Entry): readonly Breach[] {
  const { retryAfterMs = 0 } = entry;
  const waited = retry.at - entry.at;
  if (waited + toleranceMs >= retryAfterMs) return [];
  const message = `Retried after ${waited} ms, where the ${nameStatus(entry)} asked to wait ${retryAfterMs} ms.`;
  return [{ message, requests: [entry, retry] }];
}

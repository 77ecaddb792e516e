import { type Breach, type Endpoint, listBreaches } from '../breaches.ts';
import type { RecordedResponse } from '../cassette.ts';
import type { DriftFinding } from './finding.ts';
import { listBoth } from './shape-difference.ts';

const fits = 'as the contract has it';

/** Where today’s schemas refuse one of the two answers, or both. */
export function compareWithContract(
  endpoint: Endpoint,
  recorded: RecordedResponse,
  live: RecordedResponse,
): DriftFinding[] {
  const [before, now] = [listBreaches(endpoint, recorded), listBreaches(endpoint, live)];
  return listBoth(before, now).map(([, old, current]) => ({
    kind: 'CONTRACT',
    path: old?.path ?? current?.path ?? '',
    ...pickEvent(old ?? current),
    recorded: old?.message ?? fits,
    live: current?.message ?? fits,
  }));
}

function pickEvent(breach: Breach | undefined) {
  return breach?.event === undefined ? {} : { event: breach.event };
}

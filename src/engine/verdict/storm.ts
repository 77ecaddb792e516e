import type { Entry } from '../entry.ts';
import type { Breach, Case } from './case.ts';

/** The same call over and over in a short time. */
export function findStorms({ entries, storm, frozen }: Case): readonly Breach[] | undefined {
  if (frozen || entries.length === 0) return undefined;
  const groups = new Map<number, Entry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.request);
    if (group) group.push(entry);
    else groups.set(entry.request, [entry]);
  }
  return [...groups.values()].flatMap((group) => {
    const busiest = findBusiest(group, storm.withinMs);
    if (busiest.length <= storm.times) return [];
    const message = `Sent the same call ${busiest.length} times within ${storm.withinMs / 1000} s.`;
    return [{ message, requests: busiest }];
  });
}

/** The most requests that one window of time holds. */
function findBusiest(group: readonly Entry[], withinMs: number): readonly Entry[] {
  let start = 0;
  let best = { start: 0, end: 0 };
  for (const [index, { at }] of group.entries()) {
    while (at - (group[start]?.at ?? at) > withinMs) start += 1;
    if (index + 1 - start > best.end - best.start) best = { start, end: index + 1 };
  }
  return group.slice(best.start, best.end);
}

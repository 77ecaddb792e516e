import type { JsonValue } from '../exchange/json.ts';
import type { Recording } from './cassette.ts';
import { pairMembers, partAt } from './difference.ts';

/** Of all candidates together: a miss has to be told at once. */
const mostMembers = 500_000;
const fewest = 200;

/**
 * The recording that shares the most with a request, member by member; the first of equals. Only
 * so many members of each are looked at, and of long texts only their ends.
 */
export function findClosest(
  candidates: readonly Recording[],
  asked: JsonValue,
): Recording | undefined {
  const budget = Math.max(fewest, Math.floor(mostMembers / Math.max(1, candidates.length)));
  let closest: { readonly recording: Recording; readonly share: number } | undefined;
  for (const recording of candidates) {
    const share = measureShare(recording.request, asked, budget);
    if (!closest || share > closest.share) closest = { recording, share };
  }
  return closest?.recording;
}

interface Count {
  equal: number;
  of: number;
}

function measureShare(recorded: JsonValue, asked: JsonValue, budget: number): number {
  const count: Count = { equal: 0, of: 0 };
  countEqual(recorded, asked, { count, budget });
  return count.of === 0 ? 1 : count.equal / count.of;
}

function countEqual(
  recorded: JsonValue | undefined,
  asked: JsonValue | undefined,
  context: { readonly count: Count; readonly budget: number },
): void {
  const { count, budget } = context;
  if (count.of >= budget) return;
  const members = pairMembers(recorded, asked);
  if (!members) {
    count.of += 1;
    count.equal += likeness(recorded, asked);
    return;
  }
  if (Array.isArray(recorded) && Array.isArray(asked)) {
    // By itself, for what lies beyond the budget.
    count.of += 1;
    count.equal += recorded.length === asked.length ? 1 : 0;
  }
  for (const [, left, right] of members) {
    if (count.of >= budget) return;
    countEqual(left, right, context);
  }
}

const longest = 512;

/** 1 for equal values; for two texts less, by how long they begin alike. */
function likeness(left: JsonValue | undefined, right: JsonValue | undefined): number {
  if (typeof left !== 'string' || typeof right !== 'string') return left === right ? 1 : 0;
  if (left.length === right.length && sketch(left) === sketch(right)) return 1;
  const begun = partAt(left.slice(0, longest), right.slice(0, longest));
  return (0.9 * begun) / Math.max(left.length, right.length, 1);
}

function sketch(text: string): string {
  return text.length <= 2 * longest ? text : text.slice(0, longest) + text.slice(-longest);
}

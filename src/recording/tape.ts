import { type Cassette, type MatchRules, matcherVersion, type Recording } from './cassette.ts';
import { keyOf } from './key.ts';
import { listMisfits } from './misfits.ts';
import { normalise } from './normalise.ts';
import type { Rules } from './rules.ts';

/** A cassette that is ready to answer: each recording by the key of its request. */
export interface Tape {
  readonly cassette: Cassette;
  /** In the order in which they were recorded. */
  readonly byKey: ReadonlyMap<string, readonly Recording[]>;
}

/**
 * Keys are made anew of the requests: they may have been written by an older matcher, under fewer
 * rules, or changed by hand.
 */
export async function toTape(cassette: Cassette, rules: Rules): Promise<Tape> {
  const recordings = await Promise.all(
    cassette.recordings.map(async (recording) => {
      const request = normalise(recording.request, rules);
      return { ...recording, request, key: await keyOf({ ...recording, request }) };
    }),
  );
  return { cassette: { ...cassette, recordings }, byKey: groupByKey(recordings) };
}

function groupByKey(recordings: readonly Recording[]): ReadonlyMap<string, readonly Recording[]> {
  const groups = new Map<string, Recording[]>();
  for (const recording of recordings) {
    const group = groups.get(recording.key);
    if (group) group.push(recording);
    else groups.set(recording.key, [recording]);
  }
  return groups;
}

/** What a new cassette says of itself. */
export interface Heading {
  readonly version: string;
  readonly contractHash: string;
  readonly upstream: string;
  readonly match: MatchRules;
}

/**
 * A cassette with one more recording: by the time of its request, so that recordings which were
 * made side by side stand in one order. `replaces`: those of the same request go. The contract stays
 * the one that it was recorded with as long as an older recording does not fit today's.
 */
export function addRecording(
  before: Cassette | undefined,
  recording: Omit<Recording, 'id'>,
  { heading, replaces }: { readonly heading: Heading; readonly replaces: boolean },
): { readonly cassette: Cassette; readonly id: string } {
  const { version, contractHash, upstream, match } = heading;
  const others = (before?.recordings ?? []).filter(({ key }) => !replaces || key !== recording.key);
  const alike = others.filter(({ key }) => key === recording.key);
  const id = nameRecording(recording.key, alike);
  const isStale =
    before !== undefined && listMisfits({ ...before, recordings: others }, contractHash).length > 0;
  const known = isStale ? before.recordedWith.contractHash : contractHash;
  const cassette: Cassette = {
    ...(before?.$schema !== undefined && { $schema: before.$schema }),
    version: 1,
    recordedWith: { tool: 'longcat-mock', version, matcherVersion, contractHash: known },
    upstream,
    match: mergeRules(before?.match, match),
    recordings: [...others, { ...recording, id }].toSorted(byTime),
  };
  return { cassette, id };
}

/** Eight digits of the key, and a number for those of the same request. */
function nameRecording(key: string, alike: readonly Recording[]): string {
  const stem = key.slice('sha256:'.length).slice(0, 8);
  const taken = new Set(alike.map(({ id }) => id));
  let id = stem;
  for (let count = 2; taken.has(id); count += 1) id = `${stem}-${count}`;
  return id;
}

function byTime(left: Recording, right: Recording): number {
  return compare(left.recordedAt, right.recordedAt) || compare(left.key, right.key);
}

function compare(left: string, right: string): number {
  return Number(left > right) - Number(left < right);
}

export function mergeRules(stored: MatchRules | undefined, given: MatchRules): MatchRules {
  if (!stored) return given;
  const known = new Set(stored.replace.map(({ pattern }) => pattern));
  return {
    ignore: [...new Set([...stored.ignore, ...given.ignore])],
    replace: [...stored.replace, ...given.replace.filter(({ pattern }) => !known.has(pattern))],
  };
}

/** What is done with a request that a cassette could answer, in VCR's words. */
export const recordModes = ['once', 'none', 'new_episodes', 'all', 'passthrough'] as const;

export type RecordMode = (typeof recordModes)[number];

/** What a mode makes of a request. */
export type Course =
  /** The recordings answer. */
  | 'replay'
  /** The upstream answers; its answer is kept, maybe in place of those that are there. */
  | 'record'
  | 'replace'
  | 'forward'
  /** There is nothing to answer with. */
  | 'miss';

interface Standing {
  /** Whether there are recordings of this request. */
  readonly isKnown: boolean;
  /** Whether there was no cassette when this run first looked for it. */
  readonly isNewCassette: boolean;
  /** Whether this run has recorded this very request already. */
  readonly isFresh: boolean;
}

export function chooseCourse(
  mode: RecordMode,
  { isKnown, isNewCassette, isFresh }: Standing,
): Course {
  switch (mode) {
    case 'passthrough':
      return 'forward';
    case 'all':
      return isFresh ? 'record' : 'replace';
    case 'new_episodes':
      return isKnown ? 'replay' : 'record';
    case 'once':
      if (isNewCassette) return 'record';
      return isKnown ? 'replay' : 'miss';
    case 'none':
      return isKnown ? 'replay' : 'miss';
    default:
      return mode satisfies never;
  }
}

/** Whether a mode may call the upstream. */
export function isLive(mode: RecordMode): boolean {
  return mode !== 'none';
}

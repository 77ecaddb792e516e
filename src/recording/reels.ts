import type { Cassette, MatchRules } from './cassette.ts';
import { compileRules, type Rules } from './rules.ts';
import type { CassetteStore } from './store.ts';
import { mergeRules, type Tape, toTape } from './tape.ts';

/** One cassette in use. */
export interface Reel {
  readonly cassette: string;
  /** Whether there was no file when this run first looked for it. */
  readonly isNew: boolean;
  /** The cassette's own, and those of this run. */
  readonly rules: Rules;
  /** The file's, as it was last seen. */
  readonly stamp: string | undefined;
  /** Absent where there is no file. */
  readonly tape: Tape | undefined;
  /** The keys of the requests that this run has recorded. */
  readonly fresh: Set<string>;
  /** The ids of the recordings that have answered. */
  readonly played: Set<string>;
}

/** The cassettes that were used, each as its file is now. */
export interface Reels {
  /** @throws MockError where the file is no cassette */
  open(cassette: string): Promise<Reel>;
  list(): Promise<readonly Reel[]>;
}

export interface ReelsOptions {
  readonly rules: MatchRules;
  /** Gets each cassette as its file is read. */
  readonly onRead: (name: string, cassette: Cassette) => void;
}

export function createReels(store: CassetteStore, { rules: given, onRead }: ReelsOptions): Reels {
  const reels = new Map<string, Promise<Reel>>();

  function open(cassette: string): Promise<Reel> {
    const before = reels.get(cassette);
    const reel = load(cassette, before);
    // One that cannot be read now may be mended later, and what has happened stays known.
    const kept = reel.catch((error) => before ?? Promise.reject(error));
    kept.catch(() => reels.delete(cassette));
    reels.set(cassette, kept);
    return reel;
  }

  async function load(cassette: string, before: Promise<Reel> | undefined): Promise<Reel> {
    const [known, stamp] = await Promise.all([
      before?.catch(() => undefined),
      store.stamp(cassette),
    ]);
    if (known && known.stamp === stamp) return known;
    const content = stamp === undefined ? undefined : await store.read(cassette);
    if (content) onRead(cassette, content);
    const rules = compileRules(mergeRules(content?.match, given));
    return {
      cassette,
      isNew: known?.isNew ?? content === undefined,
      rules,
      stamp,
      tape: content && (await toTape(content, rules)),
      fresh: known?.fresh ?? new Set(),
      played: known?.played ?? new Set(),
    };
  }

  return { open, list: () => Promise.all(reels.values()) };
}

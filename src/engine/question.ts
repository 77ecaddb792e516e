import { hashText } from '../generate/random.ts';
import type { Subject } from '../scenario/match.ts';

/** How a scenario was chosen, in order of precedence. */
export type SelectedBy = 'header' | 'prefer' | 'key' | 'session' | 'server';

/** What a request itself asks of the mock. */
export interface Wishes {
  readonly scenario?: { readonly name: string; readonly by: SelectedBy } | undefined;
  /** Answer the error of this status. */
  readonly code?: number | undefined;
  readonly seed?: string | undefined;
  /** The name of the cassette to record to and to replay from. */
  readonly cassette?: string | undefined;
}

/** A request that LongCat would take. */
export interface Question {
  readonly subject: Subject;
  /** Equal for equal bodies on the same format: see `hashRequest`. */
  readonly request: number;
  /** The name of the session that asks. */
  readonly session: string;
  /** A hash of the key: token buckets are filled for each. */
  readonly key: number;
  readonly wishes: Wishes;
  /** Which attempt of one call by an SDK, from 0. */
  readonly attempt: number;
}

/** What equal requests have in common, whoever asks them. */
export function hashRequest(api: Subject['api'], text: string): number {
  return hashText(text, hashText(api));
}

/** A key as a number: it can be told from others, and not be read. */
export function hashKey(key: string): number {
  return hashText(key);
}

import type { Prompt } from '../../exchange/prompt.ts';
import type { Entry } from '../entry.ts';

/** What is judged: the requests of one session. */
export interface Case {
  /** In the order in which they arrived. */
  readonly entries: readonly Entry[];
  /** Of a request that was sent again: the one that followed it. */
  readonly next: ReadonlyMap<Entry, Entry>;
  /** The requests that are themselves sent again. */
  readonly again: ReadonlySet<Entry>;
  /** Whether no request will come any more. */
  readonly finished: boolean;
  /** Whether the session's clock stands still, so that it cannot tell who waited. */
  readonly frozen: boolean;
  readonly storm: StormLimit;
  /** Undefined for a request without a body. */
  readonly promptOf: (entry: Entry) => Prompt | undefined;
}

/** More of the same call than `times` in `withinMs` milliseconds are a storm. */
export interface StormLimit {
  readonly times: number;
  readonly withinMs: number;
}

/** A breach, and the requests it rests on. */
export interface Breach {
  readonly message: string;
  readonly requests: readonly Entry[];
}

/** Undefined when there was nothing to judge. */
export type Judge = (subject: Case) => readonly Breach[] | undefined;

/** An error as messages name it, such as `429 rate_limit_exceeded`. */
export function nameStatus({ status, error }: Entry): string {
  return error === undefined ? `${status}` : `${status} ${error}`;
}

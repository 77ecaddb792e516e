import type { Script } from '../scenario/script.ts';

/** A fixture that fits a request, as much of it as the state has a say in. */
export interface Candidate extends Script {
  /** Under which its position is kept. */
  readonly fixture: string;
  /** The state machine that `requires` and `sets` are states of; each begins in `Started`. */
  readonly machine: string;
  readonly requires?: string | undefined;
  readonly sets?: string | undefined;
}

/** What a request takes from a token bucket. */
export interface Demand {
  readonly bucket: string;
  readonly capacity: number;
  readonly refillPerMs: number;
  readonly cost: number;
}

export interface ClaimInput {
  readonly session: string;
  /** By the session's clock, in milliseconds. */
  readonly now: number;
  /** In order of precedence. */
  readonly candidates: readonly Candidate[];
  readonly demands: readonly Demand[];
  /** Equal for equal requests: counts how often one was asked. */
  readonly request: number;
}

/** Why a fixture that fits did not answer. */
export type Hindrance =
  | {
      readonly fixture: string;
      readonly kind: 'state';
      readonly machine: string;
      readonly state: string;
    }
  | { readonly fixture: string; readonly kind: 'exhausted'; readonly answered: number };

export type Claim = {
  /** How often this very request was asked before in the session. */
  readonly ordinal: number;
} & (
  | {
      readonly kind: 'step';
      /** Index into the candidates. */
      readonly candidate: number;
      readonly step: number;
    }
  | { readonly kind: 'limited'; readonly bucket: string; readonly waitMs: number }
  | { readonly kind: 'none'; readonly hindrances: readonly Hindrance[] }
);

export const firstState = 'Started';

/**
 * Where the positions of sequences, the states of scenarios and the levels of buckets live.
 *
 * A claim is atomic: of any number of requests at the same time each sees the state that the one
 * before it left. A bucket that is empty takes no step.
 */
export interface StateStore {
  claim(input: ClaimInput): Claim | Promise<Claim>;
  /** The states of a session's machines, but for those still in the first one. */
  readStates(
    session: string,
  ): Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  writeState(session: string, machine: string, state: string): void | Promise<void>;
  /** Back to the beginning. */
  reset(session: string): void | Promise<void>;
}

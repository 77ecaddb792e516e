import type { Provenance } from '../contract/registry.ts';
import { type Condition, compileMatch } from './match.ts';
import type { ParsedFixture, RateLimit } from './schema.ts';
import type { Step } from './step-schema.ts';

/** Where something stands in a file; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Fixture {
  readonly id: string;
  readonly priority: number;
  readonly conditions: readonly Condition[];
  readonly api: 'openai' | 'anthropic' | 'any';
  /** Whether it can answer only streamed requests (true), only whole ones (false), or both. */
  readonly stream?: boolean | undefined;
  readonly steps: readonly [Step, ...Step[]];
  readonly afterLast: 'repeat-last' | 'error' | 'fallthrough';
  readonly requires?: string | undefined;
  readonly sets?: string | undefined;
  /** The scenario whose file it stands in. */
  readonly scenario?: string | undefined;
  readonly description?: string | undefined;
  readonly place?: Place | undefined;
}

/** Requests and tokens a minute for the requests that fit. */
export interface Limit {
  readonly id: string;
  readonly requestsPerMinute?: number | undefined;
  readonly tokensPerMinute?: number | undefined;
  readonly burst?: number | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly conditions: readonly Condition[];
}

/** The fixtures that are active together: a scenario, or what is always active. */
export interface FixtureSet {
  readonly scenario?: string | undefined;
  readonly description?: string | undefined;
  readonly provenance?: Provenance | undefined;
  readonly source?: string | undefined;
  readonly fixtures: readonly Fixture[];
  readonly limits: readonly Limit[];
}

export interface Placing {
  readonly scenario?: string | undefined;
  readonly place?: Place | undefined;
}

export function compileFixture(fixture: ParsedFixture, { scenario, place }: Placing = {}): Fixture {
  const { id, description, priority, match, respond, afterLast, state } = fixture;
  return {
    id,
    description,
    priority,
    conditions: compileMatch(match),
    api: match.api ?? 'any',
    stream: match.stream,
    steps: [respond].flat() as [Step, ...Step[]], // the schema wants one at least
    afterLast,
    requires: state?.requires,
    sets: state?.sets,
    scenario,
    place,
  };
}

export function compileLimit({ match, ...limit }: RateLimit): Limit {
  return { ...limit, conditions: compileMatch(match) };
}

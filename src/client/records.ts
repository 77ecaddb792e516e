import type { z } from 'zod/v3';
import type * as explanation from '../admin/schema/explanation.ts';
import type * as requests from '../admin/schema/requests.ts';
import type * as sessions from '../admin/schema/sessions.ts';
import type * as verification from '../admin/schema/verification.ts';
import type { QuirkName, QuirkSettings } from '../contract/quirks.ts';
import type { MatchSchema } from '../scenario/match-schema.ts';

/** A request and what became of it, as the journal holds it. No credential is in it. */
export type RequestRecord = z.output<typeof requests.RequestRecord>;
export type Verification = z.output<typeof verification.Verification>;
export type Explanation = z.output<typeof explanation.Explanation>;
export type SessionVerdict = z.output<typeof sessions.SessionVerdict>;
export type ClockState = z.output<typeof sessions.ClockState>;
/** Conditions on a request, as a fixture has them; `{}` fits every request. */
export type MatchInput = z.input<typeof MatchSchema>;

/** A request that no fixture answered. */
export interface UnmatchedRequest {
  readonly request: RequestRecord;
  /** Why none would at this moment; absent where there was no body to look at. */
  readonly explanation?: Explanation | undefined;
}

/** Where a session's clock stands; left out, it is the mock's own. */
export interface ClockPlace {
  /** Stands still at this moment, in milliseconds since 1970 or as a date; delays elapse at once. */
  readonly now?: number | string;
  /** Moves by `advance` alone: delays and rate limits wait for it. */
  readonly manual?: boolean;
}

/** The quirks that a session may have otherwise; the rest decide before it is known. */
export type SessionQuirks = Partial<
  Pick<QuirkSettings, Exclude<QuirkName, 'accept-x-api-key' | 'open-models'>>
>;

import { MockError } from '../errors.ts';
import type { Ask } from './ask.ts';
import type { Awaiting } from './awaiting.ts';
import type {
  Explanation,
  MatchInput,
  RequestRecord,
  SessionVerdict,
  UnmatchedRequest,
  Verification,
} from './records.ts';
import { type Elsewhere, listCalls, tellFailure, tellGone } from './tell.ts';

export interface Times {
  readonly min?: number;
  readonly max?: number;
}

/** How often. A call is one however often the SDK retries it; a request is each attempt. */
export interface Bounds {
  readonly times?: number | Times;
  readonly calls?: number | Times;
}

/** What the requests of a session are to be; at least one where no number is said. */
export interface Expectation extends Bounds {
  readonly match?: MatchInput;
  /** Count only requests that this fixture answered. */
  readonly fixture?: string;
  /** Fixtures that answered in this order; others may have in between. */
  readonly order?: readonly string[];
}

/** What became of a session's requests. */
export interface Inspection {
  requests(): Promise<readonly RequestRecord[]>;
  /** The requests less the SDK's retries. */
  calls(): Promise<readonly RequestRecord[]>;
  /**
   * Checks the requests.
   *
   * @throws MockError `not-verified`, with the nearest requests
   */
  verify(expectation: Expectation): Promise<Verification>;
  /** What the client did that a client of LongCat must not. */
  verdict(): Promise<SessionVerdict>;
  /** The requests that no fixture answered, and why. */
  unmatched(): Promise<readonly UnmatchedRequest[]>;
}

export interface Inspecting {
  readonly ask: Ask;
  readonly watch: Awaiting['watch'];
}

export function createInspection(name: string, { ask, watch }: Inspecting): Inspection {
  const query = { session: name };

  /** A session that was dropped would look like one to which nothing came. */
  async function requireSession(): Promise<void> {
    const path = `/sessions/${name}`;
    const state = await ask<{ error?: unknown }>('GET', { path, expected: [404] });
    if (state.error !== undefined) throw new MockError('session-gone', tellGone(name));
  }

  async function list(): Promise<readonly RequestRecord[]> {
    await requireSession();
    return (await ask<Listing>('GET', { path: '/requests', query })).requests;
  }

  async function verify(expectation: Expectation): Promise<Verification> {
    await requireSession();
    const verification = await ask<Verification>('POST', {
      path: '/verify',
      body: { session: name, ...toCriteria(expectation) },
      expected: [406, 409],
    });
    if (verification.result === 'pass') return verification;
    const elsewhere = verification.count === 0 ? await lookElsewhere() : undefined;
    throw new MockError('not-verified', tellFailure(name, verification, elsewhere));
  }

  /** A client without a session's address or key is one of the default session. */
  async function lookElsewhere(): Promise<Elsewhere> {
    const session = 'default';
    const listing = await ask<Listing>('GET', { path: '/requests', query: { session } });
    return { session, count: listing.requests.length };
  }

  async function listUnmatched(): Promise<readonly UnmatchedRequest[]> {
    await requireSession();
    const { requests } = await ask<Listing>('GET', { path: '/requests/unmatched', query });
    if (requests.length === 0) return [];
    const path = '/requests/unmatched/near-misses';
    const explained = await ask<Explanations>('GET', { path, query });
    const byId = new Map(explained.requests.map((each) => [each.request, each.explanation]));
    return requests.map((request) => ({ request, explanation: byId.get(request.id) }));
  }

  async function judge(): Promise<SessionVerdict> {
    await requireSession();
    return ask('GET', { path: `/sessions/${name}/verdict`, query: { finished: 'true' } });
  }

  return {
    requests: () => watch('requests', list()),
    calls: () => watch('calls', list().then(listCalls)),
    verify: (expectation) => watch('verify', verify(expectation)),
    verdict: () => watch('verdict', judge()),
    unmatched: () => watch('unmatched', listUnmatched()),
  };
}

interface Listing {
  readonly requests: readonly RequestRecord[];
}

interface Explanations {
  readonly requests: readonly { readonly request: string; readonly explanation: Explanation }[];
}

function toCriteria({ times, calls, ...criteria }: Expectation) {
  const bounds = calls ?? times;
  return {
    ...criteria,
    ...(bounds !== undefined && { times: toTimes(bounds) }),
    ...(calls !== undefined && { distinctCalls: true }),
  };
}

function toTimes(bounds: number | Times): Times {
  return typeof bounds === 'number' ? { min: bounds, max: bounds } : bounds;
}

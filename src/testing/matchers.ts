import type { Bounds } from '../client/inspection.ts';
import type { MatchInput } from '../client/records.ts';
import type { LongCatSession } from '../client/session.ts';
import { tellUnmatched } from '../client/tell.ts';
import { MockError } from '../errors.ts';

/** What `expect(longcat)` can do besides. */
export interface LongCatMatchers<Result = Promise<void>> {
  /** Whether such a request came, or so many. */
  toHaveReceived(match: MatchInput, bounds?: Bounds): Result;
  /** Whether every request had a fixture. */
  toHaveNoUnmatchedRequests(): Result;
}

export interface Outcome {
  readonly pass: boolean;
  readonly message: () => string;
}

/** For `expect.extend` of Vitest, Playwright and Jest, which read the same outcome. */
export const matchers = {
  async toHaveReceived(
    this: { readonly isNot?: boolean },
    received: unknown,
    match: MatchInput,
    bounds: Bounds = {},
  ): Promise<Outcome> {
    const session = requireSession(received, 'toHaveReceived');
    const isBounded = bounds.times !== undefined || bounds.calls !== undefined;
    if (this.isNot && !isBounded) {
      const problem = await findProblem(session, { match, times: 0 });
      return toOutcome(problem !== undefined, problem);
    }
    const problem = await findProblem(session, { match, ...bounds });
    const asAsked = `Session "${session.name}" received just what it was not to receive.`;
    return toOutcome(problem === undefined, problem ?? asAsked);
  },

  async toHaveNoUnmatchedRequests(received: unknown): Promise<Outcome> {
    const session = requireSession(received, 'toHaveNoUnmatchedRequests');
    const unmatched = await session.unmatched();
    if (unmatched.length > 0) return toOutcome(false, tellUnmatched(session.name, unmatched));
    return toOutcome(true, `Each request of session "${session.name}" had a fixture.`);
  },
};

function toOutcome(pass: boolean, message = ''): Outcome {
  return { pass, message: () => message };
}

async function findProblem(
  session: LongCatSession,
  expectation: Parameters<LongCatSession['verify']>[0],
): Promise<string | undefined> {
  try {
    await session.verify(expectation);
    return undefined;
  } catch (error) {
    if (error instanceof MockError && error.code === 'not-verified') return error.message;
    throw error;
  }
}

function requireSession(received: unknown, matcher: string): LongCatSession {
  const isSession = typeof received === 'object' && received !== null && 'unmatched' in received;
  if (isSession) return received as LongCatSession; // nothing else has that member
  const message = `expect(…).${matcher}() wants a session, such as "longcat" in the arguments of a test.`;
  throw new MockError('invalid-config', message);
}

import { z } from 'zod/v3';
import { type QuirkName, quirkNames, quirks } from '../../contract/quirks.ts';
import { verdictRules } from '../../engine/verdict.ts';
import { named } from '../../scenario/registry.ts';
import { CassetteName, Flag, Moment, Problem, SessionName } from './common.ts';
import { LooseFixture, LooseLimit } from './fixtures.ts';

const longestAdvanceMs = 31 * 24 * 60 * 60 * 1000;

const standing = {
  now: Moment.optional().describe('Stands still at this moment, and delays elapse at once.'),
  manual: z
    .boolean()
    .optional()
    .describe('Moves when it is told to: delays and rate limits wait for `advanceMs`.'),
};

export const SetClock = named(
  'SetClock',
  z
    .object({
      session: SessionName.optional().describe('`default` when it is left out.'),
      ...standing,
      advanceMs: z
        .number()
        .min(0)
        .max(longestAdvanceMs)
        .optional()
        .describe('How far to move a clock that does not run by itself.'),
      reset: z.literal(true).optional().describe('Back to the clock of the mock.'),
    })
    .strict()
    .refine(
      ({ now, manual, advanceMs, reset }) => (now ?? manual ?? advanceMs ?? reset) !== undefined,
      'expected now, manual, advanceMs or reset',
    )
    .refine(
      ({ now, manual, advanceMs, reset }) =>
        reset === undefined || (now ?? manual ?? advanceMs) === undefined,
      'expected reset alone',
    )
    .describe('What to do with a clock; at least one of it, and `reset` alone.'),
);

export const ClockState = named(
  'ClockState',
  z
    .object({
      kind: z
        .enum(['system', 'frozen', 'manual'])
        .describe('Running by itself, standing still, or moved by hand.'),
      now: z.number().describe('Milliseconds since 1970.'),
    })
    .strict()
    .describe('How a clock goes, and what it shows.'),
);

export const ClockSet = named(
  'ClockSet',
  z
    .object({ session: SessionName, clock: ClockState })
    .strict()
    .describe('The clock of a session.'),
);

/** These decide before the session of a request is known. */
const serverQuirks: readonly QuirkName[] = ['accept-x-api-key', 'open-models'];

const SessionQuirks = named(
  'SessionQuirks',
  z
    .object(
      Object.fromEntries(
        quirkNames
          .filter((name) => !serverQuirks.includes(name))
          .map((name) => [name, z.boolean().optional().describe(quirks[name].effect)]),
      ),
    )
    .strict()
    .describe('Switches of the wire that are set for a session.'),
);

const SessionClock = named(
  'SessionClock',
  z.object(standing).strict().describe('A clock that does not run by itself.'),
);

/** All that a session is, besides its state; what is left out is as in a session never declared. */
export const DeclareSession = named(
  'DeclareSession',
  z
    .object({
      scenario: z.string().min(1).optional().describe('The scenario that is active for it.'),
      seed: z.string().optional().describe('What its generated answers depend on.'),
      clock: SessionClock.optional(),
      quirks: SessionQuirks.optional(),
      overrides: z
        .array(LooseFixture)
        .optional()
        .describe('Fixtures that this session alone has, and which go before all others.'),
      rateLimits: z.array(LooseLimit).optional().describe('Rate limits of its own.'),
      cassette: CassetteName.optional(),
    })
    .strict()
    .describe(
      'All that a session is, besides its state; what is left out is as in a session never declared.',
    ),
);

const RequestCounts = named(
  'SessionRequests',
  z
    .object({
      seen: z.number().int().describe('Requests since its last reset.'),
      kept: z.number().int().describe('Those of them that the journal still holds.'),
    })
    .strict()
    .describe('How much a session was asked.'),
);

const state = {
  session: SessionName,
  scenario: z.string().optional().describe('The scenario that is active for it.'),
  seed: z.string().optional().describe('What its generated answers depend on.'),
  cassette: CassetteName.optional(),
  clock: ClockState,
  quirks: z.record(z.boolean()).describe('The switches of the wire that it sets.'),
  overrides: z.array(z.string()).describe('The ids of its own fixtures.'),
  hidden: z.array(z.string()).describe('The ids of fixtures that only others have.'),
  rateLimits: z.array(z.string()).describe('The ids of its own rate limits.'),
  states: z.record(z.string()).describe('Of its state machines, by scenario.'),
  requests: RequestCounts,
};

export const SessionState = named(
  'SessionState',
  z.object(state).strict().describe('What a session is.'),
);

export const SessionDeclared = named(
  'SessionDeclared',
  z
    .object({
      ...state,
      warnings: z.array(Problem).describe('What is right, and yet hardly meant.'),
    })
    .strict()
    .describe('The session as it was declared.'),
);

export const SessionList = named(
  'SessionList',
  z
    .object({ sessions: z.array(SessionState).describe('The sessions.') })
    .strict()
    .describe('The sessions, the least recently used first.'),
);

export const SessionRemoved = named(
  'SessionRemoved',
  z
    .object({ removed: z.boolean().describe('Whether there was one.') })
    .strict()
    .describe('The session is gone.'),
);

export const VerdictQuery = z
  .object({
    finished: Flag.optional().describe(
      'Whether no request will come any more: giving up can only be told then.',
    ),
  })
  .strict();

const VerdictRule = named(
  'VerdictRule',
  z.enum(verdictRules).describe('Something that a client should not do.'),
);

const Finding = named(
  'Finding',
  z
    .object({
      rule: VerdictRule,
      message: z.string().describe('What the client did, and what it should have done.'),
      requests: z.array(z.string()).describe('The ids of the requests that show it.'),
    })
    .strict()
    .describe('Something that a client did wrong.'),
);

const CheckResult = named(
  'CheckResult',
  z
    .enum(['pass', 'fail', 'not-applicable'])
    .describe('What a rule came to; not every client is put to each test.'),
);

export const SessionVerdict = named(
  'SessionVerdict',
  z
    .object({
      session: SessionName,
      findings: z.array(Finding).describe('What the client did wrong.'),
      checked: z.record(VerdictRule, CheckResult).describe('What each rule came to, by its name.'),
      text: z.string().describe('The same in lines, as the command prints it.'),
    })
    .strict()
    .describe('What to say of a client.'),
);

import { z } from 'zod/v3';
import { type QuirkName, quirkNames } from '../../contract/quirks.ts';
import { verdictRules } from '../../engine/verdict.ts';
import { Flag, Moment, Problem, SessionName } from './common.ts';
import { LooseFixture, LooseLimit } from './fixtures.ts';

const longestAdvanceMs = 31 * 24 * 60 * 60 * 1000;

const standing = {
  now: Moment.optional().describe('Stands still at this moment, and delays elapse at once.'),
  manual: z
    .boolean()
    .optional()
    .describe('Moves when it is told to: delays and rate limits wait for `advanceMs`.'),
};

export const SetClock = z
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
  );

export const ClockState = z
  .object({
    kind: z
      .enum(['system', 'frozen', 'manual'])
      .describe('Running by itself, standing still, or moved by hand.'),
    now: z.number().describe('Milliseconds since 1970.'),
  })
  .strict();

export const ClockSet = z.object({ session: SessionName, clock: ClockState }).strict();

/** These decide before the session of a request is known. */
const serverQuirks: readonly QuirkName[] = ['accept-x-api-key', 'open-models'];

const SessionQuirks = z
  .object(
    Object.fromEntries(
      quirkNames
        .filter((name) => !serverQuirks.includes(name))
        .map((name) => [name, z.boolean().optional()]),
    ),
  )
  .strict();

/** All that a session is, besides its state; what is left out is as in a session never declared. */
export const DeclareSession = z
  .object({
    scenario: z.string().min(1).optional(),
    seed: z.string().optional(),
    clock: z.object(standing).strict().optional(),
    quirks: SessionQuirks.optional(),
    overrides: z
      .array(LooseFixture)
      .optional()
      .describe('Fixtures that this session alone has, and which go before all others.'),
    rateLimits: z.array(LooseLimit).optional(),
  })
  .strict();

export const SessionState = z
  .object({
    session: SessionName,
    scenario: z.string().optional(),
    seed: z.string().optional(),
    clock: ClockState,
    quirks: z.record(z.boolean()),
    overrides: z.array(z.string()).describe('The ids of its own fixtures.'),
    hidden: z.array(z.string()).describe('The ids of fixtures that only others have.'),
    rateLimits: z.array(z.string()),
    states: z.record(z.string()).describe('Of its state machines, by scenario.'),
    requests: z
      .object({
        seen: z.number().int().describe('Requests since its last reset.'),
        kept: z.number().int().describe('Those of them that the journal still holds.'),
      })
      .strict(),
  })
  .strict();

export const SessionDeclared = SessionState.extend({ warnings: z.array(Problem) }).strict();

export const SessionList = z.object({ sessions: z.array(SessionState) }).strict();

export const SessionRemoved = z
  .object({ removed: z.boolean().describe('Whether there was one.') })
  .strict();

export const VerdictQuery = z
  .object({
    finished: Flag.optional().describe(
      'Whether no request will come any more: giving up can only be told then.',
    ),
  })
  .strict();

export const SessionVerdict = z
  .object({
    session: SessionName,
    findings: z.array(
      z
        .object({
          rule: z.enum(verdictRules),
          message: z.string(),
          requests: z.array(z.string()),
        })
        .strict(),
    ),
    checked: z.record(z.enum(verdictRules), z.enum(['pass', 'fail', 'not-applicable'])),
    text: z.string().describe('The same in lines, as the command prints it.'),
  })
  .strict();

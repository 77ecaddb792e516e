import { z } from 'zod/v3';
import { Step } from '../../scenario/step-schema.ts';
import { Flag, Problem, SessionName } from './common.ts';

/** The handler tells all that is wrong with it at once, as `validate` does with a file. */
export const LooseFixture = z
  .record(z.unknown())
  .describe('A fixture, as it stands in the `fixtures` of a fixture file.');

export const LooseLimit = z
  .record(z.unknown())
  .describe('A rate limit, as it stands in the `rateLimits` of a fixture file.');

export const LooseFile = z.record(z.unknown()).describe('A whole fixture file, as JSON.');

export const AddFixtures = z
  .union([LooseFixture, z.array(LooseFixture).min(1)])
  .describe('One fixture, or several.');

export const FixtureQuery = z
  .object({
    session: SessionName.optional().describe(
      'The fixtures that this session has: its own changes are invisible to others.',
    ),
  })
  .strict();

export const FixtureListQuery = FixtureQuery.extend({
  scenario: z.string().optional().describe('Only those of this scenario.'),
}).strict();

export const ResetFixturesQuery = FixtureQuery.extend({ force: Flag.optional() }).strict();

const Place = z
  .object({ file: z.string(), line: z.number().int(), column: z.number().int() })
  .strict();

const summary = {
  id: z.string(),
  description: z.string().optional(),
  from: z
    .enum(['file', 'admin', 'session'])
    .describe('A fixture file, this API, or this API for one session.'),
  place: Place.optional(),
  scenario: z.string().optional().describe('Active only when this scenario is selected.'),
  priority: z.number().int(),
  used: z
    .number()
    .int()
    .describe('How many requests it has answered; of a session, those that the journal holds.'),
};

export const FixtureSummary = z.object(summary).strict();

export const FixtureDetail = z
  .object({
    ...summary,
    conditions: z.array(z.object({ place: z.string(), expected: z.string() }).strict()),
    respond: z.array(Step),
    afterLast: z.enum(['repeat-last', 'error', 'fallthrough']),
    requires: z.string().optional(),
    sets: z.string().optional(),
  })
  .strict();

export const FixtureList = z.object({ fixtures: z.array(FixtureSummary) }).strict();

export const FixturesAdded = z
  .object({
    fixtures: z.array(z.string()).describe('Their ids.'),
    rateLimits: z.array(z.string()),
    scenario: z.string().optional(),
    warnings: z.array(Problem),
  })
  .strict();

export const FixtureRemoved = z.object({ removed: z.literal(true) }).strict();

export const ScenarioList = z
  .object({
    scenarios: z.array(
      z
        .object({
          name: z.string(),
          from: z.enum(['shipped', 'own']),
          description: z.string().optional(),
          provenance: z.enum(['documented', 'observed', 'sdk', 'assumed']).optional(),
          source: z.string().optional(),
          states: z.array(z.string()).describe('The states of its state machine.'),
          state: z.string().describe('The state of the session.'),
        })
        .strict(),
    ),
  })
  .strict();

export const SetState = z
  .object({ state: z.string().min(1).optional().describe('`Started` when it is left out.') })
  .strict();

export const StateSet = z
  .object({ session: SessionName, scenario: z.string(), state: z.string() })
  .strict();

import { z } from 'zod/v3';
import { named, shownAs } from '../../scenario/registry.ts';
import { AfterLast, FixtureSchema, ProvenanceSchema } from '../../scenario/schema.ts';
import { Step } from '../../scenario/step-schema.ts';
import { Flag, Problem, SessionName } from './common.ts';

/** The handler tells all that is wrong with it at once, as `validate` does with a file. */
export const LooseFixture = shownAs('Fixture', z.record(z.unknown()));

named(
  'FixtureReplacement',
  FixtureSchema.partial({ id: true })
    .strict()
    .describe('A fixture whose id is that of the path, and may be left out.'),
);

export const LooseReplacement = shownAs('FixtureReplacement', z.record(z.unknown()));

export const LooseLimit = shownAs('RateLimit', z.record(z.unknown()));

export const LooseFile = shownAs('FixtureFile', z.record(z.unknown()));

export const AddFixtures = named(
  'AddFixtures',
  z.union([LooseFixture, z.array(LooseFixture).min(1)]).describe('One fixture, or several.'),
);

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

export const ResetFixturesQuery = FixtureQuery.extend({
  force: Flag.optional().describe('Also while other sessions are active.'),
}).strict();

const Place = named(
  'Place',
  z
    .object({
      file: z.string().describe('The path of the file.'),
      line: z.number().int().describe('The line, from 1.'),
      column: z.number().int().describe('The column, from 1.'),
    })
    .strict()
    .describe('Where in a file.'),
);

const Origin = named(
  'FixtureOrigin',
  z
    .enum(['file', 'admin', 'session'])
    .describe('A fixture file, this API, or this API for one session.'),
);

const summary = {
  id: z.string().describe('Its id.'),
  description: z.string().optional().describe('What it is for.'),
  from: Origin,
  place: Place.optional().describe('Where it stands, when it is from a file.'),
  scenario: z.string().optional().describe('Active only when this scenario is selected.'),
  priority: z.number().int().describe('Lower wins.'),
  used: z
    .number()
    .int()
    .describe('How many requests it has answered; of a session, those that the journal holds.'),
};
export const FixtureSummary = named(
  'FixtureSummary',
  z.object(summary).strict().describe('A fixture in a few words.'),
);

const ShownCondition = named(
  'ShownCondition',
  z
    .object({
      place: z.string().describe('What of the request it looks at.'),
      expected: z.string().describe('What it expects there; secrets are not shown.'),
    })
    .strict()
    .describe('One condition of a fixture.'),
);

export const FixtureDetail = named(
  'FixtureDetail',
  z
    .object({
      ...summary,
      conditions: z.array(ShownCondition).describe('What a request has to fit.'),
      respond: z.array(Step).describe('Its answers in their order.'),
      afterLast: AfterLast,
      requires: z.string().optional().describe('The state in which it answers.'),
      sets: z.string().optional().describe('The state that its answer leads to.'),
    })
    .strict()
    .describe('All of a fixture.'),
);

export const FixtureList = named(
  'FixtureList',
  z
    .object({ fixtures: z.array(FixtureSummary).describe('The fixtures.') })
    .strict()
    .describe('Fixtures, in the order in which they are tried.'),
);

export const FixturesAdded = named(
  'FixturesAdded',
  z
    .object({
      fixtures: z.array(z.string()).describe('Their ids.'),
      rateLimits: z.array(z.string()).describe('The ids of the rate limits.'),
      scenario: z.string().optional().describe('The scenario that they belong to.'),
      warnings: z.array(Problem).describe('What is right, and yet hardly meant.'),
    })
    .strict()
    .describe('What was added or replaced.'),
);

export const FixtureRemoved = named(
  'FixtureRemoved',
  z
    .object({ removed: z.literal(true) })
    .strict()
    .describe('The fixture is gone.'),
);

const ScenarioSummary = named(
  'ScenarioSummary',
  z
    .object({
      name: z.string().describe('The name that selects it.'),
      from: z.enum(['shipped', 'own']).describe('The library of the mock, or files of one’s own.'),
      description: z.string().optional().describe('What it shows.'),
      provenance: ProvenanceSchema.optional(),
      source: z.string().optional().describe('Where the behaviour was seen.'),
      states: z.array(z.string()).describe('The states of its state machine.'),
      state: z.string().describe('The state of the session.'),
    })
    .strict()
    .describe('A scenario in a few words.'),
);

export const ScenarioList = named(
  'ScenarioList',
  z
    .object({ scenarios: z.array(ScenarioSummary).describe('The scenarios.') })
    .strict()
    .describe('The scenarios that can be selected.'),
);

export const SetState = named(
  'SetState',
  z
    .object({ state: z.string().min(1).optional().describe('`Started` when it is left out.') })
    .strict()
    .describe('The state to put a scenario into.'),
);

export const StateSet = named(
  'StateSet',
  z
    .object({
      session: SessionName,
      scenario: z.string().describe('The scenario.'),
      state: z.string().describe('The state that it has for the session.'),
    })
    .strict()
    .describe('The state of a scenario.'),
);

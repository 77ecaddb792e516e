import { z } from 'zod/v3';
import { Milliseconds } from './amounts.ts';
import { MatchSchema } from './match-schema.ts';
import { named } from './registry.ts';
import { Step } from './step-schema.ts';

const State = named(
  'StateChange',
  z
    .object({
      requires: z.string().min(1).optional().describe('The state in which this fixture answers.'),
      sets: z.string().min(1).optional().describe('The state that its answer leads to.'),
    })
    .strict()
    .describe('The state machine of this file’s scenario; each session begins in `Started`.'),
);

const Id = named(
  'FixtureId',
  z
    .string()
    .regex(/^[\w.:-]{1,100}$/, 'expected up to 100 letters, digits, ".", ":", "_" or "-"')
    .describe('Unique among all files; shown in headers, journal and messages.'),
);

export const AfterLast = named(
  'AfterLast',
  z
    .enum(['repeat-last', 'error', 'fallthrough'])
    .describe('What happens once a sequence is at its end.'),
);

const Steps = named(
  'Steps',
  z
    .union([Step, z.array(Step).min(1)])
    .describe('One answer, or a sequence: one step for each request of the session.'),
);

export const FixtureSchema = named(
  'Fixture',
  z
    .object({
      id: Id,
      description: z.string().optional().describe('What it is for.'),
      priority: z.number().int().default(5).describe('Lower wins.'),
      match: MatchSchema.default({}),
      respond: Steps,
      afterLast: AfterLast.default('repeat-last'),
      state: State.optional(),
    })
    .strict()
    .describe('Which requests are answered, and how.'),
);
export type FixtureInput = z.input<typeof FixtureSchema>;
export type ParsedFixture = z.output<typeof FixtureSchema>;

const RateLimit = named(
  'RateLimit',
  z
    .object({
      id: Id,
      requestsPerMinute: z.number().positive().optional().describe('How many requests pass.'),
      tokensPerMinute: z
        .number()
        .positive()
        .optional()
        .describe('A request takes its input and its output limit.'),
      burst: z
        .number()
        .min(1)
        .optional()
        .describe('Requests that may come at once; a minute’s worth by default.'),
      retryAfterMs: Milliseconds.optional().describe(
        'The `retry-after-ms` header of the 429, which the official SDKs obey; none by default.',
      ),
      match: MatchSchema.default({}).describe('Which requests it counts; all by default.'),
    })
    .strict()
    .refine(
      ({ requestsPerMinute, tokensPerMinute }) => requestsPerMinute ?? tokensPerMinute,
      'expected requestsPerMinute or tokensPerMinute',
    )
    .describe('What a session may ask in a minute: requests, tokens, or both.'),
);
export type RateLimit = z.infer<typeof RateLimit>;

export const ProvenanceSchema = named(
  'Provenance',
  z.enum(['documented', 'observed', 'sdk', 'assumed']).describe('How the behaviour is known.'),
);

/** A fixture file. */
export const FixtureFile = named(
  'FixtureFile',
  z
    .object({
      $schema: z.string().optional().describe('The JSON Schema of the file, for editors.'),
      version: z
        .literal(1, { message: 'expected 1, the version of this format' })
        .describe('The version of this format.'),
      scenario: z
        .string()
        .regex(/^[\w.-]{1,100}$/, 'expected up to 100 letters, digits, ".", "_" or "-"')
        .optional()
        .describe('With it the file is active only when it is selected; without it always.'),
      description: z.string().optional().describe('What the file is for.'),
      provenance: ProvenanceSchema.optional(),
      source: z.string().optional().describe('Where the behaviour was seen.'),
      rateLimits: z.array(RateLimit).default([]).describe('What may be asked in a minute.'),
      fixtures: z.array(FixtureSchema).default([]).describe('The fixtures, the first one first.'),
    })
    .strict()
    .describe('Fixtures and rate limits that belong together.'),
);
export type FixtureFile = z.infer<typeof FixtureFile>;

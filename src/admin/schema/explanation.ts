import { z } from 'zod/v3';
import { named } from '../../scenario/registry.ts';

const Difference = named(
  'Difference',
  z
    .object({
      place: z.string().describe('What of the request the condition looks at.'),
      expected: z.string().describe('What it expects there.'),
      got: z.string().describe('What the request has there.'),
      hint: z.string().optional().describe('What may be the matter.'),
    })
    .strict()
    .describe('A condition that is not met.'),
);

export const comparison = {
  met: z.number().int().describe('How many conditions are met.'),
  of: z.number().int().describe('How many conditions there are.'),
  differs: z.array(Difference).describe('The conditions that are not met.'),
};

const NearMiss = named(
  'NearMiss',
  z
    .object({
      fixture: z.string().describe('The id of the fixture.'),
      place: z.string().optional().describe('Where it stands.'),
      ...comparison,
    })
    .strict()
    .describe('A fixture that nearly matched.'),
);

/** What a request would get at this moment, and why. */
export const Explanation = named(
  'Explanation',
  z
    .object({
      result: z
        .enum(['matched', 'recorded', 'live', 'unmatched', 'generated', 'refused'])
        .describe('What becomes of it.'),
      recording: z.string().optional().describe('The id of the one that would answer.'),
      fixture: z.string().optional().describe('The one that would answer.'),
      place: z.string().optional().describe('Where that one stands.'),
      step: z.number().int().optional().describe('Which of its steps, from 0.'),
      kind: z
        .enum(['nothing-loaded', 'differs', 'wrong-state', 'exhausted', 'elsewhere'])
        .optional()
        .describe('Why no fixture would.'),
      message: z.string().optional().describe('The same in words.'),
      hints: z.array(z.string()).describe('What may be the matter, and what to do.'),
      nearMisses: z
        .array(NearMiss)
        .describe('The fixtures that nearly matched, the nearest first.'),
      diff: z.string().optional().describe('The near misses in two columns.'),
    })
    .strict()
    .describe('What a request would get at this moment, and why.'),
);
export type Explanation = z.infer<typeof Explanation>;

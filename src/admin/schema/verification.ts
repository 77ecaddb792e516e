import { z } from 'zod/v3';
import { MatchSchema } from '../../scenario/match-schema.ts';
import { named } from '../../scenario/registry.ts';
import { SessionName } from './common.ts';
import { comparison } from './explanation.ts';
import { counts, requestIds } from './requests.ts';

const Times = named(
  'Times',
  z
    .object({
      min: z.number().int().min(0).optional().describe('At least so many.'),
      max: z.number().int().min(0).optional().describe('At most so many.'),
    })
    .strict()
    .describe('How often; at least once when it is left out.'),
);

export const VerifyRequests = named(
  'VerifyRequests',
  z
    .object({
      session: SessionName.optional().describe('`default` when it is left out.'),
      match: MatchSchema.optional().describe('Conditions, as a fixture has them.'),
      fixture: z.string().optional().describe('Count only requests that it answered.'),
      times: Times.optional(),
      order: z.array(z.string()).optional().describe('Fixtures that answered in this order.'),
      distinctCalls: z
        .boolean()
        .optional()
        .describe('Whether `times` bounds calls: an SDK’s retries do not count.'),
    })
    .strict()
    .describe('How a session’s requests were to be.'),
);

const VerifiedNearMiss = named(
  'VerifiedNearMiss',
  z
    .object({ request: z.string().describe('The id of the request.'), ...comparison })
    .strict()
    .describe('A request that nearly fits.'),
);

export const Verification = named(
  'Verification',
  z
    .object({
      result: z
        .enum(['pass', 'fail', 'inconclusive'])
        .describe('Whether they were so; inconclusive when the journal lost some of them.'),
      reason: z.string().describe('The same in words.'),
      ...counts,
      nearMisses: z.array(VerifiedNearMiss).describe('Requests that nearly fit.'),
      requests: requestIds,
    })
    .strict()
    .describe('Whether the requests were as they were to be.'),
);

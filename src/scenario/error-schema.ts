import { z } from 'zod/v3';
import { errorNames } from '../contract/errors.ts';
import { Milliseconds } from './amounts.ts';
import { named } from './registry.ts';

export const ErrorNameSchema = named(
  'ErrorName',
  z.enum(errorNames).describe('An error by its name in the catalogue.'),
);

const errorObject = named(
  'ScriptedErrorDetails',
  z
    .object({
      name: ErrorNameSchema,
      message: z.string().optional().describe('In place of the catalogue’s message.'),
      retryAfter: z
        .number()
        .min(0)
        .optional()
        .describe('Seconds, in the body’s `retry_after`: LongCat’s own field, which no SDK obeys.'),
      retryAfterHeader: z
        .union([z.number().min(0), z.string().min(1)])
        .optional()
        .describe('The `Retry-After` header: seconds, or a date. The SDKs really sleep that long.'),
      retryAfterMs: Milliseconds.optional().describe(
        'The `retry-after-ms` header, which the official SDKs obey to the millisecond.',
      ),
      sdkRetry: z
        .boolean()
        .optional()
        .describe('The `x-should-retry` header: tells the official SDKs whether to retry.'),
    })
    .strict()
    .describe('An error with words or headers of its own.'),
);

export const ScriptedError = named(
  'ScriptedError',
  z
    .union([ErrorNameSchema, errorObject])
    .describe('An error of LongCat by its name in the catalogue.'),
);
export type ScriptedError = z.infer<typeof errorObject>;

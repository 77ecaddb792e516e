import { z } from 'zod/v3';

export const SessionName = z
  .string()
  .min(1)
  .max(200)
  .describe('The name of a session, as requests give it.');

/** A moment in milliseconds since 1970, as such or as a date of ISO 8601. */
export const Moment = z
  .union([z.number().min(0).max(8.64e15), z.string()])
  .transform((value, context) => {
    const text = String(value);
    const moment = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text);
    if (!Number.isNaN(moment)) return moment;
    const message = 'expected milliseconds since 1970, or a date such as 2026-10-01T12:00:00Z';
    context.addIssue({ code: z.ZodIssueCode.custom, message });
    return z.NEVER;
  })
  .describe('Milliseconds since 1970, or a date of ISO 8601.');

/** A switch in a query: `?force`, `?force=true`. */
export const Flag = z
  .enum(['', 'true', 'false', '1', '0'])
  .transform((value) => value !== 'false' && value !== '0');

export const WholeNumber = z
  .string()
  .regex(/^\d{1,9}$/, 'expected a whole number')
  .transform(Number);

export const OneSession = z
  .object({ session: SessionName.optional().describe('`default` when it is left out.') })
  .strict();

export const Problem = z
  .object({
    severity: z.enum(['error', 'warning']),
    path: z.string().describe('Where in the body, such as `fixtures[0].respond`.'),
    message: z.string(),
    fix: z.string().optional().describe('What to do.'),
  })
  .strict();
export type Problem = z.infer<typeof Problem>;

/** What every route of the admin API answers when it refuses. */
export const ErrorAnswer = z
  .object({
    error: z
      .object({
        code: z.string().describe('What went wrong, for programs.'),
        message: z.string().describe('What went wrong, for people.'),
        problems: z.array(Problem).optional(),
      })
      .strict(),
  })
  .strict();
export type ErrorAnswer = z.infer<typeof ErrorAnswer>;

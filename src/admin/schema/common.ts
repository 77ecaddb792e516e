import { z } from 'zod/v3';
import { recordModes } from '../../recording/mode.ts';
import { named, shownAs } from '../../scenario/registry.ts';

export const SessionName = named(
  'SessionName',
  z.string().min(1).max(200).describe('The name of a session, as requests give it.'),
);

export const CassetteName = named(
  'CassetteName',
  z
    .string()
    .min(1)
    .max(200)
    .describe('The name of a cassette: its file without `.json`, from the folder of all.'),
);

export const RecordMode = named(
  'RecordMode',
  z
    .enum(recordModes)
    .describe(
      '`once` records into new cassettes and replays others, `none` only replays, `new_episodes` records what is missing, `all` records anew, `passthrough` writes nothing.',
    ),
);

/** A moment in milliseconds since 1970, as such or as a date of ISO 8601. */
export const Moment = named(
  'Moment',
  z
    .union([z.number().min(0).max(8.64e15), z.string()])
    .transform((value, context) => {
      const text = String(value);
      const moment = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text);
      if (!Number.isNaN(moment)) return moment;
      const message = 'expected milliseconds since 1970, or a date such as 2026-10-01T12:00:00Z';
      context.addIssue({ code: z.ZodIssueCode.custom, message });
      return z.NEVER;
    })
    .describe('Milliseconds since 1970, or a date of ISO 8601.'),
);

named('Flag', z.boolean().describe('A switch in a query: `?force` is `?force=true`.'));

/** A switch in a query: `?force`, `?force=true`. */
export const Flag = shownAs(
  'Flag',
  z.enum(['', 'true', 'false', '1', '0']).transform((value) => value !== 'false' && value !== '0'),
);

named('WholeNumber', z.number().int().min(0).max(999_999_999).describe('A number of things.'));

export const WholeNumber = shownAs(
  'WholeNumber',
  z
    .string()
    .regex(/^\d{1,9}$/, 'expected a whole number')
    .transform(Number),
);

export const OneSession = z
  .object({ session: SessionName.optional().describe('`default` when it is left out.') })
  .strict();

export const Problem = named(
  'Problem',
  z
    .object({
      severity: z.enum(['error', 'warning']).describe('Whether it keeps the body from use.'),
      path: z.string().describe('Where in the body, such as `fixtures[0].respond`.'),
      message: z.string().describe('What is wrong there.'),
      fix: z.string().optional().describe('What to do.'),
    })
    .strict()
    .describe('One thing that is wrong with a body.'),
);
export type Problem = z.infer<typeof Problem>;

const Refused = named(
  'Refused',
  z
    .object({
      code: z.string().describe('What went wrong, for programs.'),
      message: z.string().describe('What went wrong, for people, and what to do.'),
      problems: z.array(Problem).optional().describe('Everything that is wrong with a body.'),
      type: z
        .string()
        .optional()
        .describe('Only of a foreign `Host` or `Origin`, which the whole mock refuses alike.'),
    })
    .strict()
    .describe('Why it was refused.'),
);

/** What every route of the admin API answers when it refuses. */
export const ErrorAnswer = named(
  'ErrorAnswer',
  z
    .object({ error: Refused })
    .strict()
    .describe('What every route of the admin API answers when it refuses.'),
);
export type ErrorAnswer = z.infer<typeof ErrorAnswer>;

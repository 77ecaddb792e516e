import { z } from 'zod/v3';

export type ReportTarget =
  | { readonly kind: 'github' }
  | { readonly kind: 'junit' | 'json'; readonly file: string };

const message = 'expected junit=FILE, json=FILE or github';

/** Where a report goes, as `--report` names it. */
export const ReportTarget = z.string({ message }).transform((text, context): ReportTarget => {
  if (text === 'github') return { kind: 'github' };
  const [, kind, file] = /^(junit|json)=(.+)$/.exec(text) ?? [];
  if ((kind === 'junit' || kind === 'json') && file) return { kind, file };
  context.addIssue({ code: z.ZodIssueCode.custom, message });
  return z.NEVER;
});

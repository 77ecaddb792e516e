import { z } from 'zod/v3';
import { parsePath } from '../exchange/json-path.ts';
import { explainPattern } from '../exchange/pattern.ts';

const Pattern = z.string().superRefine((pattern, context) => {
  const problem = explainPattern(pattern);
  if (problem) context.addIssue({ code: z.ZodIssueCode.custom, message: problem });
});

/** A text equals a string, or fits every condition given. */
export const TextMatcher = z.union([
  z.string(),
  z
    .object({
      equals: z.string().optional(),
      contains: z.string().min(1).optional(),
      matches: Pattern.optional().describe('A regular expression of RE2, found anywhere.'),
      absent: z.boolean().optional(),
    })
    .strict()
    .refine(
      (conditions) => Object.keys(conditions).length > 0,
      'expected equals, contains, matches or absent',
    ),
]);
export type TextMatcher = z.infer<typeof TextMatcher>;

const TurnMatcher = z
  .object({
    role: z.enum(['system', 'user', 'assistant', 'tool']).optional(),
    text: TextMatcher.optional(),
    toolCallId: TextMatcher.optional(),
  })
  .strict();
export type TurnMatcher = z.infer<typeof TurnMatcher>;

const JsonPath = z.string().superRefine((path, context) => {
  const parsed = parsePath(path);
  if ('problem' in parsed) {
    context.addIssue({ code: z.ZodIssueCode.custom, message: parsed.problem });
  }
});

const BodyMatcher = z
  .object({
    path: JsonPath.describe('Such as $.metadata.user_id or $.messages[*].role.'),
    equals: z.unknown().optional(),
    matches: Pattern.optional(),
    exists: z.boolean().optional(),
  })
  .strict()
  .refine(
    ({ equals, matches, exists }) =>
      equals !== undefined || matches !== undefined || exists !== undefined,
    'expected equals, matches or exists',
  );
export type BodyMatcher = z.infer<typeof BodyMatcher>;

/** Conditions on a request, all of which have to hold; `{}` fits every request. */
export const MatchSchema = z
  .object({
    api: z.enum(['openai', 'anthropic', 'any']).optional(),
    model: TextMatcher.optional(),
    stream: z.boolean().optional(),
    turnIndex: z
      .number()
      .int()
      .min(0)
      .optional()
      .describe('How many assistant messages the request holds already.'),
    messages: z
      .object({
        last: TurnMatcher.optional(),
        any: TurnMatcher.optional(),
        lastUser: TextMatcher.optional().describe(
          'The newest message of the user, which results of tools may follow.',
        ),
        system: TextMatcher.optional(),
      })
      .strict()
      .optional(),
    tools: z
      .object({
        includes: z.array(z.string().min(1)).min(1).optional(),
        none: z.boolean().optional(),
      })
      .strict()
      .optional(),
    thinking: z.boolean().optional().describe('Whether the request turns thinking on.'),
    headers: z.record(TextMatcher).optional(),
    body: z.array(BodyMatcher).min(1).optional(),
  })
  .strict();
export type Match = z.infer<typeof MatchSchema>;

import { z } from 'zod/v3';
import { parsePath } from '../exchange/json-path.ts';
import { explainPattern } from '../exchange/pattern.ts';
import { named } from './registry.ts';

const Pattern = z.string().superRefine((pattern, context) => {
  const problem = explainPattern(pattern);
  if (problem) context.addIssue({ code: z.ZodIssueCode.custom, message: problem });
});

const TextConditions = named(
  'TextConditions',
  z
    .object({
      equals: z.string().optional().describe('The whole text.'),
      contains: z.string().min(1).optional().describe('A part of the text.'),
      matches: Pattern.optional().describe('A regular expression of RE2, found anywhere.'),
      absent: z.boolean().optional().describe('Whether there is no text at all.'),
    })
    .strict()
    .refine(
      (conditions) => Object.keys(conditions).length > 0,
      'expected equals, contains, matches or absent',
    )
    .describe('Conditions on a text, all of which have to hold; at least one.'),
);

/** A text equals a string, or fits every condition given. */
export const TextMatcher = named(
  'TextMatcher',
  z
    .union([z.string(), TextConditions])
    .describe('A text equals a string, or fits every condition given.'),
);
export type TextMatcher = z.infer<typeof TextMatcher>;

const TurnMatcher = named(
  'TurnMatcher',
  z
    .object({
      role: z
        .enum(['system', 'user', 'assistant', 'tool'])
        .optional()
        .describe('Who said it; a developer’s turn is a system’s.'),
      text: TextMatcher.optional().describe('All of its text.'),
      toolCallId: TextMatcher.optional().describe('The call whose result it is.'),
    })
    .strict()
    .describe('Conditions on one turn.'),
);
export type TurnMatcher = z.infer<typeof TurnMatcher>;

const JsonPath = z.string().superRefine((path, context) => {
  const parsed = parsePath(path);
  if ('problem' in parsed) {
    context.addIssue({ code: z.ZodIssueCode.custom, message: parsed.problem });
  }
});

const BodyMatcher = named(
  'BodyMatcher',
  z
    .object({
      path: JsonPath.describe('Such as $.metadata.user_id or $.messages[*].role.'),
      equals: z.unknown().optional().describe('The value there, whatever its type.'),
      matches: Pattern.optional().describe('A regular expression of RE2 for the text there.'),
      exists: z.boolean().optional().describe('Whether there is a value.'),
    })
    .strict()
    .refine(
      ({ equals, matches, exists }) =>
        equals !== undefined || matches !== undefined || exists !== undefined,
      'expected equals, matches or exists',
    )
    .describe('Conditions on a place of the body; at least one.'),
);
export type BodyMatcher = z.infer<typeof BodyMatcher>;

const MessagesMatcher = named(
  'MessagesMatcher',
  z
    .object({
      last: TurnMatcher.optional().describe('The last turn.'),
      any: TurnMatcher.optional().describe('At least one of the turns.'),
      lastUser: TextMatcher.optional().describe(
        'The newest message of the user, which results of tools may follow.',
      ),
      system: TextMatcher.optional().describe('The instructions, wherever the format has them.'),
    })
    .strict()
    .describe('Conditions on the conversation.'),
);

const ToolsMatcher = named(
  'ToolsMatcher',
  z
    .object({
      includes: z
        .array(z.string().min(1))
        .min(1)
        .optional()
        .describe('Names of tools that the request has to offer.'),
      none: z.boolean().optional().describe('Whether it offers no tools.'),
    })
    .strict()
    .describe('Conditions on the tools that the request offers.'),
);

/** Conditions on a request, all of which have to hold; `{}` fits every request. */
export const MatchSchema = named(
  'Match',
  z
    .object({
      api: z
        .enum(['openai', 'anthropic', 'any'])
        .optional()
        .describe('The format; any when it is left out.'),
      model: TextMatcher.optional().describe('The model that the request names.'),
      stream: z.boolean().optional().describe('Whether the request wants a stream.'),
      turnIndex: z
        .number()
        .int()
        .min(0)
        .optional()
        .describe('How many assistant messages the request holds already.'),
      messages: MessagesMatcher.optional(),
      tools: ToolsMatcher.optional(),
      thinking: z.boolean().optional().describe('Whether the request turns thinking on.'),
      headers: z.record(TextMatcher).optional().describe('Conditions on headers, by name.'),
      body: z
        .array(BodyMatcher)
        .min(1)
        .optional()
        .describe('Conditions on other places of the body.'),
    })
    .strict()
    .describe('Conditions on a request, all of which have to hold; `{}` fits every request.'),
);
export type Match = z.infer<typeof MatchSchema>;

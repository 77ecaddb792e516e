import type { z } from 'zod/v3';
import { zodToJsonSchema } from 'zod-to-json-schema';
import { ErrorNameSchema } from './error-schema.ts';
import { MatchSchema, TextMatcher } from './match-schema.ts';
import { FixtureFile, FixtureSchema } from './schema.ts';
import { Step } from './step-schema.ts';

/** From the root of the project, and of the package. */
export const schemaPath = 'fixtures/fixture.schema.json';

/** The JSON Schema (draft-07) of a fixture file, for editors. */
export function buildSchema(): Readonly<Record<string, unknown>> {
  const schema = zodToJsonSchema(FixtureFile, {
    target: 'jsonSchema7',
    effectStrategy: 'input',
    pipeStrategy: 'input',
    definitions: {
      TextMatcher,
      Match: MatchSchema,
      Step,
      Fixture: FixtureSchema,
      ErrorName: ErrorNameSchema,
    },
    postProcess: (json, definition) => json && { ...json, ...conditions.get(definition) },
  });
  const { $schema, ...rest } = schema;
  const title = 'longcat-mock fixture file';
  return { $schema, title, ...rest };
}

export function renderSchema(): string {
  return `${JSON.stringify(buildSchema(), null, 2)}\n`;
}

/** What a refinement says in code, which the converter cannot read. */
const conditions = new Map<unknown, Readonly<Record<string, unknown>>>([
  [definitionOf(TextMatcher.options[1]), { minProperties: 1 }],
  [
    definitionOf(MatchSchema.shape.body.unwrap().element),
    { anyOf: ['equals', 'matches', 'exists'].map((name) => ({ required: [name] })) },
  ],
  [
    definitionOf(FixtureFile.shape.rateLimits.removeDefault().element),
    { anyOf: ['requestsPerMinute', 'tokensPerMinute'].map((name) => ({ required: [name] })) },
  ],
]);

function definitionOf(schema: z.ZodTypeAny): unknown {
  return schema._def;
}

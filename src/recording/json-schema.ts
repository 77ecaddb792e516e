import type { z } from 'zod/v3';
import { zodToJsonSchema } from 'zod-to-json-schema';
import { Cassette, RecordedEvent, RecordedResponse, Recording } from './cassette.ts';

/** From the root of the project, and of the package. */
export const schemaPath = 'fixtures/cassette.schema.json';

/** The JSON Schema (draft-07) of a cassette, for editors. */
export function buildSchema(): Readonly<Record<string, unknown>> {
  const schema = zodToJsonSchema(Cassette, {
    target: 'jsonSchema7',
    effectStrategy: 'input',
    definitions: { Recording, Response: RecordedResponse, Event: RecordedEvent },
    postProcess: (json, definition) => json && { ...json, ...conditions.get(definition) },
  });
  const { $schema, ...rest } = schema;
  return { $schema, title: 'longcat-mock cassette', ...rest };
}

export function renderSchema(): string {
  return `${JSON.stringify(buildSchema(), null, 2)}\n`;
}

/** What is said in code, which the converter cannot read. */
const conditions = new Map<unknown, Readonly<Record<string, unknown>>>([
  [definitionOf(Recording.shape.request), { type: 'object' }],
  [
    definitionOf(RecordedResponse),
    { oneOf: ['body', 'events', 'text', 'base64'].map((name) => ({ required: [name] })) },
  ],
]);

function definitionOf(schema: z.ZodTypeAny): unknown {
  return schema._def;
}

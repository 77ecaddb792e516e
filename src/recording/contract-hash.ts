import { zodToJsonSchema } from 'zod-to-json-schema';
import { ErrorBody } from '../contract/errors.ts';
import { operations } from '../contract/operations.ts';

/** Of the schemas of all answers: a recording made under another one is checked anew. */
export async function hashContract(): Promise<string> {
  const schemas = Object.values(operations).flatMap(({ response, ...operation }) =>
    'streamEvent' in operation ? [response, operation.streamEvent] : [response],
  );
  const texts = [...schemas, ErrorBody].map((schema) => JSON.stringify(zodToJsonSchema(schema)));
  return sha256(texts.join('\n'));
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `sha256:${Buffer.from(digest).toString('hex')}`;
}

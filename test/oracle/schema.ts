import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

/** The names in `declared.ts`. */
export type Answered = 'Completion' | 'Chunk' | 'ListedModel' | 'WholeMessage' | 'MessageEvent';
export type Asked = 'ChatBody' | 'OlderChatBody' | 'MessageBody' | 'OlderMessageBody';

/** A JSON Schema, or a part of one: only what `judge.ts` looks at has a type. */
export interface Schema {
  readonly $ref?: string;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly [keyword: string]: unknown;
}

/**
 * Makes schemas of the clients' declarations. Objects have no members but those declared. Reading
 * the declarations takes a second or two, making a schema next to nothing.
 */
export function createSchemaMaker(): (name: Answered | Asked) => Schema {
  const generator = createGenerator({
    path: fileURLToPath(new URL('declared.ts', import.meta.url)),
    tsconfig: fileURLToPath(new URL('../../tsconfig.json', import.meta.url)),
    skipTypeCheck: true,
    additionalProperties: false,
    jsDoc: 'none',
  });
  // One schema a name: both clients declare a Model, and definitions of one name would overwrite each other.
  return (name) => generator.createSchema(name) as Schema; // the draft 7 types are looser
}

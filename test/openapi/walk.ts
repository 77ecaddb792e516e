import type { Components } from '../../src/openapi/components.ts';
import type { JsonSchema } from '../../src/openapi/schema.ts';

export interface Media {
  readonly schema: JsonSchema;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly description?: string;
  readonly schema: JsonSchema;
}

export interface Response {
  readonly description: string;
  readonly content: Readonly<Record<string, Media>>;
}

export interface PathOperation {
  readonly operationId: string;
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly description?: string;
    readonly content: Readonly<Record<string, Media>>;
  };
  readonly responses: Readonly<Record<string, Response>>;
}

export type PathItem = Readonly<Record<string, PathOperation>> & {
  readonly parameters?: readonly Parameter[];
};

export interface Document {
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: { readonly schemas: Components };
}

/** Every object and array in a JSON value, the value itself first. */
export function* walk(value: unknown): Generator<object> {
  if (typeof value !== 'object' || value === null) return;
  yield value;
  for (const member of Object.values(value)) yield* walk(member);
}

/** A schema and every schema in it; components that it refers to are not entered. */
export function* walkSchema(schema: JsonSchema): Generator<JsonSchema> {
  yield schema;
  for (const child of listChildren(schema)) yield* walkSchema(child);
}

function listChildren(schema: JsonSchema): readonly JsonSchema[] {
  const { anyOf = [], oneOf = [], allOf = [], properties = {}, items } = schema;
  const { additionalProperties: others } = schema;
  return [
    ...[...anyOf, ...oneOf, ...allOf],
    ...Object.values(properties),
    ...(items ? [items] : []),
    ...(typeof others === 'object' ? [others] : []),
  ];
}

/** The operations of a document, and the parameters that they share with their paths. */
export function listOperations({ paths }: Document): readonly PathOperation[] {
  return Object.values(paths).flatMap(({ parameters = [], ...item }) =>
    Object.values<PathOperation>(item).map((operation) => ({
      ...operation,
      parameters: [...parameters, ...(operation.parameters ?? [])],
    })),
  );
}

/** Schemas that stand in a component, or at an operation, without being one. */
export function listInline(document: Document): readonly JsonSchema[] {
  const media = listOperations(document).flatMap(({ parameters = [], requestBody, responses }) => [
    ...parameters,
    ...Object.values(requestBody?.content ?? {}),
    ...Object.values(responses).flatMap(({ content }) => Object.values(content)),
  ]);
  return [
    ...media.flatMap(({ schema }) => [...walkSchema(schema)]),
    ...Object.values(document.components.schemas).flatMap((schema) =>
      [...walkSchema(schema)].slice(1),
    ),
  ];
}

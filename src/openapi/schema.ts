/** A JSON Schema, as far as this folder reads it. What it does not name passes through. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly discriminator?: Discriminator;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly [keyword: string]: unknown;
}

export interface Discriminator {
  readonly propertyName: string;
  readonly mapping?: Readonly<Record<string, string>>;
}

/** A schema with each schema directly inside it changed, and its other keywords as they were. */
export function mapChildren(
  schema: JsonSchema,
  change: (child: JsonSchema, property?: string) => JsonSchema,
): JsonSchema {
  const { anyOf, oneOf, allOf, properties, items, additionalProperties } = schema;
  const changeAll = (children: readonly JsonSchema[]) => children.map((child) => change(child));
  return {
    ...schema,
    ...(anyOf && { anyOf: changeAll(anyOf) }),
    ...(oneOf && { oneOf: changeAll(oneOf) }),
    ...(allOf && { allOf: changeAll(allOf) }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, child]) => [name, change(child, name)]),
      ),
    }),
    ...(items && { items: change(items) }),
    ...(typeof additionalProperties === 'object' && {
      additionalProperties: change(additionalProperties),
    }),
  };
}

/** The types of a schema, in a list whichever way they are written. */
export function listTypes({ type = [] }: JsonSchema): readonly string[] {
  return typeof type === 'string' ? [type] : type;
}

/** `video_url` → `VideoUrl`. */
export function toPascalCase(words: string): string {
  return words
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

import { isNode, type Node } from './node.ts';
import type { Scope } from './scope.ts';

/** A copy of one schema. */
export type Built = Node | boolean;
type Build = (child: unknown) => Built;
type Read = (value: unknown, build: Build) => unknown;

const readers = new Map<string, Read>(
  Object.entries({
    $ref: readText,
    allOf: readSchemas,
    anyOf: readSchemas,
    oneOf: readSchemas,
    not: readSchema,
    if: readSchema,
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    then: readSchema,
    else: readSchema,
    type: (value) => readText(value) ?? readNames(value),
    enum: (value) => (Array.isArray(value) ? value : undefined),
    const: (value) => value,
    minimum: readNumber,
    maximum: readNumber,
    exclusiveMinimum: readNumber,
    exclusiveMaximum: readNumber,
    multipleOf: (value) => (Number(value) > 0 ? readNumber(value) : undefined),
    minLength: readSize,
    maxLength: readSize,
    pattern: readText,
    format: readText,
    items: (value, build) => readSchemas(value, build) ?? readSchema(value, build),
    prefixItems: readSchemas,
    additionalItems: readSchema,
    unevaluatedItems: readSchema,
    minItems: readSize,
    maxItems: readSize,
    uniqueItems: (value) => value === true || undefined,
    contains: readSchema,
    minContains: readSize,
    maxContains: readSize,
    properties: readMap(readSchema),
    patternProperties: readMap(readSchema),
    additionalProperties: readSchema,
    unevaluatedProperties: readSchema,
    propertyNames: readSchema,
    required: readNames,
    minProperties: readSize,
    maxProperties: readSize,
    dependencies: readMap((value, build) => readNames(value) ?? readSchema(value, build)),
    dependentRequired: readMap(readNames),
    dependentSchemas: readMap(readSchema),
  } satisfies Record<string, Read>),
);

/** The keywords that mean something and have the right shape, with their subschemas built. */
export function readNode(schema: Node, { silencesSiblings }: Scope, build: Build): Node {
  const isLoneReference = typeof schema['$ref'] === 'string' && silencesSiblings;
  const node: Node = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (isLoneReference && keyword !== '$ref') continue;
    const member = readers.get(keyword)?.(value, build);
    if (member !== undefined) node[keyword] = member;
  }
  const dynamic = schema['$dynamicRef'] ?? schema['$recursiveRef'];
  if (typeof dynamic === 'string') node['$ref'] ??= dynamic;
  for (const bound of ['minimum', 'maximum']) {
    const exclusive = bound.replace('m', 'exclusiveM'); // draft 4 has a boolean there
    if (schema[exclusive] === true && node[bound] !== undefined) node[exclusive] = node[bound];
  }
  return node;
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A size is a whole number from 0; json-schema-faker never ends on some others. */
function readSize(value: unknown): number | undefined {
  return Number.isInteger(value) && Number(value) >= 0 ? Number(value) : undefined;
}

function readNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function readNames(value: unknown): string[] | undefined {
  return Array.isArray(value) && value.every((name) => typeof name === 'string')
    ? value
    : undefined;
}

function readSchema(value: unknown, build: Build): Built | undefined {
  return typeof value === 'boolean' || isNode(value) ? build(value) : undefined;
}

function readSchemas(value: unknown, build: Build): Built[] | undefined {
  return Array.isArray(value) ? value.map((item) => readSchema(item, build) ?? true) : undefined;
}

function readMap(read: Read): Read {
  return (value, build) =>
    isNode(value)
      ? Object.fromEntries(
          Object.entries(value).map(([name, item]) => [name, read(item, build) ?? true]),
        )
      : undefined;
}

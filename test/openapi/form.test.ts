import { expect, it } from 'vitest';
import type { JsonSchema } from '../../src/openapi/schema.ts';
import { documents } from './documents.ts';
import { listInline, listOperations, walk, walkSchema } from './walk.ts';

/** A schema without what does not constrain, in a form that compares. */
function essence(schema: object): string {
  return JSON.stringify(schema, (key, value: unknown) => {
    if (['description', 'default', 'x-provenance', 'x-quirks'].includes(key)) return undefined;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(
      Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)),
    );
  });
}

/** Whether a schema has so much to say that it should say it once, under a name. */
function isSubstantial(schema: JsonSchema): boolean {
  const { properties, pattern, oneOf, anyOf = [] } = schema;
  const branches = anyOf.filter(({ type }) => type !== 'null');
  const values = (schema.enum ?? []).filter((value) => value !== null);
  return Boolean(properties ?? pattern ?? oneOf) || branches.length > 1 || values.length > 1;
}

it.each(documents)('$name: every component says something', ({ document }) => {
  const { schemas } = document.components;
  const empty = Object.entries(schemas).filter(([, schema]) => essence(schema) === '{}');

  expect(Object.keys(schemas).length).toBeGreaterThan(30);
  expect(empty).toEqual([]);
});

it.each(documents)('$name: every reference resolves, and every component is used', (given) => {
  const { schemas } = given.document.components;
  const references = [...walk(given.document)].flatMap((node) =>
    '$ref' in node ? [String(node.$ref)] : [],
  );
  const known = Object.keys(schemas).map((id) => `#/components/schemas/${id}`);

  expect([...new Set(references)].sort()).toEqual(known.sort());
});

it.each(documents)('$name: an object with members is a component, and no other', (given) => {
  const nameless = listInline(given.document).filter(({ properties }) => properties);

  expect(nameless).toEqual([]);
});

it.each(documents)('$name: what stands inline stands nowhere else', ({ document }) => {
  const inline = listInline(document).filter(isSubstantial).map(essence);
  const named = Object.values(document.components.schemas).map(essence);
  const twins = inline.filter(
    (text, index) => inline.indexOf(text) !== index || named.includes(text),
  );

  expect(twins).toEqual([]);
});

it('a choice by a member is mapped to components, value by value', () => {
  const choices = documents
    .flatMap(({ document }) => Object.values<JsonSchema>(document.components.schemas))
    .flatMap((schema) => [...walkSchema(schema)])
    .filter(({ oneOf }) => oneOf);

  expect(choices.length).toBeGreaterThan(10);
  for (const { oneOf = [], discriminator } of choices) {
    const mapped = new Set(Object.values(discriminator?.mapping ?? {}));
    expect([...mapped]).toEqual(oneOf.map(({ $ref }) => $ref));
  }
});

it.each(documents)('$name: null is a type, as JSON Schema has it', ({ document }) => {
  for (const schema of [...walk(document)]) expect(schema).not.toHaveProperty('nullable');
});

it.each(documents)('$name: the marks of names do not show', ({ document }) => {
  expect(JSON.stringify(document)).not.toContain('x-component');
});

it.each(documents)('$name: every component is described', ({ document }) => {
  const { schemas } = document.components;
  const mute = Object.entries(schemas).filter(([, { description }]) => !isSentence(description));

  expect(mute.map(([id]) => id)).toEqual([]);
});

it.each(documents)('$name: every member is described, or is what its value says', (given) => {
  const mute = Object.entries(given.document.components.schemas).flatMap(([id, schema]) =>
    Object.entries(schema.properties ?? {})
      .filter(([, member]) => !isSentence(member.description) && !speaksForItself(member))
      .map(([name]) => `${id}.${name}`),
  );

  expect(mute).toEqual([]);
});

/** A component has a description of its own; of one value there is nothing to describe. */
function speaksForItself({ $ref, enum: values, anyOf = [] }: JsonSchema): boolean {
  const [only, nothing] = anyOf;
  if (only?.$ref && nothing?.type === 'null') return true;
  return $ref !== undefined || values?.filter((value) => value !== null).length === 1;
}

it.each(documents)('$name: every operation, parameter and answer is described', (given) => {
  const operations = listOperations(given.document);
  const texts = operations.flatMap(
    ({ operationId, summary, description, parameters = [], requestBody, responses }) => [
      [operationId, description],
      [`${operationId}, summary`, `${summary}.`],
      ...parameters.map((parameter) => [
        `${operationId}, ${parameter.name}`,
        parameter.description,
      ]),
      ...(requestBody ? [[`${operationId}, body`, requestBody.description]] : []),
      ...Object.entries(responses).map(([status, answer]) => [
        `${operationId}, ${status}`,
        answer.description,
      ]),
    ],
  );

  expect(texts.length).toBeGreaterThan(30);
  expect(texts.filter(([, text]) => !isSentence(text)).map(([place]) => place)).toEqual([]);
});

function isSentence(text: unknown): boolean {
  return typeof text === 'string' && /^[A-Z`‘“-].*\.$/s.test(text);
}

it.each(documents)('$name: every body and every answer has an example', ({ document }) => {
  const media = listOperations(document).flatMap(({ operationId, requestBody, responses }) => [
    ...Object.values(requestBody?.content ?? {}).map((body) => ({ place: operationId, ...body })),
    ...Object.entries(responses).flatMap(([status, { content }]) =>
      Object.values(content).map((body) => ({ place: `${operationId}, ${status}`, ...body })),
    ),
  ]);
  const bare = media.filter(({ examples = {} }) => Object.keys(examples).length === 0);

  expect(bare.map(({ place }) => place)).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { ErrorBody, errorCatalogue, WafBody } from '../../src/contract/errors.ts';
import { type Operation, operations } from '../../src/contract/operations.ts';
import { listRegistrations } from '../../src/contract/registry.ts';
import type { Components } from '../../src/openapi/components.ts';
import { buildDocument } from '../../src/openapi/document.ts';
import type { Examples } from '../../src/openapi/examples/example.ts';
import { modelDetails, modelLists } from '../../src/openapi/examples/models.ts';
import { chatCompletions, chatStreamEvents } from '../../src/openapi/examples/openai.ts';
import { operationExamples } from '../../src/openapi/examples.ts';
import { listOutdated, renderFiles } from '../../src/openapi/write.ts';
import { version } from '../../src/version.ts';

interface Content {
  readonly schema: { readonly $ref?: string };
  readonly examples: Readonly<Record<string, { readonly value: unknown }>>;
}

interface PathOperation {
  readonly operationId: string;
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content: Record<string, Content> }>
  >;
}

interface Document {
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, PathOperation>>>>;
  readonly components: { readonly schemas: Components };
}

const document = buildDocument({ version }) as Document;
const { schemas } = document.components;
const registrations = listRegistrations();
const everyOperation: readonly Operation[] = Object.values(operations);

/** Every object and array in a JSON value, the value itself first. */
function* walk(value: unknown): Generator<object> {
  if (typeof value !== 'object' || value === null) return;
  yield value;
  for (const member of Object.values(value)) yield* walk(member);
}

/** A schema without what does not constrain, in a form that compares. */
function essence(schema: object): string {
  const marginal = ['description', 'title', 'x-provenance', 'x-quirks'];
  return JSON.stringify(
    Object.entries(schema)
      .filter(([keyword]) => !marginal.includes(keyword))
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}

it('the committed files are what the contract generates', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));

  expect(listOutdated(renderFiles(version), root)).toEqual([]);
});

it('both files hold the same document', () => {
  const texts = new Map(renderFiles(version).map(({ path, text }) => [path, text]));

  expect(parse(texts.get('openapi/longcat.yaml') ?? '')).toEqual(
    JSON.parse(texts.get('openapi/longcat.json') ?? ''),
  );
});

it('every registered schema is a component, and nothing else is', () => {
  expect(Object.keys(schemas)).toEqual(registrations.map(({ id }) => id).sort());
});

it.each(registrations)('$id carries its provenance, description and quirks', (registration) => {
  const { id, provenance, description, quirks } = registration;
  const { 'x-provenance': shown, description: words, 'x-quirks': names } = schemas[id] ?? {};

  expect({ shown, words, names }).toEqual({ shown: provenance, words: description, names: quirks });
});

it.each(Object.entries(schemas))('%s says something', (_, schema) => {
  expect(JSON.parse(essence(schema))).not.toEqual([]);
});

it('every reference resolves', () => {
  const references = [...walk(document)].flatMap((node) =>
    '$ref' in node ? [String(node.$ref)] : [],
  );
  const known = Object.keys(schemas).map((id) => `#/components/schemas/${id}`);

  expect(references.length).toBeGreaterThan(50);
  expect(references.filter((reference) => !known.includes(reference))).toEqual([]);
});

it('no component has an inlined twin', () => {
  const components = new Map(Object.entries(schemas).map(([id, schema]) => [essence(schema), id]));
  const inline = [...walk({ paths: document.paths, schemas })].filter(
    (node) => !Object.values(schemas).some((schema) => schema === node),
  );

  expect(components.size).toBe(registrations.length);
  expect(inline.flatMap((node) => components.get(essence(node)) ?? [])).toEqual([]);
});

it('titles are unique, and none is the name of a component', () => {
  const titles = [...walk(schemas)].flatMap((node) =>
    'title' in node && typeof node.title === 'string' ? [node.title] : [],
  );
  const names = [...titles, ...Object.keys(schemas)];

  expect(titles.length).toBeGreaterThan(0);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

it('the marks of the contract do not show', () => {
  expect(JSON.stringify(document)).not.toContain('x-component');
});

it('every path has an operation id of its own', () => {
  const ids = Object.entries(document.paths).map(([path, item]) => [
    path,
    (item['post'] ?? item['get'])?.operationId,
  ]);

  expect(Object.fromEntries(ids)).toEqual({
    '/openai/v1/chat/completions': 'createChatCompletion',
    '/openai/chat/completions': 'createChatCompletionWithoutVersion',
    '/anthropic/v1/messages': 'createMessage',
    '/openai/v1/models': 'listModels',
    '/openai/models': 'listModelsWithoutVersion',
    '/anthropic/v1/models': 'listModelsAnthropic',
    '/openai/v1/models/{model}': 'getModel',
    '/openai/models/{model}': 'getModelWithoutVersion',
    '/anthropic/v1/models/{model}': 'getModelAnthropic',
  });
});

const examples = everyOperation.flatMap((operation) => {
  const { request, response, streamEvent } =
    operationExamples[operation.id as keyof typeof operations]; // the table's own keys
  const list = (kind: string, schema: Operation['request'], group: Examples | undefined) =>
    Object.entries(group ?? {}).map(([name, { value }]) => ({
      title: `${operation.id}, ${kind} ${name}`,
      schema,
      value,
    }));
  return [
    ...list('request', operation.request, request),
    ...list('response', operation.response, response),
    ...list('event', operation.streamEvent, streamEvent),
  ];
});

it.each(examples)('the example is accepted by its schema: $title', ({ schema, value }) => {
  // Parsing a closed schema keeps every member, so the value comes back as it was.
  expect(schema?.parse(value)).toEqual(value);
});

it.each([
  ['chat-completion.json', chatCompletions],
  ['chat-stream.chunks.jsonl', chatStreamEvents],
  ['model-list.json', modelLists],
  ['model-detail.json', modelDetails],
] as const)('an example is what %s recorded', (file, group) => {
  const text = readFileSync(new URL(`../wire/${file}`, import.meta.url), 'utf8');
  const recorded = file.endsWith('.jsonl') ? text.trim().split('\n') : [text];
  const shown = Object.values<{ readonly value: unknown }>(group);

  // As text, because LongCat's order of members is part of it.
  const texts = recorded.map((line) => JSON.stringify(JSON.parse(line)));
  expect(shown.filter(({ value }) => texts.includes(JSON.stringify(value)))).not.toEqual([]);
});

it.each(everyOperation)('$id shows examples of all it takes and sends', (operation) => {
  const { request, streamEvent, method, paths } = operation;
  for (const path of paths) {
    const item = document.paths[path]?.[method.toLowerCase()];
    const content = item?.responses['200']?.content ?? {};
    const shown = [item?.requestBody?.content['application/json'], ...Object.values(content)];

    expect(item?.requestBody === undefined).toBe(request === undefined);
    expect('text/event-stream' in content).toBe(streamEvent !== undefined);
    for (const media of shown) if (media) expect(media.examples).not.toEqual({});
  }
});

it.each(everyOperation)('$id shows each of its errors with LongCat’s own body', (operation) => {
  const { method, paths, errors } = operation;
  const responses = document.paths[paths[0]]?.[method.toLowerCase()]?.responses ?? {};

  const shown = Object.entries(responses).flatMap(([status, { content }]) =>
    Object.entries(content).flatMap(([type, media]) =>
      Object.entries(media.examples).map(([name, { value }]) => ({
        name,
        status: Number(status),
        type,
        schema: media.schema.$ref,
        value,
      })),
    ),
  );
  const expected = errors.map((name) => {
    const { status, body } = errorCatalogue[name];
    if (typeof body === 'string') return { name, status, type: 'text/html', value: body };
    const schema = `#/components/schemas/${'error' in body ? 'Error' : 'WafError'}`;
    return { name, status, type: 'application/json', schema, value: body };
  });
  const byName = (left: { name: string }, right: { name: string }) =>
    left.name < right.name ? -1 : 1;

  expect(shown.filter(({ status }) => status !== 200).sort(byName)).toEqual(expected.sort(byName));
});

it.each(Object.entries(errorCatalogue))('the body of %s is accepted by its schema', (_, entry) => {
  const { body } = entry;
  if (typeof body === 'string') return;
  const schema = 'error' in body ? ErrorBody : WafBody;

  expect(schema.parse(body)).toEqual(body);
});

it('every response has a description', () => {
  const responses = Object.values(document.paths).flatMap((item) =>
    Object.values(item).flatMap((operation) => Object.values(operation.responses ?? {})),
  );

  expect(responses.length).toBeGreaterThan(20);
  expect(responses.filter(({ description }) => !description)).toEqual([]);
});

it('a server may put its own origin among the servers', () => {
  const servers = [{ url: 'http://127.0.0.1:5000' }];

  expect(buildDocument({ version, servers })).toMatchObject({ servers });
});

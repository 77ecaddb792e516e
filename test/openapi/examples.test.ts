import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ErrorBody, errorCatalogue, WafBody } from '../../src/contract/errors.ts';
import { type Operation, operations } from '../../src/contract/operations.ts';
import type { Examples } from '../../src/openapi/examples/example.ts';
import { modelDetails, modelLists } from '../../src/openapi/examples/models.ts';
import { chatCompletions, chatStreamEvents } from '../../src/openapi/examples/openai.ts';
import { operationExamples } from '../../src/openapi/examples.ts';
import { longcat } from './documents.ts';

const everyOperation: readonly Operation[] = Object.values(operations);

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

it.each(everyOperation)('$id takes and sends what its examples show', (operation) => {
  const { request, streamEvent, method, paths } = operation;
  const item = longcat.paths[paths[0]]?.[method.toLowerCase()];

  expect(item?.requestBody === undefined).toBe(request === undefined);
  expect('text/event-stream' in (item?.responses['200']?.content ?? {})).toBe(
    streamEvent !== undefined,
  );
});

it.each([
  'MessageStreamEvent',
  'ContentBlockDelta',
  'ChatStreamEvent',
])('each kind of %s has an example', (id) => {
  const { oneOf, anyOf, discriminator } = longcat.components.schemas[id] ?? {};
  const shown = JSON.stringify(
    Object.values(operationExamples).map(({ streamEvent }) => streamEvent),
  );
  const marks = discriminator
    ? Object.keys(discriminator.mapping ?? {}).map((value) => `"type":"${value}"`)
    : ['"object":"chat.completion.chunk"', '"value":{"error":'];

  expect(marks.length).toBe((oneOf ?? anyOf)?.length);
  for (const mark of marks) expect(shown).toContain(mark);
});

it.each(everyOperation)('$id shows each of its errors with LongCat’s own body', (operation) => {
  const { method, paths, errors } = operation;
  const responses = longcat.paths[paths[0]]?.[method.toLowerCase()]?.responses ?? {};
  const shown = Object.entries(responses)
    .filter(([status]) => status !== '200')
    .flatMap(([status, { content }]) =>
      Object.entries(content).flatMap(([type, { schema, examples: bodies = {} }]) =>
        Object.entries(bodies).map(([name, { value }]) => ({ name, status, type, schema, value })),
      ),
    );

  expect(shown.map(({ name }) => name).sort()).toEqual([...errors].sort());
  for (const { name, status, type, schema, value } of shown) {
    const { status: expected, body } = errorCatalogue[name as keyof typeof errorCatalogue]; // as just seen
    expect(Number(status)).toBe(expected);
    if (typeof body === 'string') {
      expect({ type, value }).toEqual({ type: 'text/html', value: body });
      continue;
    }
    const [id, zod] = 'error' in body ? ['ErrorBody', ErrorBody] : ['WafError', WafBody];
    expect(schema).toEqual({ $ref: `#/components/schemas/${id}` });
    expect(zod.parse(value)).toEqual(value);
    expect(withoutMessage(value)).toBe(withoutMessage(body));
  }
});

/** The members in their order; the message tells of the case. */
function withoutMessage(body: unknown): string {
  return JSON.stringify(body, (key, value: unknown) => (key === 'message' ? '' : value));
}

import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { operations } from '../../src/contract/operations.ts';
import { quirkNames } from '../../src/contract/quirks.ts';
import { listRegistrations } from '../../src/contract/registry.ts';
import { buildDocument } from '../../src/openapi/document.ts';
import { listOutdated, renderFiles } from '../../src/openapi/write.ts';
import { version } from '../../src/version.ts';
import { longcat } from './documents.ts';

const { schemas } = longcat.components;
const registrations = listRegistrations();

it('the committed files are what the contract generates', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));

  expect(listOutdated(renderFiles(version), root)).toEqual([]);
});

it.each(['longcat', 'admin'])('both files of %s hold the same document', (name) => {
  const texts = new Map(renderFiles(version).map(({ path, text }) => [path, text]));

  expect(parse(texts.get(`openapi/${name}.yaml`) ?? '')).toEqual(
    JSON.parse(texts.get(`openapi/${name}.json`) ?? ''),
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

it('every path has an operation id of its own', () => {
  const ids = Object.entries(longcat.paths).map(([path, item]) => [
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

it.each(quirkNames)('the quirk %s is named where it has an effect', (name) => {
  const { paths, components } = longcat;

  expect(JSON.stringify({ paths, components })).toContain(`"${name}"`);
});

it('aliases take and answer what the first path does', () => {
  for (const { method, paths } of Object.values(operations)) {
    const [first, ...others] = paths.map((path) => longcat.paths[path]?.[method.toLowerCase()]);
    for (const alias of others) {
      expect(alias?.responses).toEqual(first?.responses);
      expect(alias?.requestBody).toEqual(first?.requestBody);
    }
  }
});

it('what the mock says for itself is no part of LongCat’s contract', () => {
  expect(JSON.stringify(longcat.paths)).not.toMatch(/no_fixture|session|scenario|x-longcat-mock/);
});

it('a server may put its own origin among the servers', () => {
  const servers = [{ url: 'http://127.0.0.1:5000' }];

  expect(buildDocument({ version, servers })).toMatchObject({ servers });
});

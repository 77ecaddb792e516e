import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect, it } from 'vitest';
import { Cassette } from '../../src/recording/cassette.ts';
import { buildSchema, renderSchema } from '../../src/recording/json-schema.ts';
import { someCassette, someRecording } from './some-cassette.ts';

const ajv = new Ajv();
addFormats.default(ajv);
const validate = ajv.compile(buildSchema());

const head = { status: 200, headers: {}, atMs: 0 };
const { response: _, ...recording } = someRecording();

function withResponse(response: object): object {
  return { ...someCassette(), recordings: [{ ...recording, response }] };
}

it.each<[object]>([
  [someCassette(someRecording())],
  [withResponse({ ...head, body: null })],
  [withResponse({ ...head, events: [{ atMs: 1, event: 'a', data: '[DONE]', raw: 'x' }] })],
  [withResponse({ ...head, text: '', cut: true, chunks: [{ atMs: 1, bytes: 1 }] })],
  [withResponse({ ...head, base64: '/w==' })],
])('a validator and the schema that it is made from both take %j', (cassette) => {
  expect(validate(cassette)).toBe(true);
  expect(Cassette.safeParse(cassette).success).toBe(true);
});

it.each<[object]>([
  [{}],
  [{ ...someCassette(), version: 2 }],
  [{ ...someCassette(), note: '' }],
  [{ ...someCassette(), upstream: 'longcat' }],
  [{ ...someCassette(), recordings: [{ ...someRecording(), request: [] }] }],
  [{ ...someCassette(), recordings: [{ ...someRecording(), api: 'other' }] }],
  [withResponse(head)],
  [withResponse({ ...head, text: '', body: 1 })],
  [withResponse({ ...head, text: '', chunks: [{ atMs: 1, bytes: 0 }] })],
  [withResponse({ ...head, events: [{ data: 1 }] })],
])('a validator and the schema that it is made from both refuse %j', (cassette) => {
  expect(validate(cassette)).toBe(false);
  expect(Cassette.safeParse(cassette).success).toBe(false);
});

it('fixtures/cassette.schema.json is up to date; "node build.mjs --schema" writes it', () => {
  const path = new URL('../../fixtures/cassette.schema.json', import.meta.url);

  expect(readFileSync(path, 'utf8')).toBe(renderSchema());
});

import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { buildSchema, renderSchema } from '../../src/scenario/json-schema.ts';
import { FixtureFile } from '../../src/scenario/schema.ts';

const validate = new Ajv({ strict: false }).compile(buildSchema());

function fixture(members: string): string {
  return `version: 1\nfixtures: [{ id: a, ${members} }]`;
}

const good = [
  'version: 1',
  'version: 1\n$schema: ./fixture.schema.json\nscenario: a\nprovenance: sdk\nsource: b\ndescription: c',
  fixture('respond: {}'),
  fixture(
    'respond: [{ text: null }, { error: internal_error }], afterLast: fallthrough, priority: -1',
  ),
  fixture('respond: { error: { name: waf_blocked, retryAfterHeader: 3 } }, state: { sets: on }'),
  fixture('respond: { toolCalls: [{ name: a }, { name: b, arguments: "{", id: x_1 }] }'),
  fixture('match: { api: any, model: a, thinking: true, tools: { none: true } }, respond: {}'),
  fixture('match: { model: { absent: true }, headers: { a: { matches: b } } }, respond: {}'),
  fixture('match: { messages: { last: { role: tool, text: a } } }, respond: {}'),
  fixture('match: { body: [{ path: $.a, equals: null }] }, respond: {}'),
  fixture('respond: { delay: { type: uniform, lower: 1, upper: 2 }, raw: true, body: [1] }'),
  fixture('respond: { fault: { type: STREAM_STALL, probability: 0.5 }, wire: { split: [1, 2] } }'),
  fixture(
    'respond: { stream: { chunks: [a, { text: b, atMs: 1 }] }, quirks: { usage-late: true } }',
  ),
  'version: 1\nrateLimits: [{ id: a, tokensPerMinute: 5, match: { model: a } }]',
];

const bad = [
  '[]',
  'text',
  '{}',
  'version: 2',
  'version: "1"',
  'version: 1\nfixtrues: []',
  'version: 1\nscenario: a b',
  'version: 1\nprovenance: rumour',
  'version: 1\nrateLimits: [{ id: a }]',
  'version: 1\nrateLimits: [{ id: a, requestsPerMinute: 0 }]',
  'version: 1\nfixtures: [{ respond: {} }]',
  fixture('match: {}'),
  fixture('respond: 5'),
  fixture('respond: []'),
  fixture('respond: {}, priority: 1.5'),
  fixture('respond: {}, afterLast: again'),
  fixture('respond: {}, match: { model: {} }'),
  fixture('respond: {}, match: { turnIndex: -1 }'),
  fixture('respond: {}, match: { modle: a }'),
  fixture('respond: {}, match: { body: [{ path: $.a }] }'),
  fixture('respond: { error: nope }'),
  fixture('respond: { error: { message: a } }'),
  fixture('respond: { error: { name: internal_error, retryAfter: -1 } }'),
  fixture('respond: { toolCalls: [] }'),
  fixture('respond: { toolCalls: [{ name: a, id: "a b" }] }'),
  fixture('respond: { status: 99 }'),
  fixture('respond: { delay: { type: uniform, lower: 1 } }'),
  fixture('respond: { delay: -1 }'),
  fixture('respond: { fault: STREAM_STOP }'),
  fixture('respond: { fault: { type: STREAM_STALL, probability: 2 } }'),
  fixture('respond: { stream: { chunks: [""] } }'),
  fixture('respond: { wire: { newline: crcr } }'),
  fixture('respond: { quirks: { usage: true } }'),
  fixture('respond: { times: 0 }'),
];

it.each(good)('a validator and the schema that it is made from both take %j', (text) => {
  const value: unknown = parse(text);

  expect(validate(value)).toBe(true);
  expect(FixtureFile.safeParse(value).success).toBe(true);
});

it.each(bad)('a validator and the schema that it is made from both refuse %j', (text) => {
  const value: unknown = parse(text);

  expect(validate(value)).toBe(false);
  expect(FixtureFile.safeParse(value).success).toBe(false);
});

it('it is draft-07, and describes what editors show', () => {
  const schema = buildSchema();

  expect(schema['$schema']).toBe('http://json-schema.org/draft-07/schema#');
  expect(JSON.stringify(schema)).toContain('active only when it is selected');
});

it('fixtures/fixture.schema.json is up to date; "node build.mjs --schema" writes it', () => {
  const path = new URL('../../fixtures/fixture.schema.json', import.meta.url);

  expect(readFileSync(path, 'utf8')).toBe(renderSchema());
});

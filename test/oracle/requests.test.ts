import { Ajv } from 'ajv';
import { generateSync, type JsonSchema } from 'json-schema-faker';
import { expect, it } from 'vitest';
import { defaultModel } from '../../src/contract/models.ts';
import { createLongCatMock, type LongCatMock } from '../../src/index.ts';
import { ask, chatPath, messagesPath } from '../ask.ts';
import { bringIntoRange, rangedMembers } from './range.ts';
import { type Asked, createSchemaMaker } from './schema.ts';

type Body = Readonly<Record<string, unknown>>;

const makeSchema = createSchemaMaker();

const paths = {
  ChatBody: chatPath,
  OlderChatBody: chatPath,
  MessageBody: messagesPath,
  OlderMessageBody: messagesPath,
} satisfies Record<Asked, string>;

const names = Object.keys(paths) as readonly Asked[]; // Object.keys widens to string

/** So many that nearly every variant comes up. */
const counts: Readonly<Record<Asked, number>> = {
  ChatBody: 500,
  OlderChatBody: 500,
  MessageBody: 1000,
  OlderMessageBody: 1000,
};
/** Deeper than the types: beyond it, the generator fills in null. */
const depth = 50;

/** From bodies with the required members alone to bodies with all of them; the same ones each time. */
function listBodies(name: Asked): readonly Body[] {
  const schema = makeSchema(name) as JsonSchema; // the same, by another package's type
  return Array.from({ length: counts[name] }, (_, index) => {
    const optionalsProbability = (index % 11) / 10;
    const options = { seed: index + 1, optionalsProbability, maxItems: 3, maxDepth: depth };
    return generateSync(schema, options) as Body; // the schema is one of an object
  });
}

const bodies = new Map(names.map((name) => [name, listBodies(name)]));

/** What these requests are refused with: each refusal once, with the first body that gets it. */
async function listRefusals(name: Asked, mock: LongCatMock, shape = (body: Body) => body) {
  const refusals = new Map<string, string>();
  for (const generated of bodies.get(name) ?? []) {
    const body = shape(generated);
    const response = await ask(body, { path: paths[name], mock });
    const text = await response.text();
    if (response.status === 200) continue;
    const refusal = `${response.status} ${text}`;
    refusals.set(refusal, refusals.get(refusal) ?? `${refusal} for ${JSON.stringify(body)}`);
  }
  return [...refusals.values()];
}

it.each(
  names,
)('a server that takes anything takes every %s that the client can send', async (name) => {
  const mock = createLongCatMock({ models: ['*'], validate: 'off' });

  expect(await listRefusals(name, mock)).toEqual([]);
});

it.each(names)('every %s inside LongCat’s ranges is accepted', async (name) => {
  expect(await listRefusals(name, createLongCatMock(), bringIntoRange)).toEqual([]);
});

it.each(names)('a %s as generated is refused for its ranges alone', async (name) => {
  const refusals = await listRefusals(name, createLongCatMock(), (body) => ({
    ...body,
    model: defaultModel,
  }));
  const lines = refusals.flatMap(listViolations);
  const beside = lines.filter((line) => !isAboutRange(line));

  expect(refusals.length).toBeGreaterThan(counts[name] / 10);
  expect(beside).toEqual([]);
});

/** The lines of a 400's message. */
function listViolations(refusal: string): string[] {
  const [status = '', ...lines] = refusal.split(String.raw`\n`);
  expect(status).toMatch(/^400 /);
  return lines.filter((line) => line.startsWith('/'));
}

function isAboutRange(line: string): boolean {
  const [pointer = ''] = line.split(': ');
  return pointer === '/messages' || rangedMembers.includes(pointer.split('/').at(-1) ?? '');
}

it.each(names)('the generated %s is what the client declares', (name) => {
  const validate = new Ajv({ strict: false }).compile(makeSchema(name));

  expect((bodies.get(name) ?? []).filter((body) => !validate(body))).toEqual([]);
});

/** The texts that a schema names: the tags of its variants, the values of its enumerations. */
function listWords(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const {
    const: only,
    enum: several = [],
    ...rest
  } = schema as { const?: unknown; enum?: unknown[] };
  const words = [only, ...several].filter((word) => typeof word === 'string');
  return [...words, ...Object.values(rest).flatMap(listWords)];
}

function isModel(word: string): boolean {
  return /^(gpt|chatgpt|o\d|codex|claude)-/.test(word);
}

it.each(names)('nearly every variant that %s names was generated', (name) => {
  const sent = JSON.stringify(bodies.get(name));
  const words = [...new Set(listWords(makeSchema(name)).filter((word) => !isModel(word)))];
  const absent = words.filter((word) => !sent.includes(JSON.stringify(word)));

  expect(words.length).toBeGreaterThan(20);
  expect(absent.length, absent.join(', ')).toBeLessThan(words.length / 20);
});

import { expect, it } from 'vitest';
import { quirkNames, settleQuirks } from '../../src/contract/quirks.ts';
import type { QuirkSettings } from '../../src/index.ts';
import { type Difference, differences } from './differences.ts';
import { createJudge, type Finding, nameFinding } from './judge.ts';
import { answer, type Part, questions, settings } from './questions.ts';
import { type Answered, createSchemaMaker } from './schema.ts';
import { addStranger, leaveOut, listPlaces, type Place, replace } from './spoil.ts';

const makeSchema = createSchemaMaker();

function judgeOf<Name extends Answered>(name: Name) {
  return createJudge(name, makeSchema(name));
}

const judges = {
  Completion: judgeOf('Completion'),
  Chunk: judgeOf('Chunk'),
  ListedModel: judgeOf('ListedModel'),
  WholeMessage: judgeOf('WholeMessage'),
  MessageEvent: judgeOf('MessageEvent'),
};

function judge({ name, value }: Part): readonly Finding[] {
  return judges[name](value);
}

/** The listed difference that a finding is, with the quirks as they are. */
function find({ path, kind, found }: Finding, quirks: QuirkSettings): Difference | undefined {
  return differences.find(
    (entry) =>
      entry.path === path &&
      entry.kind === kind &&
      entry.sent.includes(found) &&
      quirkNames.every((name) => (entry.when?.[name] ?? quirks[name]) === quirks[name]),
  );
}

const defaults = settleQuirks();

function unlisted(part: Part, quirks = defaults): string[] {
  return judge(part)
    .filter((finding) => !find(finding, quirks))
    .map(nameFinding);
}

it.each(questions)('$title: differs from the declared type only where listed', async (question) => {
  for (const overrides of settings) {
    const quirks = settleQuirks(overrides);
    const parts = await answer(question, overrides);
    const found = parts.flatMap((part) => unlisted(part, quirks));

    expect(parts).not.toEqual([]);
    expect(found, JSON.stringify(overrides)).toEqual([]);
  }
});

it('every listed difference is one that some answer has, in each form it is listed with', async () => {
  const needed = new Map<Difference | undefined, Set<string>>();
  for (const overrides of settings) {
    for (const question of questions) {
      for (const finding of (await answer(question, overrides)).flatMap(judge)) {
        const entry = find(finding, settleQuirks(overrides));
        needed.set(entry, (needed.get(entry) ?? new Set()).add(finding.found));
      }
    }
  }

  const idle = differences.filter((entry) => needed.get(entry)?.size !== entry.sent.length);
  expect(idle).toEqual([]);
});

it('every listed difference says where it is known from', () => {
  expect(differences.filter(({ source }) => source === '')).toEqual([]);
});

const defaultParts = (await Promise.all(questions.map((question) => answer(question)))).flat();

it.each([
  ['finish_reason', ['length', 'stop', 'tool_calls']],
  ['stop_reason', ['end_turn', 'max_tokens', 'stop_sequence', 'tool_use']],
  [
    'type',
    [
      'content_block_delta',
      'content_block_start',
      'content_block_stop',
      'custom',
      'function',
      'input_json_delta',
      'message',
      'message_delta',
      'message_start',
      'message_stop',
      'ping',
      'signature_delta',
      'text',
      'text_delta',
      'thinking',
      'thinking_delta',
      'tool_use',
    ],
  ],
])('between them, the answers have every %s', (member, values) => {
  const said = JSON.stringify(defaultParts).matchAll(new RegExp(`"${member}":"([a-z_]+)"`, 'g'));

  expect([...new Set([...said].map(([, value]) => value))].sort()).toEqual(values);
});

/** The places where a spoiled answer passes for a sound one. */
function listUnnoticed(spoil: (part: Part, place: Place) => Part): string[] {
  const noticed = new Map<string, boolean>();
  for (const part of defaultParts) {
    for (const place of listPlaces(part)) {
      const known = noticed.get(place.path) ?? true;
      noticed.set(place.path, known && unlisted(spoil(part, place)).length > 0);
    }
  }
  expect(noticed.size).toBeGreaterThan(150);
  return [...noticed].flatMap(([path, all]) => (all ? [] : [path])).sort();
}

const input = 'WholeMessage.content[tool_use].input';

it('a wrong type is noticed anywhere but in the input of a tool, which may be anything', () => {
  expect(listUnnoticed(replace)).toEqual([
    'MessageEvent[content_block_start].content_block[tool_use].input',
    input,
    `${input}.city`,
    `${input}.days`,
  ]);
});

it('a member more is noticed anywhere but there and in a ping, which is no declared event', () => {
  expect(listUnnoticed(addStranger)).toEqual([
    'MessageEvent[ping].type',
    `${input}.city`,
    `${input}.days`,
  ]);
});

it.each([
  'Completion.id',
  'Completion.choices[].finish_reason',
  'Completion.choices[].logprobs',
  'Completion.choices[].message.content',
  'Completion.choices[].message.tool_calls[custom].custom',
  'Completion.usage.prompt_tokens',
  'Chunk.choices',
  'Chunk.choices[].delta',
  'Chunk.choices[].delta.tool_calls[function].index',
  'Chunk.usage.total_tokens',
  'ListedModel.owned_by',
  'WholeMessage.stop_sequence',
  'WholeMessage.content[thinking].signature',
  'WholeMessage.content[tool_use].id',
  'WholeMessage.usage.output_tokens',
  'MessageEvent[message_start].message.content',
  'MessageEvent[content_block_start].content_block[text].text',
  'MessageEvent[content_block_delta].delta[signature_delta].signature',
  'MessageEvent[content_block_stop].index',
  'MessageEvent[message_delta].delta.stop_reason',
])('an answer without %s is noticed', (path) => {
  const spoiled = defaultParts.flatMap((part) =>
    listPlaces(part)
      .filter((place) => place.path === path)
      .map((place) => leaveOut(part, place)),
  );

  expect(spoiled).not.toEqual([]);
  expect(spoiled.filter((part) => unlisted(part).length === 0)).toEqual([]);
});

it('an answer without a member that a client takes as optional passes', () => {
  expect(listUnnoticed(leaveOut)).toContain('Completion.usage');
});

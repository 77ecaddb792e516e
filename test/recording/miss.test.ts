import { expect, it } from 'vitest';
import type { JsonObject } from '../../src/exchange/json.ts';
import { listDifferences } from '../../src/recording/difference.ts';
import { type Asked, explainMiss, tellMiss } from '../../src/recording/miss.ts';
import { someRecording } from './some-cassette.ts';

function chat(request: JsonObject): Asked {
  return { api: 'openai', endpoint: 'chat.completions', request };
}

function say(content: string, members: JsonObject = {}): JsonObject {
  return { model: 'LongCat-2.0', messages: [{ role: 'user', content }], ...members };
}

function tell(recorded: readonly JsonObject[], asked: JsonObject): string {
  const recordings = recorded.map((request, index) => someRecording({ id: `r${index}`, request }));
  return tellMiss(explainMiss(recordings, chat(asked)), 'chat', chat(asked));
}

it('a miss names the closest recording, and the first place in which it differs', () => {
  expect(tell([say('Bye', { seed: 1 }), say('Hello'), say('Go away')], say('Hallo'))).toBe(
    'No recording matches in cassette "chat". Closest: recording "r1" differs at messages[0].content: recorded "Hello", asked "Hallo".',
  );
});

it.each<[string, JsonObject, JsonObject, string]>([
  ['a member more', say('a'), say('a', { seed: 7 }), 'at seed: recorded nothing, asked 7.'],
  ['a member less', say('a', { seed: 7 }), say('a'), 'at seed: recorded 7, asked nothing.'],
  ['null', say('a', { seed: null }), say('a'), 'at seed: recorded null, asked nothing.'],
  [
    'another type',
    say('a', { stop: 'x' }),
    say('a', { stop: ['x'] }),
    'at stop: recorded "x", asked ["x"].',
  ],
  [
    'an odd name',
    say('a', { 'a b': 1 }),
    say('a', { 'a b': 2 }),
    'at ["a b"]: recorded 1, asked 2.',
  ],
  [
    'a message more',
    say('a'),
    { ...say('a'), messages: [{ role: 'user', content: 'a' }, { role: 'user' }] },
    'at messages[1]: recorded nothing, asked {"role":"user"}.',
  ],
])('%s is told', (_, recorded, asked, end) => {
  expect(tell([recorded], asked)).toBe(
    `No recording matches in cassette "chat". Closest: recording "r0" differs ${end}`,
  );
});

it('long texts are cut around the place in which they part', () => {
  const [head, tail] = ['a'.repeat(500), 'b'.repeat(500)];
  const [difference] = listDifferences(say(`${head}X${tail}`), say(`${head}🙂${tail}`));

  expect(difference).toEqual({
    path: 'messages[0].content',
    recorded: `"…${'a'.repeat(30)}X${'b'.repeat(49)}…"`,
    asked: `"…${'a'.repeat(30)}🙂${'b'.repeat(48)}…"`,
  });
});

it('a few differences are listed, and control characters do not break the line', () => {
  const differences = listDifferences(
    { a: 1, b: 2, c: 3, d: 4 },
    { a: '\u2028\u0085', b: 0, c: 0, d: 0 },
  );

  expect(differences.map(({ path }) => path)).toEqual(['a', 'b', 'c']);
  expect(differences[0]?.asked).toBe('" "');
});

it('an empty cassette, and one of other endpoints, are told as such', () => {
  const other = someRecording({ api: 'anthropic', endpoint: 'messages' });
  const remedy = 'Start with --record new_episodes to record what is missing.';

  expect(tell([], say('a'))).toBe(`Cassette "chat" holds no recordings. ${remedy}`);
  expect(tellMiss(explainMiss([other, other], chat(say('a'))), 'chat', chat(say('a')))).toBe(
    `Cassette "chat" holds no recording of openai chat.completions, only of anthropic messages. ${remedy}`,
  );
});

it.each<[JsonObject, JsonObject, string]>([
  [{ stream: true }, {}, 'Recording "r0" has the same request streamed, and this one is not.'],
  [
    {},
    { stream: true, stream_options: {} },
    'Recording "r0" has the same request whole, and this one is streamed.',
  ],
  [
    { stream: true },
    { stream: true, stream_options: { include_usage: true } },
    'Recording "r0" differs only at stream_options: recorded nothing, asked {"include_usage":true}.',
  ],
])('%j against %j is told as a difference of streaming', (recorded, asked, sentence) => {
  expect(tell([say('a', recorded)], say('a', asked))).toContain(sentence);
});

it.each([
  [
    'at 2026-11-22T10:00:00Z',
    'at 2026-11-23T11:30:00.5Z',
    "'\\d{4}-\\d{2}-\\d{2}T[0-9:.]+(Z|[+-][0-9:]+)?=>TIME'",
  ],
  ['on 2026-11-22, so', 'on 2026-12-01, so', "'\\d{4}-\\d{2}-\\d{2}=>DATE'"],
  ['it is 10:22 here', 'it is 11:30 here', "'\\d{1,2}:\\d{2}(:[0-9.]+)?=>TIME'"],
  ['run 12 of', 'run 173 of', "'\\d+=>N'"],
  [
    'id 3f2b8c1e-0000-4000-8000-1234567890ab.',
    'id 9f2b8c1e-0000-4000-8000-1234567890ac.',
    "'(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}=>UUID'",
  ],
  ['/tmp/build-a8f3k2', '/tmp/build-z91kq0', "'PATTERN=>TEXT'"],
])('%j and %j come with a hint', (recorded, asked, rule) => {
  const sentence = `If this text changes from run to run, start with --match-replace ${rule}.`;

  expect(tell([say(recorded)], say(asked))).toContain(sentence);
});

it('words that differ come with no hint', () => {
  expect(tell([say('Hello you')], say('Hello there'))).not.toContain('--match-replace');
});

it('of a thousand long conversations the closest is found, whatever their length', () => {
  const turns = Array.from({ length: 200 }, (_, index) => ({
    role: 'user',
    content: `${index} ${'long '.repeat(200)}`,
  }));
  const recordings = Array.from({ length: 1000 }, (_, index) =>
    someRecording({ id: `r${index}`, request: { messages: turns.slice(0, 1 + (index % 200)) } }),
  );
  const request = { messages: [...turns.slice(0, 99), { role: 'user', content: 'other' }] };

  expect(explainMiss(recordings, chat(request))).toMatchObject({
    id: 'r99',
    differences: [{ path: 'messages[99].content' }],
  });
});

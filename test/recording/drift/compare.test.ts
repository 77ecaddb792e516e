import { expect, it } from 'vitest';
import type { RecordedResponse } from '../../../src/recording/cassette.ts';
import { compareResponses } from '../../../src/recording/drift/compare.ts';
import {
  call,
  chat,
  chunk,
  completion,
  ended,
  messages,
  opening,
  over,
  ping,
  start,
  stream,
  textBlock,
  toolBlock,
  usageChunk,
  whole,
} from './answers.ts';

/** Findings as lines. */
function compare(recorded: RecordedResponse, live: RecordedResponse): string[] {
  return compareResponses(recorded, live).findings.map(
    ({ kind, event, path, block, recorded: before, live: now }) =>
      [kind, event && `<${event}>`, path, block && `(${block})`, `${before} → ${now}`]
        .filter(Boolean)
        .join(' '),
  );
}

const cat = whole(completion());
const message = {
  id: 'msg_1',
  type: 'message',
  content: [{ type: 'text', text: 'Meow.' }],
  stop_reason: 'end_turn',
};

it.each([
  ['other values', cat, whole({ ...completion({ content: 'Purr.' }, 'length'), created: 2 })],
  ['a member that is null on one side', whole({ a: null }), whole({ a: 'b' })],
  ['a list that is empty on one side', whole({ a: [] }), whole({ a: [{ b: 1 }] })],
  ['a member that some items lack', whole([{ a: 1 }, { b: 2 }]), whole([{ a: 1, b: 2 }])],
  ['another stop', cat, whole(JSON.parse(JSON.stringify(completion()).replace(':2', ':"a"')))],
  ['one piece more', chat([{ content: 'a' }]), chat([{ content: 'a' }, { content: 'b' }])],
  [
    'more calls of tools',
    messages(start, ...toolBlock(0, '{}'), ended('tool_use'), over),
    messages(start, ...toolBlock(0, '{}'), ...toolBlock(1, '{', '}'), ended('tool_use'), over),
  ],
  [
    'a ping elsewhere',
    messages(start, ping, ...textBlock(0, 'a'), ended('end_turn'), over),
    messages(start, ...textBlock(0, 'a'), ping, ended('end_turn'), over),
  ],
  [
    'no ping',
    messages(start, ping, ...textBlock(0, 'a'), ended('end_turn'), over),
    messages(start, ...textBlock(0, 'a'), ended('end_turn'), over),
  ],
  [
    'other arguments of a call',
    whole({ ...message, content: [{ type: 'tool_use', input: { city: 'Paris' } }] }),
    whole({ ...message, content: [{ type: 'tool_use', input: { place: 1, unit: 'C' } }] }),
  ],
  [
    'words beside a call',
    chat([{ tool_calls: [call] }], 'tool_calls'),
    chat([{ content: 'I look.' }, { tool_calls: [call] }], 'tool_calls'),
  ],
  [
    'a call without words',
    messages(start, ...textBlock(0, 'I look.'), ...toolBlock(1, '{}'), ended('tool_use'), over),
    messages(start, ...toolBlock(0, '{}'), ended('tool_use'), over),
  ],
  ['comments between events', chat([]), withComment(chat([]))],
])('no drift: %s', (_, recorded, live) => {
  expect(compareResponses(recorded, live)).toEqual({ findings: [] });
});

function withComment(response: RecordedResponse): RecordedResponse {
  return { ...response, events: [{ atMs: 1, raw: ': wait\n\n' }, ...(response.events ?? [])] };
}

const { usage: _, ...withoutUsage } = completion();

it.each([
  ['removed', cat, whole(withoutUsage), ['REMOVED usage object → absent']],
  ['added', cat, whole({ ...completion(), tier: null }), ['ADDED tier absent → null']],
  [
    'renamed in a list',
    whole({ choices: [{ text: 'a' }] }),
    whole({ choices: [{ words: 'a' }] }),
    ['REMOVED choices[].text string → absent', 'ADDED choices[].words absent → string'],
  ],
  [
    'retyped',
    whole({ usage: { total: 1 } }),
    whole({ usage: { total: '1' } }),
    ['TYPE_CHANGED usage.total number → string'],
  ],
  [
    'retyped in some items',
    whole([{ a: 1 }, { a: 2 }]),
    whole([{ a: 1 }, { a: '2' }]),
    ['TYPE_CHANGED [].a number → number or string'],
  ],
  [
    'retyped from an object to a list',
    whole({ a: { b: 1 } }),
    whole({ a: [{ b: 1 }] }),
    ['TYPE_CHANGED a object → list'],
  ],
  ['oddly named', whole({}), whole({ 'a.b': 1, __proto__: 1 }), ['ADDED ["a.b"] absent → number']],
  [
    'of one block among others',
    whole({
      content: [
        { type: 'text', text: 'a' },
        { type: 'thinking', signature: '' },
      ],
    }),
    whole({
      content: [
        { type: 'text', words: 'a' },
        { type: 'thinking', signature: '' },
      ],
    }),
    [
      'REMOVED content[].text (text) string → absent',
      'ADDED content[].words (text) absent → string',
    ],
  ],
])('a member %s', (_case, recorded, live, lines) => {
  expect(compare(recorded, live)).toEqual(lines);
});

it('a status, and then nothing else', () => {
  expect(compare(cat, whole({ error: {} }, 400))).toEqual(['STATUS_CHANGED status 200 → 400']);
});

it('a stream that is none any more', () => {
  expect(compare(chat([]), cat)).toEqual(['TYPE_CHANGED a stream of events → JSON']);
});

it('a page in place of JSON', () => {
  const page = { status: 200, headers: {}, atMs: 0, text: '<html>' };

  expect(compare(cat, page)).toEqual(['TYPE_CHANGED JSON → a text that is no JSON']);
});

it('a member removed from one kind of event', () => {
  const { total_tokens: __, ...less } = usageChunk['usage'] as Record<string, number>;
  const end = [chunk({}, 'stop'), { ...usageChunk, usage: less }, '[DONE]'];

  expect(
    compare(chat([{ content: 'a' }]), stream(opening, chunk({ content: 'a' }), ...end)),
  ).toEqual(['REMOVED <usage> usage.total_tokens number → absent']);
});

it('a member renamed in a delta', () => {
  expect(compare(chat([{ content: 'a' }]), chat([{ text: 'a' }]))).toEqual([
    'REMOVED <choices[].delta.content> sent → absent',
    'ADDED <choices[].delta.text> absent → sent',
  ]);
});

it('a member added to every delta', () => {
  const live = chat([{ content: 'a', refusal: null }]);

  expect(compare(chat([{ content: 'a' }]), live)).toEqual([
    'ADDED <choices[].delta.content> choices[].delta.refusal absent → null',
  ]);
});

it.each([
  ['the usage', stream(opening, chunk({}, 'stop'), '[DONE]'), '<usage>'],
  ['the end', stream(opening, chunk({}, 'stop'), usageChunk), '<[DONE]>'],
  ['the finish', stream(opening, usageChunk, '[DONE]'), '<choices[].finish_reason>'],
  ['the role', stream(chunk({}, 'stop'), usageChunk, '[DONE]'), '<choices[].delta.role>'],
])('a chat stream without %s', (_case, live, event) => {
  expect(compare(chat([]), live)).toEqual([`REMOVED ${event} sent → absent`]);
});

it('events in another order', () => {
  const live = stream(opening, usageChunk, chunk({}, 'stop'), '[DONE]');

  expect(compare(chat([]), live)).toEqual([
    'ORDER_CHANGED choices[].delta.role, choices[].finish_reason, usage, [DONE] → choices[].delta.role, usage, choices[].finish_reason, [DONE]',
  ]);
});

it('a message stream without an event', () => {
  const recorded = messages(start, ...textBlock(0, 'a'), ended('end_turn'), over);
  const live = messages(start, ...textBlock(0, 'a').slice(0, -1), ended('end_turn'), over);

  expect(compare(recorded, live)).toEqual(['REMOVED <content_block_stop/text> sent → absent']);
});

it('the names of events left out', () => {
  const recorded = messages(start, over);

  expect(compare(recorded, stream(start, over))).toEqual([
    'REMOVED <message_start> event: string → absent',
    'REMOVED <message_stop> event: string → absent',
  ]);
});

it('calls that are gone although the answer ended with them', () => {
  const recorded = whole(completion({ tool_calls: [call] }, 'tool_calls'));
  const live = whole(completion({ calls: [call] }, 'tool_calls'));

  expect(compare(recorded, live)).toEqual([
    'REMOVED choices[].message.tool_calls list → absent',
    'ADDED choices[].message.calls absent → list',
  ]);
});

it.each([
  [
    whole(completion({ tool_calls: [call] }, 'tool_calls')),
    whole(completion()),
    'ended with "tool_calls", the live one with "stop", and has no calls to compare.',
  ],
  [
    chat([{ tool_calls: [call] }], 'tool_calls'),
    chat([{ content: 'Which city?' }]),
    'and has no calls to compare.',
  ],
  [
    messages(start, ...textBlock(0, 'Which?'), ended('end_turn'), over),
    messages(start, ...toolBlock(0, '{}'), ended('tool_use'), over),
    'and has no text to compare.',
  ],
])('text in place of calls, or the other way round, is no drift but unchecked', (before, now, why) => {
  const { findings, unchecked } = compareResponses(before, now);

  expect(findings).toEqual([]);
  expect(unchecked).toContain(why);
});

it('what else changed is told beside what is unchecked', () => {
  const recorded = whole(completion({ tool_calls: [call] }, 'tool_calls'));
  const { findings, unchecked } = compareResponses(recorded, whole(withoutUsage));

  expect(findings.map(({ path }) => path)).toEqual(['usage']);
  expect(unchecked).toBeDefined();
});

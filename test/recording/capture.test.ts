import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RawResponse } from '../../src/recording/bytes.ts';
import { capture } from '../../src/recording/capture.ts';
import { RecordedResponse } from '../../src/recording/cassette.ts';
import { playBack } from '../../src/recording/playback.ts';
import { anyJson, anyText, writeText } from '../fuzz/json.ts';
import { patience, runs } from '../fuzz/runs.ts';
import { answerOf, show, toBytes } from './raw.ts';

/** Through a file and back. */
function store(response: RecordedResponse): RecordedResponse {
  return RecordedResponse.parse(JSON.parse(JSON.stringify(response)));
}

function expectSame(raw: RawResponse): void {
  const played = playBack(store(capture(raw)));
  expect(show(played.chunks)).toEqual(show(raw.chunks));
  expect(played).toMatchObject({ status: raw.status, headers: raw.headers, isCut: raw.isCut });
}

it('a stream as the mock writes it is a list of events, and nothing beside', () => {
  const raw = answerOf([
    'data: {"a":[1]}\n\n',
    'event: ping\ndata: {"type":"ping"}\n\n',
    'data: [DONE]\n\n',
  ]);

  expect(capture(raw)).toEqual({
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    atMs: 100,
    events: [
      { atMs: 110, data: { a: [1] } },
      { atMs: 111, event: 'ping', data: { type: 'ping' } },
      { atMs: 112, data: '[DONE]' },
    ],
  });
  expectSame(raw);
});

it.each([
  ['CRLF', 'data: {"a":1}\r\n\r\n', { data: { a: 1 }, raw: 'data: {"a":1}\r\n\r\n' }],
  ['CR', 'data: {"a":1}\r\r', { data: { a: 1 }, raw: 'data: {"a":1}\r\r' }],
  [
    'mixed ends',
    'event: x\rdata: 1\r\n\n',
    { event: 'x', data: 1, raw: 'event: x\rdata: 1\r\n\n' },
  ],
  ['a comment', ': keep-alive\n\n', { raw: ': keep-alive\n\n' }],
  ['a comment before data', ': hi\ndata: 1\n\n', { data: 1, raw: ': hi\ndata: 1\n\n' }],
  ['a byte order mark', '\ufeffdata: 1\n\n', { data: 1, raw: '\ufeffdata: 1\n\n' }],
  ['no blank line at the end', 'data: 1\n', { data: 1, raw: 'data: 1\n' }],
  ['no space', 'data:{"a":1}\n\n', { data: { a: 1 }, raw: 'data:{"a":1}\n\n' }],
  ['several data lines', 'data: {\ndata: }\n\n', { data: {}, raw: 'data: {\ndata: }\n\n' }],
  [
    'id and retry',
    'id: 7\nretry: 5\ndata: 1\n\n',
    { data: 1, raw: 'id: 7\nretry: 5\ndata: 1\n\n' },
  ],
  ['spaces in JSON', 'data: {"a": 1}\n\n', { data: { a: 1 }, raw: 'data: {"a": 1}\n\n' }],
  ['escapes', 'data: "\\u0041"\n\n', { data: '"\\u0041"' }],
  ['duplicate keys', 'data: {"a":1,"a":2}\n\n', { data: { a: 2 }, raw: 'data: {"a":1,"a":2}\n\n' }],
  ['a number of another form', 'data: [1.0]\n\n', { data: [1], raw: 'data: [1.0]\n\n' }],
  ['a number beyond all', 'data: [1e400]\n\n', { data: [null], raw: 'data: [1e400]\n\n' }],
  ['a text in quotes', 'data: "hi"\n\n', { data: '"hi"' }],
  ['no data', 'event: x\n\n', { event: 'x', raw: 'event: x\n\n' }],
  ['empty data', 'data: \n\n', { data: '' }],
  ['half of JSON', 'data: {"a":\n\n', { data: '{"a":' }],
  ['a blank line alone', '\n', { raw: '\n' }],
])('a stream with %s is read, and kept as it came', (_, text, event) => {
  const raw = answerOf([text]);

  expect(capture(raw).events).toEqual([{ atMs: 110, ...event }]);
  expectSame(raw);
});

it('JSON that nests without end stays a text', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

  expect(capture(answerOf([`data: ${deep}\n\n`])).events?.[0]?.data).toBe(deep);
  expect(capture(answerOf([deep], 'application/json')).text).toBe(deep);
});

it('bytes that are no UTF-8 are kept in base64, and only theirs', () => {
  const raw = answerOf([new Uint8Array([0xff, 0x0a, 0x0a]), 'data: 1\n\n']);

  expect(capture(raw).events).toEqual([
    { atMs: 110, base64: '/woK' },
    { atMs: 111, data: 1 },
  ]);
  expectSame(raw);
});

it('an event has the time of its last byte, and chunks are kept where they are not events', () => {
  const [head, tail] = [
    toBytes('data: 你\n\ndata: 2\n\n').slice(0, 7),
    toBytes('data: 你\n\ndata: 2\n\n').slice(7),
  ];
  const raw = answerOf([head, tail]);

  expect(capture(raw)).toMatchObject({
    events: [
      { atMs: 111, data: '你' },
      { atMs: 111, data: 2 },
    ],
    chunks: [
      { atMs: 110, bytes: 7 },
      { atMs: 111, bytes: 13 },
    ],
  });
  expectSame(raw);
});

it('two events in one chunk, and one event in two, come back so', () => {
  expectSame(answerOf(['data: 1\n\ndata: 2\n\ndata: ', '3\n\n']));
});

it('an empty stream has no events', () => {
  expect(capture(answerOf([])).events).toEqual([]);
  expectSame(answerOf([]));
});

it.each([
  ['application/json', '{"a":1}', { body: { a: 1 } }],
  ['application/json', '{ "a": 1 }\n', { body: { a: 1 }, raw: '{ "a": 1 }\n' }],
  ['application/json', '{"__proto__":{"a":1}}', { body: JSON.parse('{"__proto__":{"a":1}}') }],
  ['application/json', 'null', { body: null }],
  ['application/json', '{"a":', { text: '{"a":' }],
  ['text/html', '<p>\n', { text: '<p>\n' }],
  ['text/html', '', { text: '' }],
])('%s %j is kept in the form that can be read', (contentType, text, content) => {
  const raw = { ...answerOf(text === '' ? [] : [text], contentType), atMs: 110 };

  const { body, raw: kept, text: words, chunks } = capture(raw);
  expect({ body, raw: kept, text: words }).toEqual({
    body: undefined,
    raw: undefined,
    text: undefined,
    ...content,
  });
  expect(chunks).toBeUndefined();
  expectSame(raw);
});

it('a body that is no text is kept in base64', () => {
  const raw = { ...answerOf([new Uint8Array([0, 255])], 'image/png'), atMs: 110 };

  expect(capture(raw)).toMatchObject({ base64: 'AP8=' });
  expectSame(raw);
});

it('headers of the connection, cookies and the encoding are left out', () => {
  const headers = {
    date: 'Tue, 01 Sep 2026 06:20:00 GMT',
    connection: 'keep-alive, x-hop',
    'x-hop': '1',
    'transfer-encoding': 'chunked',
    'set-cookie': 'a=b',
    'content-encoding': 'gzip',
    'm-traceid': '-4772987316229557453',
  };

  expect(Object.keys(capture({ ...answerOf([]), headers }).headers)).toEqual(['date', 'm-traceid']);
});

it('the length of a body is told anew, but not of one that broke off', () => {
  const raw = {
    ...answerOf(['{"a":1}'], 'application/json'),
    headers: { 'content-type': 'application/json', 'content-length': '999' },
  };

  expect(capture(raw).headers['content-length']).toBe('7');
  const edited = { ...capture(raw), body: { a: 10 } };
  expect(playBack(edited)).toMatchObject({ headers: { 'content-length': '8' } });
  expect(playBack(capture({ ...raw, isCut: true }))).toMatchObject({
    headers: { 'content-length': '999' },
    isCut: true,
  });
});

it('an edited answer is sent in one piece an event', () => {
  const recorded = capture(answerOf(['data: {"a":1}\n', '\ndata: 2\n\n']));
  const [, second] = recorded.events ?? [];
  const edited = {
    ...recorded,
    events: [{ atMs: 5, data: { a: 'longer' } }, ...(second ? [second] : [])],
  };

  expect(playBack(edited).chunks.map(({ atMs }) => atMs)).toEqual([5, 111]);
});

const lineEnds = fc.constantFrom('\n', '\r\n', '\r', '\n\n', '\r\n\r\n', '\r\r', '\n\r', '');
const lines = fc.oneof(
  fc.constantFrom(
    'data: [DONE]',
    'data:',
    'data',
    ':',
    'event: x',
    'event:',
    'id: 1',
    '\ufeff',
    'retry: 3',
  ),
  anyJson.map((value) => `data: ${writeText(value)}`),
  anyJson.map((value) => `data:${JSON.stringify(value, null, 1)}`),
  anyText.map((text) => `data: ${text}`),
  anyText,
);
const framed = fc
  .array(fc.tuple(lines, lineEnds), { maxLength: 12 })
  .map((parts) => toBytes(parts.flat().join('')));
const broken = fc.uint8Array({ maxLength: 60 });
const whole = anyJson.map((value) => toBytes(writeText(value)));
const bytes = fc.oneof(
  framed,
  broken,
  whole,
  fc
    .tuple(framed, broken, framed)
    .map((parts) => new Uint8Array(parts.flatMap((part) => [...part]))),
);
const answers = fc
  .record({
    bytes,
    sizes: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 }),
    gaps: fc.array(fc.nat(50), { minLength: 1, maxLength: 5 }),
    contentType: fc.constantFrom(
      'text/event-stream',
      'Text/Event-Stream;charset=utf-8',
      'application/json',
      'text/html',
    ),
    status: fc.integer({ min: 200, max: 599 }),
    isCut: fc.boolean(),
    hasLength: fc.boolean(),
  })
  .map(({ bytes, sizes, gaps, contentType, status, isCut, hasLength }): RawResponse => {
    const chunks: { atMs: number; bytes: Uint8Array }[] = [];
    let at = 0;
    let atMs = 7;
    while (at < bytes.length) {
      const size = sizes[chunks.length % sizes.length] ?? 1;
      chunks.push({ atMs, bytes: bytes.slice(at, at + size) });
      atMs += gaps[chunks.length % gaps.length] ?? 0;
      at += size;
    }
    const length: Record<string, string> = hasLength
      ? { 'content-length': String(bytes.length) }
      : {};
    return { status, headers: { 'content-type': contentType, ...length }, atMs: 7, chunks, isCut };
  });

it(
  'any answer comes back with its bytes, its chunks and its times',
  () => {
    fc.assert(fc.property(answers, expectSame), runs(4000));
  },
  patience,
);

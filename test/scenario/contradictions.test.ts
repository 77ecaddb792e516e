import { expect, it } from 'vitest';
import { parseFixtures } from '../../src/scenario/parse.ts';

async function listProblems(respond: string, match = '{}') {
  const text = `version: 1\nfixtures:\n  - id: a\n    match: ${match}\n    respond: ${respond}\n`;
  const { problems } = await parseFixtures(text, { file: 'f.yaml' });
  return problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

it.each([
  ['{ error: internal_error, text: a }', '5:39 "text" cannot stand beside "error"'],
  [
    '{ error: internal_error, toolCalls: [{ name: a }] }',
    '5:39 "toolCalls" cannot stand beside "error"',
  ],
  ['{ error: internal_error, body: {} }', '5:39 "body" cannot stand beside "error"'],
  [
    '{ error: internal_error, stream: { chunks: [a] } }',
    '5:49 "stream.chunks" cannot stand beside "error"',
  ],
  ['{ text: a, stream: { chunks: [a] } }', '5:35 "stream.chunks" cannot stand beside "text"'],
  ['{ raw: true, body: {}, usage: {} }', '5:37 "usage" cannot stand beside "body"'],
  ['{ raw: true }', '5:16 "raw" without a body'],
  [
    '{ stream: { chunks: [{ text: a, atMs: 9 }, b, { text: c, atMs: 8 }] } }',
    '5:77 Invalid atMs 8: a chunk before it leaves at 9',
  ],
  [
    '{ delay: { type: uniform, lower: 9, upper: 8 } }',
    '5:47 Invalid lower 9: it is above upper, which is 8',
  ],
  [
    '{ fault: STREAM_STALL }',
    '5:23 STREAM_STALL needs a stream, and this fixture also answers whole requests',
  ],
  [
    '{ fault: { type: STREAM_NO_DONE } }',
    '5:31 STREAM_NO_DONE needs a stream, and this fixture also answers whole requests',
  ],
  [
    '{ fault: { type: EMPTY_RESPONSE, afterChunks: 2 } }',
    '5:47 "afterChunks" has no meaning here: EMPTY_RESPONSE comes before any chunk',
  ],
  [
    '{ body: { a: 1 } }',
    '5:16 "body" is a whole answer on one format, and this fixture matches others too',
  ],
])('%s is refused', async (respond, problem) => {
  expect(await listProblems(respond)).toEqual([expect.stringContaining(problem)]);
});

it('two names for one thing are refused', async () => {
  expect(await listProblems('{ text: a, textFile: b }')).toContainEqual(
    expect.stringContaining('5:25 "textFile" cannot stand beside "text"'),
  );
  expect(await listProblems('{ raw: true, body: a, bodyFile: b }')).toContainEqual(
    expect.stringContaining('5:36 "bodyFile" cannot stand beside "body"'),
  );
});

it.each([
  [
    '{ stream: true }',
    '{ error: internal_error, fault: STREAM_STALL }',
    '5:46 STREAM_STALL cannot stand beside "error"',
  ],
  [
    '{ stream: true }',
    '{ fault: { type: STREAM_STALL, error: internal_error } }',
    '5:45 "error" has no meaning here',
  ],
  ['{ stream: false }', '{ body: {} }', 'matches others too'],
])('a fixture that matches %s does not answer with %s', async (match, respond, problem) => {
  expect(await listProblems(respond, match)).toEqual([expect.stringContaining(problem)]);
});

it.each([
  ['{ stream: true }', '{ fault: { type: STREAM_TRUNCATE, afterChunks: 2 } }'],
  ['{ stream: true }', '{ fault: { type: STREAM_ERROR_EVENT, error: internal_error } }'],
  ['{}', '{ fault: { type: CONNECTION_RESET_BY_PEER, afterChunks: 2 } }'],
  ['{}', '{ text: a, toolCalls: [{ name: a }], usage: { output: 1 } }'],
  ['{}', '{ error: internal_error, status: 529, headers: { a: b }, delay: 5 }'],
  ['{}', '{ raw: true, status: 200, body: what it is }'],
  ['{}', '{ status: 500, body: { error: {} } }'],
  ['{ api: openai, stream: false }', '{ body: {} }'],
  ['{}', '{ delay: { type: uniform, lower: 8, upper: 8 } }'],
  ['{}', '{ stream: { chunks: [a, { text: b, atMs: 8 }, { text: c, atMs: 8 }] } }'],
])('a fixture that matches %s may answer with %s', async (match, respond) => {
  expect(await listProblems(respond, match)).toEqual([]);
});

import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { nameCassette, nameSession } from '../../src/testing/name.ts';

const identity = { file: resolve('test/chat.test.ts'), titles: ['chat', 'answers: politely, 2×'] };

it('a session is named after the test, in letters that fit in a path and a key', () => {
  expect(nameSession(identity)).toMatch(/^answers-politely-2-[0-9a-f]{8}$/);
  expect(nameSession({ ...identity, titles: ['礼貌地回答'] })).toMatch(/^test-[0-9a-f]{8}$/);
  expect(nameSession({ ...identity, titles: ['x'.repeat(500)] })).toHaveLength(89);
});

it('the name is the same in each run, on each machine', () => {
  const relative = { ...identity, file: 'test/chat.test.ts' };

  expect(nameSession(relative)).toBe(nameSession(identity));
  expect(nameSession(relative)).toBe('answers-politely-2-6dc9d6e0');
});

it.each([
  ['file', { file: 'test/message.test.ts' }],
  ['group', { titles: ['message', 'answers: politely, 2×'] }],
  ['project', { mark: 'browser' }],
])('equal titles in another %s are another session', (_, change) => {
  expect(nameSession({ ...identity, ...change })).not.toBe(nameSession(identity));
});

it('a cassette is named by file and titles', () => {
  expect(nameCassette(identity)).toBe('test/chat.test.ts > chat > answers: politely, 2×');
});

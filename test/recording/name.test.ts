import { expect, it } from 'vitest';
import { toFileName } from '../../src/recording/name.ts';

it('takes a name as it is where it is a file name everywhere', () => {
  expect(toFileName('chat')).toBe('chat.json');
  expect(toFileName('chat.test.ts/answers')).toBe('chat.test.ts/answers.json');
});

it('keeps names apart that become the same file name', () => {
  expect(toFileName('a b')).toMatch(/^a-b-[0-9a-f]{8}\.json$/);
  expect(toFileName('a b')).not.toBe(toFileName('a:b'));
  expect(toFileName('中文')).not.toBe(toFileName('日本'));
});

it.each([
  '../../etc/passwd',
  '/etc/passwd',
  '..',
  'a/../../b',
  '.ssh/id',
  'C:\\x',
  'a\0b',
  '',
  'a//b',
])('leads nowhere out of its folder: %j', (name) => {
  const segments = toFileName(name).split('/');
  for (const segment of segments) expect(segment).toMatch(/^[\w][\w.-]*$/);
});

it('cuts what is too long for a file name', () => {
  expect(toFileName('x'.repeat(500)).length).toBeLessThan(130);
  expect(toFileName(`${'x'.repeat(500)}1`)).not.toBe(toFileName(`${'x'.repeat(500)}2`));
});

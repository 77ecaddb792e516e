import { expect, it } from 'vitest';
import { ask } from '../ask.ts';
import { makeFolder } from '../scenario/folder.ts';
import { serve } from './command.ts';

/** Streams that would take minutes. */
const slow = `version: 1
fixtures:
  - id: slow
    respond:
      text: ${'word '.repeat(500)}
      stream: { tokensPerSecond: 2 }
`;

it('SIGTERM ends the command within its two seconds, with a hundred streams open', async () => {
  const folder = makeFolder({ 'slow.yaml': slow });
  await using mock = await serve(['--fixtures', folder]);
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => ask({ stream: true }, { mock })),
  );
  const readers = answers.map(({ body }) => body?.getReader());
  const firsts = await Promise.all(readers.map((reader) => reader?.read()));
  const began = performance.now();
  const { code } = await mock.stop('SIGTERM');
  const took = performance.now() - began;

  expect(firsts.every((first) => first?.done === false)).toBe(true);
  expect(code).toBe(0);
  expect(took).toBeGreaterThan(1500);
  expect(took).toBeLessThan(4000); // two for the streams, the rest for a busy machine
  await Promise.allSettled(readers.map((reader) => reader?.cancel()));
});

it('streams that end within the grace reach their end', async () => {
  const quick = slow.replace('word '.repeat(500), 'one two three four').replace(': 2 }', ': 8 }');
  const folder = makeFolder({ 'quick.yaml': quick });
  await using mock = await serve(['--fixtures', folder]);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => ask({ stream: true }, { mock })),
  );
  const texts = Promise.all(answers.map((answer) => answer.text()));
  const { code } = await mock.stop('SIGTERM');

  expect(code).toBe(0);
  for (const text of await texts) expect(text).toMatch(/data: \[DONE\]\n\n$/);
});

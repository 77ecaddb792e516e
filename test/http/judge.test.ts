import { expect, it } from 'vitest';
import { openai } from '../../src/dialect/openai/index.ts';
import type { JsonObject } from '../../src/exchange/json.ts';
import { createJudge, type Judgement } from '../../src/http/judge.ts';
import { createLongCatMock } from '../../src/index.ts';
import { ask } from '../ask.ts';
import { letsOthersIn } from '../turns.ts';

const models = ['LongCat-2.0'];
const judge = createJudge(openai, { models, validate: 'error' });
const warn = createJudge(openai, { models, validate: 'warn' });

const large = ' '.repeat(100_000);

function withMessages(count: number, message: JsonObject | number): JsonObject {
  return { model: 'LongCat-2.0', messages: Array(count).fill(message) };
}

function linesOf({ failure }: Judgement): readonly string[] {
  return failure?.message?.split('\n').slice(1, -1) ?? [];
}

it('a small body is judged at once', () => {
  expect(judge(withMessages(3, 7), '')).toMatchObject({
    failure: { name: 'invalid_parameter', hint: expect.stringContaining('/messages/2: ') },
  });
});

it.each([
  ['right', { role: 'user', content: 'Hi' }, 0],
  ['wrong', { role: 'user', content: ['Hi'] }, 5000],
])('others get their turn while 5,000 messages are judged that are all %s', async (_case, message, count) => {
  const judging = Promise.resolve(judge(withMessages(5000, message), large));

  expect(await letsOthersIn(judging)).toBe(true);
  expect(linesOf(await judging)).toHaveLength(count);
});

it('a large body is told the same as a small one', async () => {
  const body = { ...withMessages(200, 7), top_p: 3, max_tokens: 999_999 };

  expect(await judge(body, large)).toEqual(judge(body, ''));
});

it('an answer lists ten thousand violations, and tells that there are more', async () => {
  for (const text of ['', large]) {
    const lines = linesOf(await judge(withMessages(10_001, 7), text));

    expect(lines).toHaveLength(10_001);
    expect(lines.at(-2)).toContain('/messages/9999: ');
    expect(lines.at(-1)).toBe('More follow: only the first 10000 are listed.');
  }
  expect(linesOf(await judge(withMessages(10_000, 7), large)).at(-1)).toContain('/messages/9999: ');
});

it('a hint, and what is warned of, has a hundred lines and the count of the others', async () => {
  const body = withMessages(250, 7);
  const { violations } = await warn(body, '');
  const { failure } = await judge(body, '');

  expect(violations).toHaveLength(101);
  expect(violations.at(-1)).toBe('… and 150 more');
  expect(failure?.hint).toBe(violations.join('\n'));
});

it('a hint quotes the beginning of a long value, and the answer all of it', async () => {
  const role = 'r'.repeat(2000);
  const { failure } = await judge(withMessages(1, { role }), '');

  expect(failure?.message).toContain(role);
  expect(failure?.hint).toBe(`/messages/0/role: ${role.slice(0, 482)}…`);
});

it('a million violations are refused like one', async () => {
  const mock = createLongCatMock();
  const response = await ask({ stop: Array(1_000_000).fill(1) }, { mock });

  expect(response.status).toBe(400);
  expect((await response.json()).error.message).toContain('/stop/9999: ');
  expect(response.headers.get('x-longcat-mock-hint')).toMatch(/\.\.\.$/);
});

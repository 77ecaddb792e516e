import OpenAI from 'openai';
import { describe } from 'vitest';
import { expect, test } from '../../src/testing/vitest.ts';

const hello = { model: 'LongCat-2.0', messages: [{ role: 'user' as const, content: 'Hello!' }] };

test('a test has a session, and matchers for it', async ({ longcat }) => {
  await longcat.use({ id: 'greeting', respond: { text: 'Good day.' } });
  const client = new OpenAI(longcat.openai());

  const { choices } = await client.chat.completions.create(hello);

  expect(choices[0]?.message.content).toBe('Good day.');
  await expect(longcat).toHaveReceived({ model: 'LongCat-2.0' }, { calls: 1 });
  await expect(longcat).not.toHaveReceived({ messages: { last: { text: 'Bye.' } } });
  await expect(longcat).not.toHaveReceived({ model: 'LongCat-2.0' }, { times: 2 });
  await expect(longcat).toHaveNoUnmatchedRequests();
});

test('a matcher that does not hold tells why', async ({ longcat }) => {
  await new OpenAI(longcat.openai()).chat.completions.create(hello);

  await expect(expect(longcat).toHaveReceived({}, { calls: 2 })).rejects.toThrow(
    'expected 2 calls, received 1 request.',
  );
  await expect(expect(longcat).not.toHaveReceived({})).rejects.toThrow(
    'expected 0 requests, received 1 request.',
  );
  await expect(expect(longcat).not.toHaveNoUnmatchedRequests()).rejects.toThrow('had a fixture.');
});

test('the types know what a matcher takes', async ({ longcat }) => {
  // @ts-expect-error: model, not modle
  const wrong = expect(longcat).toHaveReceived({ modle: 'LongCat-2.0' });

  await expect(wrong).rejects.toThrow('Unknown key "modle". Did you mean "model"?');
});

describe('with options', () => {
  test.override({ longcatOptions: { clock: { now: 5000 }, failOnUnmatched: false } });

  test('a session is given what they say', async ({ longcat }) => {
    const { created } = await new OpenAI(longcat.openai()).chat.completions.create(hello);

    expect(created).toBe(5);
  });

  test('requests may be unmatched', async ({ longcat }) => {
    await longcat.use({ id: 'later', match: { turnIndex: 7 }, respond: {} });
    const client = new OpenAI({ ...longcat.openai(), maxRetries: 0 });

    await expect(client.chat.completions.create(hello)).rejects.toThrow('No fixture matched.');
    await expect(longcat).not.toHaveNoUnmatchedRequests();
  });
});

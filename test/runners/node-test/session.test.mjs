import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useLongCat } from 'longcat-mock/node-test';
import OpenAI from 'openai';

async function ask(longcat) {
  const client = new OpenAI(longcat.openai());
  const { choices } = await client.chat.completions.create({
    model: 'LongCat-2.0',
    messages: [{ role: 'user', content: 'hello' }],
  });
  return choices[0].message.content;
}

test('a test has a session', async (t) => {
  const longcat = await useLongCat(t);
  await longcat.use({ id: 'own', respond: { text: 'Mine.' } });

  assert.equal(await ask(longcat), 'Mine.');
  await longcat.verify({ match: { model: 'LongCat-2.0' }, calls: 1 });
});

describe('at once', { concurrency: true }, () => {
  for (const number of [1, 2, 3, 4, 5, 6]) {
    test(`test ${number} has a session of its own`, async (t) => {
      const longcat = await useLongCat(t);
      await longcat.use({ id: 'own', respond: { text: `Number ${number}.` } });

      assert.equal(await ask(longcat), `Number ${number}.`);
      assert.equal((await longcat.requests()).length, 1);
    });
  }
});

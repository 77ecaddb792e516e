import { test } from 'node:test';
import { useLongCat } from 'longcat-mock/node-test';

const request = {
  method: 'POST',
  headers: { authorization: 'Bearer any' },
  body: JSON.stringify({ model: 'LongCat-2.0', messages: [{ role: 'user', content: 'hello' }] }),
};

test('unmatched', async (t) => {
  const longcat = await useLongCat(t);
  await longcat.use({ id: 'burst', match: { turnIndex: 7 }, respond: {} });
  await longcat.fetch('/openai/v1/chat/completions', request);
});

test('forgotten', async (t) => {
  const longcat = await useLongCat(t);
  longcat.use({ id: 'late', respond: {} });
});

import { test } from 'longcat-mock/playwright';

test.use({ longcatOptions: { seed: 'spring' } });

test('unmatched', async ({ longcat }) => {
  await longcat.use({ id: 'burst', match: { turnIndex: 7 }, respond: {} });
  await longcat.fetch('/openai/v1/chat/completions', {
    method: 'POST',
    headers: { authorization: 'Bearer any' },
    body: JSON.stringify({ model: 'LongCat-2.0', messages: [{ role: 'user', content: 'hello' }] }),
  });
});

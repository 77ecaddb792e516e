const { useLongCat } = require('longcat-mock/jest');

const longcat = useLongCat();

const request = {
  method: 'POST',
  headers: { authorization: 'Bearer any' },
  body: JSON.stringify({ model: 'LongCat-2.0', messages: [{ role: 'user', content: 'hello' }] }),
};

test('unmatched', async () => {
  await longcat.use({ id: 'burst', match: { turnIndex: 7 }, respond: {} });
  await longcat.fetch('/openai/v1/chat/completions', request);
});

test('forgotten', async () => {
  longcat.use({ id: 'late', respond: {} });
});

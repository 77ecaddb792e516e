const assert = require('node:assert/strict');
const { test } = require('node:test');
const { useLongCat } = require('longcat-mock/node-test');

test('CommonJS requires it', async (t) => {
  const longcat = await useLongCat(t, { scenario: 'rate-limit' });
  const request = {
    method: 'POST',
    headers: { authorization: 'Bearer any' },
    body: JSON.stringify({ model: 'LongCat-2.0', messages: [{ role: 'user', content: 'hello' }] }),
  };

  assert.equal((await longcat.fetch('/openai/v1/chat/completions', request)).status, 429);
});

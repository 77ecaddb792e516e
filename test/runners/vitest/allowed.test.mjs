import { expect, test } from 'longcat-mock/vitest';
import OpenAI from 'openai';

test.override({ longcatOptions: { failOnUnmatched: false } });

test('an unmatched request may be let be', async ({ longcat }) => {
  await longcat.use({ id: 'burst', match: { turnIndex: 7 }, respond: {} });
  const client = new OpenAI({ ...longcat.openai(), maxRetries: 0 });
  const asked = client.chat.completions.create({
    model: 'LongCat-2.0',
    messages: [{ role: 'user', content: 'hello' }],
  });

  await expect(asked).rejects.toThrow('No fixture matched.');
});

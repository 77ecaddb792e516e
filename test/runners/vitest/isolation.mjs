import { appendFileSync } from 'node:fs';
import { expect, test } from 'longcat-mock/vitest';
import OpenAI from 'openai';

const tests = Array.from({ length: 20 }, (_, number) => number);

/** Tests that all ask at once, and look for answers and requests that are not their own. */
export function askAtOnce(file) {
  test.concurrent.for(tests)('the requests of test %i are its own', async (number, {
    longcat,
    longcatMock,
  }) => {
    const own = `${file} ${number}`;
    await longcat.use({ id: 'own', respond: { text: own } });
    const client = new OpenAI(longcat.openai());

    for (const turn of [1, 2, 3]) {
      const { choices } = await client.chat.completions.create({
        model: 'LongCat-2.0',
        messages: [{ role: 'user', content: `${own}, turn ${turn}` }],
      });
      expect(choices[0].message.content).toBe(own);
    }

    const requests = await longcat.requests();
    const asked = requests.map(({ body }) => body.messages[0].content);
    expect(asked).toEqual([1, 2, 3].map((turn) => `${own}, turn ${turn}`));
    await expect(longcat).toHaveReceived({ model: 'LongCat-2.0' }, { calls: 3 });
    await expect(longcat).toHaveNoUnmatchedRequests();
    appendFileSync(process.env.SEEN, `${longcatMock.url} ${process.pid} ${longcat.name}\n`);
  });
}

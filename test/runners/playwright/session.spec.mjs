import { expect, test } from 'longcat-mock/playwright';

for (const number of [1, 2, 3, 4]) {
  test(`a page of test ${number} is answered by a fixture of the test`, async ({
    page,
    longcat,
    longcatMock,
  }) => {
    await longcat.use({ id: 'own', respond: { text: `Number ${number}.` } });
    await page.goto(`${longcatMock.url}/health`);

    const text = await page.evaluate(async ({ baseURL, apiKey }) => {
      const response = await fetch(`${baseURL}/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey}` },
        body: JSON.stringify({
          model: 'LongCat-2.0',
          messages: [{ role: 'user', content: 'hello' }],
        }),
      });
      return (await response.json()).choices[0].message.content;
    }, longcat.openai());

    expect(text).toBe(`Number ${number}.`);
    await expect(longcat).toHaveReceived({ model: 'LongCat-2.0' }, { calls: 1 });
    await expect(longcat).toHaveNoUnmatchedRequests();
    if (process.env.MOCK_PORT) expect(new URL(longcatMock.url).port).toBe(process.env.MOCK_PORT);
  });
}

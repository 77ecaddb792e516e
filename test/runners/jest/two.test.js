const { default: OpenAI } = require('openai');
const { useLongCat, withLongCat } = require('longcat-mock/jest');

const longcat = useLongCat();

async function ask(session, content) {
  const client = new OpenAI(session.openai());
  const { choices } = await client.chat.completions.create({
    model: 'LongCat-2.0',
    messages: [{ role: 'user', content }],
  });
  return choices[0].message.content;
}

test('the official client is answered by a fixture of the test', async () => {
  await longcat.use({ id: 'own', respond: { text: 'Mine.' } });

  expect(await ask(longcat, 'hello')).toBe('Mine.');
  await expect(longcat).toHaveReceived({ messages: { last: { text: 'hello' } } }, { calls: 1 });
});

test('the next test has neither the fixture nor the requests', async () => {
  expect(await longcat.requests()).toEqual([]);
  expect(await ask(longcat, 'hello')).not.toBe('Mine.');
});

test.concurrent.each([1, 2, 3, 4])('concurrent test %i has a session of its own', async (number) =>
  withLongCat(async (session) => {
    await session.use({ id: 'own', respond: { text: `Number ${number}.` } });
    expect(await ask(session, `hello ${number}`)).toBe(`Number ${number}.`);
    expect(await session.requests()).toHaveLength(1);
  })());

import { expect, it } from 'vitest';
import { countTokens } from '../../src/generate/tokens.ts';
import { createLongCatMock } from '../../src/index.ts';
import { ask, chatPath, messagesPath } from '../ask.ts';

const contextLength = 1_048_576;
/** What every turn costs besides its text. */
const turn = 4;
const mock = createLongCatMock();

const texts: readonly (readonly [string, string])[] = [
  ['200 KB of one letter', 'a'.repeat(200_000)],
  ['4 MB of one letter', 'a'.repeat(4_000_000)],
  ['4 MB of Chinese', '今天天气很好，我们去公园。'.repeat(110_000)],
  ['1 MB of Chinese', '今天天气很好，我们去公园。'.repeat(27_000)],
  ['8 MB on one line', 'one line and no end of it, '.repeat(300_000)],
  ['2 MB of lone surrogates', '\ud83d'.repeat(700_000)],
  ['4 MB of emoji', '🙂'.repeat(1_000_000)],
  ['2 MB of spaces', ' '.repeat(2_000_000)],
  ['2 MB of line ends', '\n'.repeat(2_000_000)],
];

function say(content: string): object {
  return { messages: [{ role: 'user', content }], max_tokens: 100 };
}

for (const path of [chatPath, messagesPath]) {
  it(`${path} takes as many tokens as the model, and not one more`, async () => {
    const fits = ' word'.repeat(contextLength - turn);
    expect(countTokens(fits)).toBe(contextLength - turn);
    const answered = await ask(say(fits), { mock, path });
    const refused = await ask(say(`${fits} word`), { mock, path });

    const { usage } = await answered.json();
    expect(usage.prompt_tokens ?? usage.input_tokens).toBe(contextLength);
    expect(refused.status).toBe(400);
    expect((await refused.json()).error).toMatchObject({
      code: 'context_length_exceeded',
      message: `The input (${contextLength + 1} tokens) is longer than the model's context length (${contextLength} tokens).`,
    });
  });

  it(`${path} counts a long conversation turn by turn`, async () => {
    const messages = Array.from({ length: 20_000 }, (_, index) => ({
      role: index % 2 === 0 ? 'user' : 'assistant',
      content: ' word'.repeat(40),
    }));
    const { usage } = await (await ask({ messages, max_tokens: 100 }, { mock, path })).json();

    expect(usage.prompt_tokens ?? usage.input_tokens).toBe(20_000 * (40 + turn));
  });

  it.each(texts)(`${path} counts %s as any text`, async (_name, text) => {
    const tokens = turn + countTokens(text);
    for (const stream of [false, true]) {
      const response = await ask({ ...say(text), stream }, { mock, path });
      const body = await response.text();

      expect(response.status).toBe(tokens > contextLength ? 400 : 200);
      expect(body).toMatch(
        tokens > contextLength
          ? `(${tokens} tokens)`
          : new RegExp(`"(prompt|input)_tokens":${tokens},`),
      );
    }
  });
}

it('small requests are answered while a large one is', async () => {
  const order: string[] = [];
  const large = ask(say('one line and no end of it, '.repeat(300_000)), { mock });
  const small = (async () => {
    for (let round = 0; round < 3; round += 1) await ask(say('Hello!'), { mock });
    order.push('small');
  })();
  await Promise.all([large.then(() => order.push('large')), small]);

  expect(order).toEqual(['small', 'large']);
});

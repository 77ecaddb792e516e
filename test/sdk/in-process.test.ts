import { expect, it } from 'vitest';
import { createLongCatMock } from '../../src/index.ts';
import { anthropicInProcess, anthropicVersions } from './anthropic/clients.ts';
import { openaiInProcess, openaiVersions } from './openai/clients.ts';
import { collect, model } from './versions.ts';

const question = { model, messages: [{ role: 'user' as const, content: 'What is a long cat?' }] };

it.each(openaiVersions)('%s needs no port to ask and to stream', async (_version, OpenAI) => {
  const paths: string[] = [];
  const mock = createLongCatMock({ report: ({ path }) => paths.push(path) });
  const client = openaiInProcess(OpenAI, mock);

  const whole = await client.chat.completions.create(question);
  const chunks = await collect(await client.chat.completions.create({ ...question, stream: true }));

  const pieces = chunks.map(({ choices }) => choices[0]?.delta.content ?? '');
  expect(pieces.join('')).toBe(whole.choices[0]?.message.content);
  expect(pieces.join('')).toMatch(/^[A-Z].+\.$/);
  expect(paths).toEqual(['/openai/chat/completions', '/openai/chat/completions']);
});

it.each(anthropicVersions)('%s needs no port to ask and to stream', async (_version, Anthropic) => {
  const paths: string[] = [];
  const mock = createLongCatMock({ report: ({ path }) => paths.push(path) });
  const { messages } = anthropicInProcess(Anthropic, mock);

  const whole = await messages.create({ ...question, max_tokens: 1000 });
  const streamed = await messages.stream({ ...question, max_tokens: 1000 }).finalText();

  expect(whole.content).toEqual([{ type: 'text', text: streamed }]);
  expect(streamed).toMatch(/^[A-Z].+\.$/);
  expect(paths).toEqual(['/anthropic/v1/messages', '/anthropic/v1/messages']);
});

it('a refusal reaches the clients without a port too', async () => {
  const mock = createLongCatMock({ acceptKeys: ['good key'] });
  for (const [, OpenAI] of openaiVersions) {
    await expect(
      openaiInProcess(OpenAI, mock).chat.completions.create(question),
    ).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
  }
  for (const [, Anthropic] of anthropicVersions) {
    await expect(
      anthropicInProcess(Anthropic, mock).messages.create({ ...question, max_tokens: 9 }),
    ).rejects.toBeInstanceOf(Anthropic.AuthenticationError);
  }
});

it.each(openaiVersions)('%s reads other words from another seed alone', async (_v, OpenAI) => {
  const [first, second] = await Promise.all(
    [createLongCatMock(), createLongCatMock()].map((mock) =>
      openaiInProcess(OpenAI, mock).chat.completions.create(question),
    ),
  );
  const other = await openaiInProcess(
    OpenAI,
    createLongCatMock({ seed: 'other' }),
  ).chat.completions.create(question);

  expect(first?.choices).toEqual(second?.choices);
  expect(other.choices[0]?.message.content).not.toBe(first?.choices[0]?.message.content);
});

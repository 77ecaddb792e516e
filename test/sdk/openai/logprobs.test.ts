import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChatCompletion, type ChatLogprobs } from '../../../src/contract/openai/response.ts';
import { ChatChunk } from '../../../src/contract/openai/stream.ts';
import { type RunningLongCatMock, startLongCatMock } from '../../../src/index.ts';
import { collect, model } from '../versions.ts';
import { openaiClient, openaiVersions } from './clients.ts';

let mock: RunningLongCatMock;

beforeAll(async () => {
  mock = await startLongCatMock({ port: 0 });
});
afterAll(() => mock.close());

/** Chinese, so that a token is not as long in bytes as in characters. */
const question = {
  model,
  messages: [{ role: 'user' as const, content: '长猫是什么？' }],
  logprobs: true,
};

function spell(logprobs: ChatLogprobs | null | undefined): string {
  return (logprobs?.content ?? []).map(({ token }) => token).join('');
}

it.each(openaiVersions)('%s reads tokens that spell the content', async (_version, OpenAI) => {
  const completion = await openaiClient(OpenAI, mock).chat.completions.create({
    ...question,
    top_logprobs: 3,
  });

  const choice = ChatCompletion.parse(completion).choices[0];
  expect(spell(choice?.logprobs)).toBe(choice?.message.content);
  expect(choice?.logprobs?.refusal).toBeNull();
  for (const { token, bytes, logprob, top_logprobs } of choice?.logprobs?.content ?? []) {
    expect(bytes).toEqual([...Buffer.from(token)]);
    expect(logprob).toBeLessThanOrEqual(0);
    expect(top_logprobs).toHaveLength(3);
    expect(top_logprobs[0]).toEqual({ token, bytes, logprob });
    const ranked = top_logprobs.map((alternative) => alternative.logprob);
    expect(ranked).toEqual(ranked.toSorted((left, right) => right - left));
  }
});

it.each(openaiVersions)('%s without top_logprobs reads no alternatives', async (_v, OpenAI) => {
  const completion = await openaiClient(OpenAI, mock).chat.completions.create(question);

  const choice = ChatCompletion.parse(completion).choices[0];
  expect(spell(choice?.logprobs)).toBe(choice?.message.content);
  const alternatives = choice?.logprobs?.content?.flatMap(({ top_logprobs }) => top_logprobs);
  expect(alternatives).toEqual([]);
});

it.each(openaiVersions)('%s without logprobs reads null', async (_version, OpenAI) => {
  const completion = await openaiClient(OpenAI, mock).chat.completions.create({
    ...question,
    logprobs: false,
  });

  expect(completion.choices[0]?.logprobs).toBeNull();
});

it.each(
  openaiVersions,
)('%s streams with each piece the tokens that spell it', async (_v, OpenAI) => {
  const client = openaiClient(OpenAI, mock);
  const whole = await client.chat.completions.create({ ...question, top_logprobs: 2 });

  const stream = await client.chat.completions.create({
    ...question,
    top_logprobs: 2,
    stream: true,
  });
  const chunks = (await collect(stream)).map((chunk) => ChatChunk.parse(chunk));

  const choices = chunks.flatMap((chunk) => chunk.choices);
  const spoken = choices.filter(({ delta }) => delta.content);
  expect(spoken.length).toBeGreaterThan(5);
  for (const { delta, logprobs } of spoken) expect(spell(logprobs)).toBe(delta.content);
  expect(choices.filter(({ delta, logprobs }) => logprobs && !delta.content)).toEqual([]);
  expect(choices.flatMap(({ logprobs }) => logprobs?.content ?? [])).toEqual(
    whole.choices[0]?.logprobs?.content,
  );
});

it.each(
  openaiVersions,
)('%s .stream() gathers the logprobs of the whole answer', async (_v, OpenAI) => {
  const client = openaiClient(OpenAI, mock);
  const whole = await client.chat.completions.create({ ...question, top_logprobs: 2 });

  const streamed = await client.chat.completions
    .stream({ ...question, top_logprobs: 2 })
    .finalChatCompletion();

  expect(streamed.choices[0]?.logprobs?.content).toEqual(whole.choices[0]?.logprobs?.content);
});

import { zodResponseFormat as zodResponseFormatV7 } from 'openai/helpers/zod';
import { zodResponseFormat as zodResponseFormatV6 } from 'openai-6/helpers/zod';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod/v3';
import { type RunningLongCatMock, startLongCatMock } from '../../../src/index.ts';
import { collect, model } from '../versions.ts';
import { openaiClient, openaiVersions } from './clients.ts';

let mock: RunningLongCatMock;

beforeAll(async () => {
  mock = await startLongCatMock({ port: 0 });
});
afterAll(() => mock.close());

const question = { model, messages: [{ role: 'user' as const, content: 'Describe a cat.' }] };

const Cat = z
  .object({
    name: z.string(),
    lives: z.number().int().min(1).max(9),
    temper: z.enum(['calm', 'wild']),
    owner: z.object({ email: z.string() }).strict().nullable(),
    toys: z.array(z.object({ kind: z.literal('ball'), round: z.boolean() }).strict()),
  })
  .strict();

/** The cast lets one test drive both: each major's helper makes a type of its own. */
function formatOf(version: string) {
  return version === 'openai 7'
    ? zodResponseFormatV7(Cat, 'cat')
    : (zodResponseFormatV6(Cat, 'cat') as unknown as ReturnType<
        typeof zodResponseFormatV7<typeof Cat>
      >);
}

it.each(openaiVersions)('%s gets one JSON object with json_object', async (_version, OpenAI) => {
  const completion = await openaiClient(OpenAI, mock).chat.completions.create({
    ...question,
    response_format: { type: 'json_object' },
  });

  const [choice] = completion.choices;
  expect(choice?.finish_reason).toBe('stop');
  expect(JSON.parse(choice?.message.content ?? '')).toEqual({ answer: expect.any(String) });
});

it.each(openaiVersions)('%s parses what a zod schema asks for', async (version, OpenAI) => {
  const completion = await openaiClient(OpenAI, mock).chat.completions.parse({
    ...question,
    response_format: formatOf(version),
  });

  const message = completion.choices[0]?.message;
  expect(Cat.parse(message?.parsed)).toEqual(JSON.parse(message?.content ?? ''));
});

it.each(openaiVersions)('%s parses the same value from a stream', async (version, OpenAI) => {
  const client = openaiClient(OpenAI, mock);
  const request = { ...question, response_format: formatOf(version) };
  const whole = await client.chat.completions.parse(request);

  const streamed = await client.chat.completions.stream(request).finalChatCompletion();

  expect(Cat.parse(streamed.choices[0]?.message.parsed)).toEqual(whole.choices[0]?.message.parsed);
});

it.each(openaiVersions)('%s streams JSON in pieces that spell it', async (_version, OpenAI) => {
  const schema = { type: 'array', items: { type: 'integer', minimum: 5 }, minItems: 3 };
  const response_format = {
    type: 'json_schema' as const,
    json_schema: { name: 'numbers', schema },
  };
  const stream = await openaiClient(OpenAI, mock).chat.completions.create({
    ...question,
    response_format,
    stream: true,
  });

  const chunks = await collect(stream);

  const pieces = chunks.flatMap(({ choices }) => choices[0]?.delta.content || []);
  expect(
    z
      .array(z.number().int().min(5))
      .min(3)
      .parse(JSON.parse(pieces.join(''))),
  ).toBeTruthy();
});

it.each(openaiVersions)('%s cannot parse JSON that max_tokens cut', async (version, OpenAI) => {
  const client = openaiClient(OpenAI, mock);
  const request = { ...question, response_format: formatOf(version), max_tokens: 6 };

  await expect(client.chat.completions.parse(request)).rejects.toThrow(
    /^Could not parse response content as the length limit was reached/,
  );
  await expect(client.chat.completions.stream(request).finalChatCompletion()).rejects.toThrow(
    /^Could not parse response content as the length limit was reached/,
  );
});

import { zodFunction as zodFunctionV7 } from 'openai/helpers/zod';
import { zodFunction as zodFunctionV6 } from 'openai-6/helpers/zod';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod/v3';
import { type RunningLongCatMock, startLongCatMock } from '../../../src/index.ts';
import { model } from '../versions.ts';
import { openaiClient, openaiVersions } from './clients.ts';

let mock: RunningLongCatMock;
let nullless: RunningLongCatMock;

beforeAll(async () => {
  mock = await startLongCatMock({ port: 0 });
  nullless = await startLongCatMock({ port: 0, quirks: { 'tool-delta-nulls': false } });
});
afterAll(() => Promise.all([mock.close(), nullless.close()]));

const Place = z.object({ city: z.string().min(1) }).strict();

/** Tools that note what they were called with. */
function createTools() {
  const calls: unknown[] = [];
  const parameters = {
    type: 'object' as const,
    properties: { city: { type: 'string', minLength: 1 } },
    required: ['city'],
    additionalProperties: false,
  };
  const tool = (name: string) => ({
    type: 'function' as const,
    function: {
      name,
      description: `Calls ${name}.`,
      parameters,
      parse: (input: string) => Place.parse(JSON.parse(input)),
      function: (place: z.infer<typeof Place>) => {
        calls.push({ name, ...place });
        return `${name} says 18 degrees.`;
      },
    },
  });
  return { calls, tools: [tool('get_weather'), tool('get_time')] };
}

function question(content: string) {
  return { model, messages: [{ role: 'user' as const, content }] };
}

it.each(openaiVersions)('%s runTools calls the tool once and ends in words', async (_v, OpenAI) => {
  const { calls, tools } = createTools();

  const runner = openaiClient(OpenAI, mock).chat.completions.runTools({
    ...question('How warm is it? Use get_weather.'),
    tools,
  });

  expect(await runner.finalContent()).toMatch(/^[A-Z].+\.$/);
  expect(calls).toEqual([{ name: 'get_weather', city: expect.stringMatching(/./) }]);
  expect(runner.messages.map(({ role }) => role)).toEqual([
    'user',
    'assistant',
    'tool',
    'assistant',
  ]);
  expect(await runner.finalFunctionToolCallResult()).toBe('get_weather says 18 degrees.');
  expect(runner.allChatCompletions().map(({ choices }) => choices[0]?.finish_reason)).toEqual([
    'tool_calls',
    'stop',
  ]);
});

it.each(openaiVersions)('%s runTools answers parallel calls in one turn', async (_v, OpenAI) => {
  const { calls, tools } = createTools();

  const runner = openaiClient(OpenAI, mock).chat.completions.runTools({
    ...question('Use get_time and get_weather.'),
    tools,
  });
  await runner.done();

  expect(calls).toMatchObject([{ name: 'get_time' }, { name: 'get_weather' }]);
  expect(runner.messages.map(({ role }) => role)).toEqual([
    'user',
    'assistant',
    'tool',
    'tool',
    'assistant',
  ]);
});

it.each(
  openaiVersions,
)('%s runTools with a required call ends in words too', async (_v, OpenAI) => {
  const { calls, tools } = createTools();

  const runner = openaiClient(OpenAI, mock).chat.completions.runTools({
    ...question('How warm is it?'),
    tools,
    tool_choice: 'required',
  });

  expect(await runner.finalContent()).toMatch(/\.$/);
  expect(calls).toHaveLength(1);
});

it.each(
  openaiVersions,
)('%s streaming runTools calls the tool once and ends in words', async (_v, OpenAI) => {
  const { calls, tools } = createTools();
  const pieces: string[] = [];

  const runner = openaiClient(OpenAI, mock).chat.completions.runTools({
    ...question('How warm is it? Use get_weather.'),
    tools,
    stream: true,
  });
  runner.on('content', (piece) => pieces.push(piece));

  expect(await runner.finalContent()).toBe(pieces.join(''));
  expect(pieces.join('')).toMatch(/^[A-Z].+\.$/);
  expect(calls).toEqual([{ name: 'get_weather', city: expect.stringMatching(/./) }]);
  expect(runner.messages.map(({ role }) => role)).toEqual([
    'user',
    'assistant',
    'tool',
    'assistant',
  ]);
});

const placeTool = { name: 'get_weather', parameters: Place };

/** The cast lets one test drive both: each major's helper makes a type of its own. */
function placeToolOf(version: string) {
  const tool = zodFunctionV7(placeTool);
  return version === 'openai 7' ? tool : (zodFunctionV6(placeTool) as unknown as typeof tool);
}

it.each(openaiVersions)('%s parses the arguments of a zod tool', async (version, OpenAI) => {
  const completion = await openaiClient(OpenAI, mock).chat.completions.parse({
    ...question('Use get_weather.'),
    tools: [placeToolOf(version)],
  });

  const [call] = completion.choices[0]?.message.tool_calls ?? [];
  expect(call).toMatchObject({ function: { parsed_arguments: { city: expect.any(String) } } });
});

it.each(
  openaiVersions,
)('%s .stream() parses a zod tool’s arguments without nulls', async (version, OpenAI) => {
  const streamed = await openaiClient(OpenAI, nullless)
    .chat.completions.stream({ ...question('Use get_weather.'), tools: [placeToolOf(version)] })
    .finalChatCompletion();

  const [call] = streamed.choices[0]?.message.tool_calls ?? [];
  expect(call).toMatchObject({ function: { parsed_arguments: { city: expect.any(String) } } });
});

/** What LongCat really sends breaks this one helper of the newest major. */
it.each([
  ['openai 7', 'Chat completion stream contains a changed tool call identity'],
  ['openai 6', undefined],
])('%s .stream() of a zod tool with nulls fails with %j', async (version, failure) => {
  const [, OpenAI] = openaiVersions.find(([name]) => name === version) ?? [];
  if (!OpenAI) throw new Error(`No client is named "${version}".`);

  const streamed = openaiClient(OpenAI, mock)
    .chat.completions.stream({ ...question('Use get_weather.'), tools: [placeToolOf(version)] })
    .finalChatCompletion();

  const outcome = await streamed.then(
    () => undefined,
    (error: Error) => error.message,
  );
  expect(outcome).toBe(failure);
});

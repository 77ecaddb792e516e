import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChatCompletion } from '../../../src/contract/openai/response.ts';
import { countTokens } from '../../../src/generate/tokens.ts';
import { frozenClock, type RunningLongCatMock, startLongCatMock } from '../../../src/index.ts';
import { cross, model } from '../versions.ts';
import { openaiClient, openaiVersions } from './clients.ts';

let mock: RunningLongCatMock;

beforeAll(async () => {
  mock = await startLongCatMock({ port: 0, clock: frozenClock(1_788_243_528_999) });
});
afterAll(() => mock.close());

const messages = [{ role: 'user' as const, content: 'What is a long cat?' }];
type Client = ReturnType<typeof openaiClient>;

/** A whole answer, as its published schema has it. */
async function ask(client: Client, members: object = {}): Promise<ChatCompletion> {
  return ChatCompletion.parse(
    await client.chat.completions.create({ model, messages, ...members, stream: false }),
  );
}

function only({ choices }: ChatCompletion) {
  expect(choices).toHaveLength(1);
  const [choice] = choices;
  if (!choice) throw new Error('No choice.');
  return choice;
}

function textOf(completion: ChatCompletion): string {
  return only(completion).message.content ?? '';
}

it.each(openaiVersions)('%s reads the same answer on both base URLs', async (_version, OpenAI) => {
  const [short, long] = ['/openai', '/openai/v1'].map((path) =>
    openaiClient(OpenAI, mock, { baseURL: mock.url + path, fetch }),
  ) as [Client, Client];

  const completion = await ask(short);

  expect(completion).toMatchObject({
    object: 'chat.completion',
    created: 1_788_243_528,
    model,
    choices: [{ delta: null, index: 0, finish_reason: 'stop', matched_stop: 2, logprobs: null }],
    lastOne: false,
  });
  expect(textOf(completion)).toMatch(/^[A-Z].+\.$/);
  expect({ ...(await ask(long)), id: completion.id }).toEqual(completion);
});

it.each(openaiVersions)('%s reads usage that adds up', async (_version, OpenAI) => {
  const client = openaiClient(OpenAI, mock);
  const completion = await ask(client);
  const longer = [{ role: 'user', content: 'What is a long cat? Tell me.' }];

  const { message } = only(completion);
  const reasoning = countTokens(message.reasoning_content ?? '');
  const output = reasoning + countTokens(message.content ?? '');
  expect(reasoning).toBeGreaterThan(0);
  expect(completion.usage).toMatchObject({
    prompt_tokens: (await ask(client, { messages: longer })).usage.prompt_tokens - 3,
    completion_tokens: output,
    total_tokens: completion.usage.prompt_tokens + output,
    completion_tokens_details: { reasoning_tokens: reasoning },
    prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
  });
});

it.each(openaiVersions)('%s reads reasoning that begins with a newline', async (_v, OpenAI) => {
  const { message } = only(await ask(openaiClient(OpenAI, mock)));

  expect(message.reasoning_content).toMatch(/^\nThe user says: "What is a long cat\?"\n\n/);
});

const unthinking: readonly (readonly [string, object])[] = [
  ['thinking.type disabled', { thinking: { type: 'disabled' } }],
  ['enable_thinking false', { enable_thinking: false }],
  ['reasoning_effort none', { reasoning_effort: 'none' }],
];

it.each(
  cross(openaiVersions, unthinking),
)('%s with %s gets the same words and no reasoning', async (_v, _name, OpenAI, members) => {
  const client = openaiClient(OpenAI, mock);

  const completion = await ask(client, members);

  expect(only(completion).message).toEqual({
    role: 'assistant',
    content: textOf(await ask(client)),
  });
  expect(completion.usage.completion_tokens_details.reasoning_tokens).toBe(0);
});

it.each(openaiVersions)('%s gets a Chinese answer to a Chinese question', async (_v, OpenAI) => {
  const question = [{ role: 'user', content: '长猫是什么？' }];

  const { message } = only(await ask(openaiClient(OpenAI, mock), { messages: question }));

  expect(message.content).toMatch(/^[\u3000-\u9fff\uff00-\uffef]+。$/);
  expect(message.reasoning_content).toMatch(/^\n用户说：“长猫是什么？”\n\n/);
});

it.each(openaiVersions)('%s gets three different choices with n=3', async (_version, OpenAI) => {
  const client = openaiClient(OpenAI, mock);

  const { choices, usage } = await ask(client, { n: 3 });

  const texts = choices.map(({ message }) => message.content ?? '');
  const thoughts = choices.map(({ message }) => message.reasoning_content ?? '');
  expect(choices.map(({ index }) => index)).toEqual([0, 1, 2]);
  expect(new Set(texts).size).toBe(3);
  expect(texts[0]).toBe(textOf(await ask(client)));
  expect(usage.completion_tokens).toBe(
    [...texts, ...thoughts].reduce((sum, text) => sum + countTokens(text), 0),
  );
});

it.each(openaiVersions)('%s gets the content before a stop string', async (_version, OpenAI) => {
  const client = openaiClient(OpenAI, mock);
  const whole = textOf(await ask(client));
  const stop = whole.slice(20, 50);

  const completion = await ask(client, { stop: ['never said', stop] });

  expect(only(completion)).toMatchObject({
    finish_reason: 'stop',
    matched_stop: stop,
    message: { content: whole.slice(0, whole.indexOf(stop)) },
  });
});

it.each(
  openaiVersions,
)('%s with stop as a string, and one said only in the reasoning, gets all', async (_v, OpenAI) => {
  const client = openaiClient(OpenAI, mock);
  const whole = only(await ask(client));

  expect(only(await ask(client, { stop: 'The user says' }))).toEqual(whole);
});

it.each(openaiVersions)('%s with max_tokens gets exactly so many', async (_version, OpenAI) => {
  const client = openaiClient(OpenAI, mock);
  const whole = textOf(await ask(client));

  const completion = await ask(client, { max_tokens: 20 });

  const { finish_reason, matched_stop } = only(completion);
  expect(finish_reason).toBe('length');
  expect(matched_stop).toBeNull();
  expect(completion.usage.completion_tokens).toBe(20);
  expect(completion.usage.completion_tokens_details.reasoning_tokens).toBe(10);
  expect(countTokens(textOf(completion))).toBe(10);
  expect(whole.startsWith(textOf(completion))).toBe(true);
});

const limits: readonly (readonly [string, object, number])[] = [
  ['max_completion_tokens below max_tokens', { max_tokens: 40, max_completion_tokens: 12 }, 12],
  ['max_completion_tokens above max_tokens', { max_tokens: 12, max_completion_tokens: 14 }, 14],
  ['max_tokens 0', { max_tokens: 0 }, 0],
  ['max_completion_tokens 0', { max_completion_tokens: 0 }, 0],
  ['max_tokens 1', { max_tokens: 1 }, 1],
];

it.each(
  cross(openaiVersions, limits),
)('%s with %s is cut at the limit', async (_v, _name, OpenAI, members, tokens) => {
  const completion = await ask(openaiClient(OpenAI, mock), members);

  expect(completion.usage.completion_tokens).toBe(tokens);
  expect(only(completion).finish_reason).toBe('length');
  expect(countTokens(textOf(completion))).toBe(Math.ceil(tokens / 2));
});

it.each(openaiVersions)('%s accepts members set to null and unknown ones', async (_v, OpenAI) => {
  const client = openaiClient(OpenAI, mock);
  const nulls = {
    stop: null,
    temperature: null,
    max_tokens: null,
    top_p: null,
    stream_options: null,
  };

  const completion = await ask(client, { ...nulls, vendor: { deep: [1] }, temperature: 1.9 });

  expect(textOf(completion)).toBe(textOf(await ask(client)));
});

it.each(
  openaiVersions,
)('%s gets an id of its own for each of equal requests', async (_v, OpenAI) => {
  const client = openaiClient(OpenAI, mock);

  const answers = await Promise.all(Array.from({ length: 8 }, () => ask(client)));

  expect(new Set(answers.map(({ id }) => id)).size).toBe(8);
  expect(new Set(answers.map(textOf)).size).toBe(1);
});

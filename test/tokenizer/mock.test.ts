import { expect, it } from 'vitest';
import { openai } from '../../src/dialect/openai/index.ts';
import { createEngine } from '../../src/engine/engine.ts';
import { createLongCatMock, type LongCatMock, startLongCatMock } from '../../src/index.ts';
import { loadCount } from '../../src/tokenizer/load.ts';
import { ask, chatPath, hello, messagesPath, readChunks, readEvents } from '../ask.ts';
import { writeTokenizer } from './byte-level.ts';
import { writeFile } from './files.ts';

const tokenizer = writeFile(writeTokenizer());
const count = loadCount(writeTokenizer());
const contextLength = 1_048_576;
/** What every turn costs besides its text. */
const turn = 4;

const mock = createLongCatMock({ tokenizer });

function say(content: string): object {
  return { messages: [{ role: 'user', content }] };
}

interface ChatBody {
  readonly choices: readonly {
    readonly finish_reason: string;
    readonly message: {
      readonly content: string | null;
      readonly reasoning_content?: string;
      readonly tool_calls?: readonly { function: { name: string; arguments: string } }[];
    };
  }[];
  readonly usage: {
    readonly prompt_tokens: number;
    readonly completion_tokens: number;
    readonly total_tokens: number;
    readonly completion_tokens_details: { readonly reasoning_tokens: number };
  };
}

async function chat(body: object, on: LongCatMock = mock): Promise<ChatBody> {
  return (await ask(body, { mock: on })).json();
}

it('a chat counts its prompt and each choice by the tokenizer', async () => {
  const { choices, usage } = await chat({ ...say('hello wor'), n: 3 });
  const thoughts = choices.map(({ message }) => count(message.reasoning_content ?? ''));
  const words = choices.map(({ message }) => count(message.content ?? ''));
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number);

  expect(usage).toMatchObject({
    prompt_tokens: 2 + turn,
    completion_tokens: sum(thoughts) + sum(words),
    total_tokens: 2 + turn + sum(thoughts) + sum(words),
    completion_tokens_details: { reasoning_tokens: sum(thoughts) },
  });
});

it('a call counts its name and its arguments', async () => {
  const parameters = {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
  };
  const tools = [{ type: 'function', function: { name: 'get_weather', parameters } }];
  const { choices, usage } = await chat({ tools, tool_choice: 'required', enable_thinking: false });
  const [call] = choices[0]?.message.tool_calls ?? [];

  expect(usage.completion_tokens).toBe(
    count(call?.function.name ?? '') + count(call?.function.arguments ?? ''),
  );
});

it.each([true, false])('a message counts the same, streamed (%s) or whole', async (stream) => {
  const body = { ...say('hello wor'), thinking: { type: 'enabled' } };
  const response = await ask(body, { mock, path: messagesPath });
  const { content, usage } = await response.json();
  const [thoughts, words] = [count(content[0].thinking), count(content[1].text)];
  expect(usage).toMatchObject({ input_tokens: 2 + turn, output_tokens: thoughts + words });

  const events = await readEvents(await ask({ ...body, stream }, { mock, path: messagesPath }));
  if (!stream) return;
  const [start, ...later] = events.map(({ data }) => JSON.parse(data));
  const delta = later.find(({ type }) => type === 'message_delta');
  expect(start.message.usage.input_tokens).toBe(usage.input_tokens);
  expect(delta.usage.output_tokens).toBe(usage.output_tokens);
});

it('a chat counts the same streamed as whole', async () => {
  const { usage } = await chat(say('hello wor'));
  const chunks = await readChunks(await ask({ ...say('hello wor'), stream: true }, { mock }));

  expect(chunks.at(-1)).toMatchObject({ usage });
});

it('the words are those that an estimating mock says', async () => {
  const [exact, estimated] = [await chat({}), await chat({}, createLongCatMock())];

  expect(exact.choices).toEqual(estimated.choices);
  expect(exact.usage.completion_tokens).toBeGreaterThan(estimated.usage.completion_tokens);
});

it.each([
  0, 1, 2, 7, 50, 100, 200, 400, 1000,
])('usage stays within max_tokens of %d, and is that where it cuts', async (limit) => {
  const { choices, usage } = await chat({ max_tokens: limit });
  const { reasoning_tokens: reasoning } = usage.completion_tokens_details;

  expect(usage.completion_tokens).toBeLessThanOrEqual(limit);
  expect(reasoning).toBeLessThanOrEqual(usage.completion_tokens);
  if (choices[0]?.finish_reason === 'length') expect(usage.completion_tokens).toBe(limit);
});

it('reasoning stays within its budget', async () => {
  const { usage } = await chat({ thinking_budget: 3 });

  expect(usage.completion_tokens_details.reasoning_tokens).toBe(3);
});

it('hidden reasoning is used all the same', async () => {
  const thinking = { type: 'enabled', display: 'omitted' };
  const response = await ask({ thinking }, { mock, path: messagesPath });
  const { content, usage } = await response.json();

  expect(content[0].thinking).toBe('');
  expect(usage.output_tokens).toBeGreaterThan(count(content[1].text));
});

it.each([
  chatPath,
  messagesPath,
])('%s takes as many tokens as the model, and not one more', async (path) => {
  const fits = 'b'.repeat(contextLength - turn);
  const answered = await ask({ ...say(fits), max_tokens: 1 }, { mock, path });
  const refused = await ask(say(`${fits}b`), { mock, path });

  expect(answered.status).toBe(200);
  expect(refused.status).toBe(400);
  expect((await refused.json()).error).toMatchObject({
    code: 'context_length_exceeded',
    message: expect.stringContaining('(1048577 tokens)'),
  });
});

it('a tokenizer that cannot be used is a 500 that says why, and the mock goes on', async () => {
  const broken = createLongCatMock({ tokenizer: '/nowhere/tokenizer.json' });
  for (const path of [chatPath, messagesPath]) {
    const response = await ask({}, { mock: broken, path });

    expect(response.status).toBe(500);
    expect(response.headers.get('x-should-retry')).toBe('false');
    expect(response.headers.get('x-longcat-mock-hint')).toMatch(/ENOENT.*Without --tokenizer/);
    expect((await response.json()).error.code).toBe('internal_error');
  }
  expect((await broken.fetch('http://localhost/health')).status).toBe(200);
});

it('a mock that listens refuses such a tokenizer before it does', async () => {
  await expect(startLongCatMock({ port: 0, tokenizer: '/nowhere.json' })).rejects.toMatchObject({
    name: 'MockError',
    code: 'invalid-config',
  });
});

it('close ends the tokenizer of a mock that listens', async () => {
  const listening = await startLongCatMock({ port: 0, tokenizer });
  const { fetch, close } = listening;
  expect((await ask({}, { mock: listening })).status).toBe(200);
  await close();

  expect((await ask({}, { mock: { fetch } })).status).toBe(500);
});

it('a count that fails after the words are made is a failure too', async () => {
  let calls = 0;
  const engine = createEngine({
    counter: {
      async count(texts) {
        calls += 1;
        if (calls > 1) throw new Error('out of luck');
        return texts.map(() => 1);
      },
    },
  });
  const body = hello;
  const prompt = openai.decode(body);
  const subject = { api: 'openai', prompt, body, headers: new Headers() } as const;
  const answer = await engine.answer({
    subject,
    session: 'default',
    request: 1,
    key: 1,
    wishes: {},
    attempt: 0,
  });

  expect(answer).toMatchObject({
    kind: 'failure',
    failure: { name: 'internal_error', hint: expect.stringContaining('out of luck') },
  });
});

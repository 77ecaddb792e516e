import { expect, it } from 'vitest';
import type { Prompt } from '../../src/exchange/prompt.ts';
import type { Choice } from '../../src/exchange/reply.ts';
import { identify } from '../../src/generate/identity.ts';
import { createRandom } from '../../src/generate/random.ts';
import { createGenerator } from '../../src/generate/reply.ts';
import { countTokens } from '../../src/generate/tokens.ts';

const generator = createGenerator();

const base: Prompt = {
  model: 'LongCat-2.0',
  streamed: false,
  messages: [{ role: 'user', text: 'Hello!' }],
  tools: [],
  toolChoice: { mode: 'auto' },
  parallelToolCalls: true,
  thinking: { on: true },
  maxTokens: 32_768,
  stop: [],
  format: { kind: 'text' },
  choices: 1,
  usageAsked: false,
};

async function generate(overrides: Partial<Prompt> = {}, seed = '') {
  const prompt = { ...base, ...overrides };
  const identity = identify(prompt, seed);
  return generator.generate(prompt, { identity, ids: createRandom(1), inputTokens: 7 });
}

async function answer(overrides: Partial<Prompt> = {}, seed = ''): Promise<Choice> {
  const [choice] = (await generate(overrides, seed)).choices;
  if (!choice) throw new Error('No choice.');
  return choice;
}

it('one seed gives one text, another seed another', async () => {
  expect(await answer()).toEqual(await answer());
  expect((await answer({}, 'b')).text).not.toBe((await answer({}, 'a')).text);
});

it('another conversation gets other words', async () => {
  const other = await answer({ messages: [{ role: 'user', text: 'Hello?' }] });

  expect(other.text).not.toBe((await answer()).text);
});

it('streaming, thinking and the number of choices leave the words as they are', async () => {
  const { text } = await answer();

  expect((await answer({ streamed: true })).text).toBe(text);
  expect((await answer({ thinking: { on: false } })).text).toBe(text);
  expect((await answer({ choices: 3 })).text).toBe(text);
});

it('several choices say different things', async () => {
  const { choices } = await generate({ choices: 3 });

  expect(new Set(choices.map(({ text }) => text)).size).toBe(3);
});

it('an answer that the client has begun goes on without an opening', async () => {
  const begun = { role: 'assistant', text: 'The answer is' } as const;
  const { text } = await answer({ messages: [...base.messages, begun] });

  expect(text).toMatch(/^ [A-Z]/);
});

it.each([
  ['Hello, please introduce yourself.', /^[\x20-\x7e]+$/],
  ['你好，请介绍一下你自己', /^[\u4e00-\u9fff，。]+$/],
  ['Translate 你好 to English, please, and explain it.', /^[\x20-\x7e]+$/],
])('%j is answered in its language', async (text, language) => {
  expect((await answer({ messages: [{ role: 'user', text }] })).text).toMatch(language);
});

it('reasoning begins with a newline and quotes the question', async () => {
  expect((await answer()).thinking?.text).toMatch(/^\nThe user says: "Hello!"\n\n./);
});

it('without thinking there is no reasoning and none is counted', async () => {
  const { choices, usage } = await generate({ thinking: { on: false } });

  expect(choices[0]).toMatchObject({ thinking: undefined });
  expect(usage.reasoning).toBe(0);
});

it('hidden thinking is counted, signed and empty', async () => {
  const { choices, usage } = await generate({ thinking: { on: true, hidden: true } });

  expect(choices[0]?.thinking?.text).toBe('');
  expect(choices[0]?.thinking?.signature).toMatch(/^[0-9a-f]{64}$/);
  expect(usage.reasoning).toBeGreaterThan(0);
});

it('a thinking budget bounds the reasoning', async () => {
  expect((await generate({ thinking: { on: true, budget: 5 } })).usage.reasoning).toBe(5);
});

it.each([
  0, 1, 2, 3, 10, 31,
])('a limit of %i tokens is used up and never exceeded', async (maxTokens) => {
  const { choices, usage } = await generate({ maxTokens });
  const [choice] = choices;

  expect(usage.output).toBe(maxTokens);
  expect(usage.reasoning).toBe(Math.floor(maxTokens / 2));
  expect(countTokens(choice?.text ?? '')).toBe(maxTokens - Math.floor(maxTokens / 2));
  expect(choice?.stop).toEqual({ kind: 'limit' });
});

it('a limit cuts the same words', async () => {
  const whole = await answer({ thinking: { on: false } });
  const cut = await answer({ thinking: { on: false }, maxTokens: 5 });

  expect(whole.text?.startsWith(cut.text ?? '-')).toBe(true);
  expect(cut.text).not.toBe('');
});

it('an answer that just fits ends by itself', async () => {
  const { usage } = await generate({ thinking: { on: false } });
  const exact = await answer({ thinking: { on: false }, maxTokens: usage.output });

  expect(exact.stop).toEqual({ kind: 'end' });
});

it('usage counts what was said', async () => {
  const { choices, usage } = await generate({ choices: 2 });
  const reasoning = choices.map(({ thinking }) => countTokens(thinking?.text ?? ''));
  const texts = choices.map(({ text }) => countTokens(text ?? ''));
  const total = [...reasoning, ...texts].reduce((sum, tokens) => sum + tokens, 0);

  expect(usage).toEqual({
    input: 7,
    cached: 0,
    output: total,
    reasoning: (reasoning[0] ?? 0) + (reasoning[1] ?? 0),
  });
});

it('a stop text ends the content before it, wherever it is', async () => {
  const { text = '' } = await answer();
  const stop = text.slice(10, 14);
  const stopped = await answer({ stop: ['never said', stop] });

  expect(stopped.text).toBe(text.slice(0, text.indexOf(stop)));
  expect(stopped.stop).toEqual({ kind: 'stop-text', text: stop });
});

it('of several stop texts the first to appear counts', async () => {
  const { text = '' } = await answer();
  const stopped = await answer({ stop: [text.slice(20, 25), text.slice(5, 9)] });

  expect(stopped.text).toBe(text.slice(0, text.indexOf(text.slice(5, 9))));
});

it('a stop text does not end the reasoning', async () => {
  const stopped = await answer({ stop: ['The user'] });

  expect(stopped.thinking?.text).toContain('The user');
});

it('a limit before the stop text is the reason to stop', async () => {
  const { text = '' } = await answer({ thinking: { on: false } });
  const cut = await answer({ thinking: { on: false }, maxTokens: 2, stop: [text.slice(-8)] });

  expect(cut.stop).toEqual({ kind: 'limit' });
});

const clock = {
  kind: 'function',
  name: 'get_time',
  schema: {
    type: 'object',
    properties: { zone: { enum: ['UTC'] } },
    required: ['zone'],
    additionalProperties: false,
  },
} as const;

it('a call has arguments that satisfy the tool’s schema, and no text', async () => {
  const called = await answer({
    tools: [clock],
    toolChoice: { mode: 'required' },
  });

  expect(called.text).toBeUndefined();
  expect(called.stop).toEqual({ kind: 'tool-calls' });
  expect(called.toolCalls).toEqual([
    {
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      kind: 'function',
      name: 'get_time',
      input: '{"zone": "UTC"}',
    },
  ]);
});

it('a limit cuts the arguments of a call, as it would a model’s', async () => {
  const thinking = { on: false };
  const { choices, usage } = await generate({
    thinking,
    tools: [clock],
    toolChoice: { mode: 'required' },
    maxTokens: 5,
  });

  expect(usage.output).toBe(5);
  expect(choices[0]?.stop).toEqual({ kind: 'limit' });
  expect('{"zone": "UTC"}'.startsWith(choices[0]?.toolCalls[0]?.input ?? '-')).toBe(true);
});

it('a limit below a call’s name leaves an empty text', async () => {
  const called = await answer({
    thinking: { on: false },
    tools: [clock],
    toolChoice: { mode: 'required' },
    maxTokens: 1,
  });

  expect(called).toMatchObject({ text: '', toolCalls: [], stop: { kind: 'limit' } });
});

it('a JSON object is what json-object asks for', async () => {
  expect(JSON.parse((await answer({ format: { kind: 'json-object' } })).text ?? '')).toBeTypeOf(
    'object',
  );
});

it('a schema that nothing satisfies gets a warning beside the best effort', async () => {
  const format = { kind: 'json-schema', schema: { not: {} } } as const;
  const { choices, warnings } = await generate({ format });

  expect(() => JSON.parse(choices[0]?.text ?? '')).not.toThrow();
  expect(warnings).toEqual([expect.stringMatching(/^response format: ./)]);
});

it('log probabilities spell the text, each with its alternatives, the likeliest first', async () => {
  const { text, logprobs = [] } = await answer({ logprobs: 3 });

  expect(logprobs.map(({ token }) => token).join('')).toBe(text);
  for (const { token, logprob, alternatives } of logprobs) {
    expect(logprob).toBeLessThanOrEqual(0);
    expect(alternatives).toHaveLength(3);
    expect(alternatives[0]).toEqual({ token, logprob });
    const order = alternatives.map((alternative) => alternative.logprob);
    expect(order).toEqual([...order].sort((left, right) => right - left));
  }
});

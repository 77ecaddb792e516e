import { afterAll, beforeAll, expect, it } from 'vitest';
import { Message } from '../../../src/contract/anthropic/response.ts';
import { countTokens } from '../../../src/generate/tokens.ts';
import { type RunningLongCatMock, startLongCatMock } from '../../../src/index.ts';
import { cross, model } from '../versions.ts';
import { anthropicClient, anthropicVersions } from './clients.ts';

let mock: RunningLongCatMock;

beforeAll(async () => {
  mock = await startLongCatMock({ port: 0 });
});
afterAll(() => mock.close());

const messages = [{ role: 'user' as const, content: 'What is a long cat?' }];
type Client = ReturnType<typeof anthropicClient>;

/** A whole answer, as its published schema has it. */
async function ask(client: Client, members: object = {}): Promise<Message> {
  return Message.parse(
    await client.messages.create({
      model,
      messages,
      max_tokens: 1000,
      ...members,
      stream: false,
    }),
  );
}

function textOf({ content }: Message): string {
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}

it.each(anthropicVersions)('%s reads one text block', async (_version, Anthropic) => {
  const client = anthropicClient(Anthropic, mock, { fetch });

  const message = await ask(client);

  expect(message).toEqual({
    id: expect.stringMatching(/^msg_[0-9a-f]{32}$/),
    type: 'message',
    role: 'assistant',
    content: [{ type: 'text', text: expect.stringMatching(/^[A-Z].+\.$/) }],
    model,
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: {
      input_tokens: expect.any(Number),
      cache_read_input_tokens: 0,
      cache_creation_input_tokens: 0,
      output_tokens: countTokens(textOf(message)),
    },
  });
  expect(textOf(await ask(client))).toBe(textOf(message));
});

it.each(
  anthropicVersions,
)('%s gets an id of its own for each of equal requests', async (_v, Anthropic) => {
  const client = anthropicClient(Anthropic, mock);

  const answers = await Promise.all(Array.from({ length: 8 }, () => ask(client)));

  expect(new Set(answers.map(({ id }) => id)).size).toBe(8);
});

const thinking: readonly (readonly [string, object])[] = [
  ['enabled', { type: 'enabled', budget_tokens: 1024 }],
  ['enabled without a budget', { type: 'enabled' }],
  ['adaptive', { type: 'adaptive' }],
  ['between_tools', { type: 'between_tools' }],
];

it.each(
  cross(anthropicVersions, thinking),
)('%s with thinking %s reads a signed thought, then the text', async (_v, _case, Anthropic, wanted) => {
  const client = anthropicClient(Anthropic, mock);

  const message = await ask(client, { thinking: wanted });

  const [thought, text] = message.content;
  expect(message.content).toHaveLength(2);
  expect(thought).toEqual({
    type: 'thinking',
    thinking: expect.stringMatching(/^\nThe user says: "What is a long cat\?"\n\n/),
    signature: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(text).toEqual({ type: 'text', text: textOf(await ask(client)) });
  const reasoning = thought?.type === 'thinking' ? thought.thinking : '';
  expect(message.usage.output_tokens).toBe(countTokens(reasoning) + countTokens(textOf(message)));
});

it.each(anthropicVersions)('%s reads no thought with thinking disabled', async (_v, Anthropic) => {
  const message = await ask(anthropicClient(Anthropic, mock), { thinking: { type: 'disabled' } });

  expect(message.content.map(({ type }) => type)).toEqual(['text']);
});

it.each(
  anthropicVersions,
)('%s with display omitted reads the signature of an empty thought', async (_v, Anthropic) => {
  const client = anthropicClient(Anthropic, mock);
  const shown = await ask(client, { thinking: { type: 'adaptive' } });

  const hidden = await ask(client, { thinking: { type: 'adaptive', display: 'omitted' } });

  expect(hidden.content).toEqual([{ ...shown.content[0], thinking: '' }, shown.content[1]]);
  expect(hidden.usage).toEqual(shown.usage);
});

it.each(anthropicVersions)('%s gets no more thought than budget_tokens', async (_v, Anthropic) => {
  const { content } = await ask(anthropicClient(Anthropic, mock), {
    thinking: { type: 'enabled', budget_tokens: 7 },
  });

  expect(content[0]?.type === 'thinking' && countTokens(content[0].thinking)).toBe(7);
});

it.each(anthropicVersions)('%s gets the text before a stop sequence', async (_v, Anthropic) => {
  const client = anthropicClient(Anthropic, mock);
  const whole = textOf(await ask(client));
  const stop = whole.slice(20, 50);

  const message = await ask(client, { stop_sequences: ['never said', stop] });

  expect(message).toMatchObject({ stop_reason: 'stop_sequence', stop_sequence: stop });
  expect(textOf(message)).toBe(whole.slice(0, whole.indexOf(stop)));
});

const limits: readonly (readonly [string, object, number])[] = [
  ['max_tokens', { max_tokens: 11 }, 11],
  ['max_tokens and thinking', { max_tokens: 22, thinking: { type: 'adaptive' } }, 22],
  ['max_tokens 0', { max_tokens: 0 }, 0],
];

it.each(
  cross(anthropicVersions, limits),
)('%s with %s is cut at the limit', async (_v, _case, Anthropic, members, tokens) => {
  const client = anthropicClient(Anthropic, mock);
  const whole = textOf(await ask(client));

  const message = await ask(client, members);

  expect(message).toMatchObject({ stop_reason: 'max_tokens', stop_sequence: null });
  expect(message.usage.output_tokens).toBe(tokens);
  expect(countTokens(textOf(message))).toBe(Math.min(tokens, 11));
  expect(whole.startsWith(textOf(message))).toBe(true);
});

it.each(anthropicVersions)('%s may leave max_tokens out', async (_version, Anthropic) => {
  const client = anthropicClient(Anthropic, mock);

  expect(textOf(await ask(client, { max_tokens: undefined }))).toBe(textOf(await ask(client)));
});

it.each(
  anthropicVersions,
)('%s gets the rest of an answer it began for the assistant', async (_v, Anthropic) => {
  const client = anthropicClient(Anthropic, mock);
  const prefilled = [...messages, { role: 'assistant', content: 'A long cat is' }];

  const message = await ask(client, { messages: prefilled });

  expect(message.stop_reason).toBe('end_turn');
  expect(textOf(message)).toMatch(/^ [A-Z].+\.$/);
  expect(message.usage.input_tokens).toBeGreaterThanOrEqual(
    (await ask(client)).usage.input_tokens + countTokens('A long cat is'),
  );
});

it.each(
  anthropicVersions,
)('%s may say system in three ways, which weigh the same', async (_v, Anthropic) => {
  const client = anthropicClient(Anthropic, mock);
  const rule = { role: 'system', content: 'Be brief.' };
  const block = { type: 'text', cache_control: { type: 'ephemeral' } };
  const blocks = [
    { ...block, text: 'Be ' },
    { ...block, text: 'brief.' },
  ];

  const answers = await Promise.all([
    ask(client, { system: 'Be brief.' }),
    ask(client, { system: blocks }),
    ask(client, { messages: [rule, ...messages] }),
  ]);

  const plain = await ask(client);
  const texts = new Set(answers.map(textOf));
  expect(texts.size).toBe(1);
  expect(texts).not.toContain(textOf(plain));
  const weights = answers.map(({ usage }) => usage.input_tokens - plain.usage.input_tokens);
  expect(new Set(weights).size).toBe(1);
  expect(weights[0]).toBeGreaterThanOrEqual(countTokens('Be brief.'));
});

it.each(anthropicVersions)('%s gets JSON that satisfies output_config', async (_v, Anthropic) => {
  const schema = {
    type: 'object',
    properties: { lives: { type: 'integer', minimum: 1, maximum: 9 }, tail: { const: 'long' } },
    required: ['lives', 'tail'],
    additionalProperties: false,
  };

  const message = await ask(anthropicClient(Anthropic, mock), {
    output_config: { format: { type: 'json_schema', schema } },
  });

  const value = JSON.parse(textOf(message));
  expect(value).toEqual({ lives: expect.any(Number), tail: 'long' });
  expect([1, 2, 3, 4, 5, 6, 7, 8, 9]).toContain(value.lives);
});

it.each(
  anthropicVersions,
)('%s messages.parse reads the value of a format', async (_v, Anthropic) => {
  const message = await anthropicClient(Anthropic, mock).messages.parse({
    model,
    messages,
    max_tokens: 1000,
    output_config: {
      format: {
        type: 'json_schema' as const,
        schema: { type: 'object', properties: { tail: { const: 'long' } }, required: ['tail'] },
        parse: (text: string): { tail: string } => JSON.parse(text),
      },
    },
  });

  expect(message.parsed_output).toMatchObject({ tail: 'long' });
});

it.each(
  anthropicVersions,
)('%s beta client asks with betas, a query and unknown members', async (_v, Anthropic) => {
  const client = anthropicClient(Anthropic, mock);

  const message = await client.beta.messages.create({
    model,
    messages,
    max_tokens: 1000,
    betas: ['context-management-2025-06-27'],
    context_management: { edits: [{ type: 'clear_tool_uses_20250919' }] },
  });

  expect(message.content).toEqual([{ type: 'text', text: textOf(await ask(client)) }]);
});

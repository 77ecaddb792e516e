import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChatChunk } from '../../../src/contract/openai/stream.ts';
import { frozenClock, type RunningLongCatMock, startLongCatMock } from '../../../src/index.ts';
import { collect, cross, model } from '../versions.ts';
import { openaiClient, openaiVersions } from './clients.ts';

let mock: RunningLongCatMock;
let quiet: RunningLongCatMock;

beforeAll(async () => {
  const clock = frozenClock(1_788_243_528_000);
  mock = await startLongCatMock({ port: 0, clock });
  quiet = await startLongCatMock({ port: 0, clock, quirks: { 'usage-always': false } });
});
afterAll(() => Promise.all([mock.close(), quiet.close()]));

const question = { model, messages: [{ role: 'user' as const, content: 'What is a long cat?' }] };
type Client = ReturnType<typeof openaiClient>;

/** A streamed answer, as its published schema has it. */
async function stream(client: Client, members: object = {}): Promise<ChatChunk[]> {
  const chunks = await collect(
    await client.chat.completions.create({ ...question, ...members, stream: true }),
  );
  return chunks.map((chunk) => ChatChunk.parse(chunk));
}

async function ask(client: Client, members: object = {}) {
  return client.chat.completions.create({ ...question, ...members, stream: false });
}

function deltasOf(chunks: readonly ChatChunk[], index = 0) {
  const choices = chunks.flatMap((chunk) => chunk.choices);
  return choices.filter((choice) => choice.index === index).map(({ delta }) => delta);
}

function join(chunks: readonly ChatChunk[], member: 'content' | 'reasoning_content', index = 0) {
  return deltasOf(chunks, index)
    .map((delta) => delta[member] ?? '')
    .join('');
}

it.each(openaiVersions)('%s streams the whole answer on both base URLs', async (_v, OpenAI) => {
  for (const path of ['/openai', '/openai/v1']) {
    const client = openaiClient(OpenAI, mock, { baseURL: mock.url + path, fetch });
    const whole = await ask(client);

    const chunks = await stream(client);

    expect(join(chunks, 'content')).toBe(whole.choices[0]?.message.content);
    expect(chunks[0]).toMatchObject({
      object: 'chat.completion.chunk',
      created: 1_788_243_528,
      model,
      choices: [{ delta: { role: 'assistant', content: '' }, finish_reason: null }],
      lastOne: false,
    });
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
    expect(chunks[0]?.id).not.toBe(whole.id);
  }
});

it.each(
  openaiVersions,
)('%s streams role, reasoning, content, finish, usage', async (_v, OpenAI) => {
  const chunks = await stream(openaiClient(OpenAI, mock));

  const kinds = chunks.map(({ choices: [choice] }) => {
    if (!choice) return 'usage';
    const [member = 'nothing'] = Object.keys(choice.delta);
    return choice.finish_reason ? `${member}, ${choice.finish_reason}` : member;
  });
  expect(kinds.filter((kind, index) => kind !== kinds[index - 1])).toEqual([
    'role',
    'reasoning_content',
    'content',
    'nothing, stop',
    'usage',
  ]);
  expect(kinds.filter((kind) => kind === 'reasoning_content').length).toBeGreaterThan(3);
  expect(chunks[1]?.choices[0]?.delta).toEqual({ reasoning_content: '\n' });
  expect(chunks.map(({ lastOne }) => lastOne).indexOf(true)).toBe(chunks.length - 1);
});

it.each(openaiVersions)('%s streams no reasoning with thinking disabled', async (_v, OpenAI) => {
  const client = openaiClient(OpenAI, mock);

  const chunks = await stream(client, { thinking: { type: 'disabled' } });

  expect(deltasOf(chunks).filter((delta) => 'reasoning_content' in delta)).toEqual([]);
  expect(join(chunks, 'content')).toBe(join(await stream(client), 'content'));
});

const options: readonly (readonly [string, object, boolean, boolean])[] = [
  ['no stream_options', {}, true, false],
  ['include_usage', { stream_options: { include_usage: true } }, true, true],
  ['include_usage off', { stream_options: { include_usage: false } }, true, false],
];

it.each(
  cross(openaiVersions, options),
)('%s with %s gets the usage chunk as quirk usage-always has it', async (_v, _name, OpenAI, members, always, asked) => {
  for (const [server, expected] of [
    [mock, always],
    [quiet, asked],
  ] as const) {
    const client = openaiClient(OpenAI, server);
    const { usage } = await ask(client);

    const chunks = await stream(client, members);

    const usages = chunks.filter((chunk) => 'usage' in chunk);
    expect(usages).toEqual(expected ? [expect.objectContaining({ choices: [], usage })] : []);
    if (expected) expect(chunks.at(-1)).toBe(usages[0]);
  }
});

it.each(
  openaiVersions,
)('%s streams three choices, each as in the whole answer', async (_v, OpenAI) => {
  const client = openaiClient(OpenAI, mock);
  const whole = await ask(client, { n: 3 });

  const chunks = await stream(client, { n: 3 });

  expect([0, 1, 2].map((index) => join(chunks, 'content', index))).toEqual(
    whole.choices.map(({ message }) => message.content),
  );
  const finishes = chunks.flatMap(({ choices }) => choices).filter((one) => one.finish_reason);
  expect(finishes.map(({ index }) => index)).toEqual([0, 1, 2]);
  expect(chunks.at(-1)?.usage).toEqual(whole.usage);
});

it.each(openaiVersions)('%s streams up to a stop string that spans chunks', async (_v, OpenAI) => {
  const client = openaiClient(OpenAI, mock);
  const pieces = deltasOf(await stream(client)).flatMap(({ content }) => content || []);
  const text = pieces.join('');
  const boundary = (pieces[0]?.length ?? 0) + (pieces[1]?.length ?? 0);
  const stop = text.slice(boundary - 3, boundary + 3);

  const chunks = await stream(client, { stop });

  expect(join(chunks, 'content')).toBe(text.slice(0, text.indexOf(stop)));
  expect(chunks.at(-2)?.choices[0]).toMatchObject({ finish_reason: 'stop', matched_stop: stop });
});

it.each(openaiVersions)('%s streams up to max_tokens', async (_version, OpenAI) => {
  const client = openaiClient(OpenAI, mock);
  const whole = await ask(client, { max_tokens: 20 });

  const chunks = await stream(client, { max_tokens: 20 });

  expect(join(chunks, 'content')).toBe(whole.choices[0]?.message.content);
  expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('length');
  expect(chunks.at(-1)?.usage?.completion_tokens).toBe(20);
});

it.each(openaiVersions)('%s .stream() ends in the whole answer', async (_version, OpenAI) => {
  const client = openaiClient(OpenAI, mock);
  const whole = await ask(client);
  const pieces: string[] = [];

  const runner = client.chat.completions.stream(question);
  runner.on('content', (piece) => pieces.push(piece));
  const completion = await runner.finalChatCompletion();

  const text = whole.choices[0]?.message.content;
  expect(completion).toMatchObject({
    object: 'chat.completion',
    usage: whole.usage,
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: text } }],
  });
  expect(pieces.join('')).toBe(text);
  expect(await runner.finalContent()).toBe(text);
  expect((await runner.totalUsage()).total_tokens).toBe(whole.usage?.total_tokens);
});

/** The helper overwrites members it does not know: reasoning has to be read from the deltas. */
it.each(
  openaiVersions,
)('%s .stream() keeps only the last piece of reasoning', async (_v, OpenAI) => {
  const client = openaiClient(OpenAI, mock);
  const pieces = deltasOf(await stream(client)).flatMap((delta) => delta.reasoning_content ?? []);

  const completion = await client.chat.completions.stream(question).finalChatCompletion();

  expect(pieces.length).toBeGreaterThan(3);
  expect(completion.choices[0]?.message).toMatchObject({ reasoning_content: pieces.at(-1) });
});

it.each(openaiVersions)('%s .stream() gathers three choices', async (_version, OpenAI) => {
  const client = openaiClient(OpenAI, mock);
  const whole = await ask(client, { n: 3 });

  const completion = await client.chat.completions
    .stream({ ...question, n: 3 })
    .finalChatCompletion();

  expect(completion.choices.map(({ message }) => message.content)).toEqual(
    whole.choices.map(({ message }) => message.content),
  );
});

it.each(
  openaiVersions,
)('a stream that %s leaves does not keep the next from being answered', async (_v, OpenAI) => {
  const client = openaiClient(OpenAI, mock, { fetch });
  const first = await client.chat.completions.create({ ...question, n: 128, stream: true });
  for await (const chunk of first) {
    expect(chunk.choices[0]?.delta.role).toBe('assistant');
    first.controller.abort();
    break;
  }
  const second = client.chat.completions.stream({ ...question, n: 128 });
  second.once('chunk', () => second.abort());
  await expect(second.done()).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);

  const answers = await Promise.all([ask(client), stream(client)]);

  expect(answers[0].choices[0]?.message.content).toBe(join(answers[1], 'content'));
});

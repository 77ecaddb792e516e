import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { expect, it, onTestFinished } from 'vitest';
import { type RunningLongCatMock, startLongCatMock } from '../../src/index.ts';
import { makeFolder, startRecorder } from './recorder.ts';

const model = 'LongCat-2.0';
const messages = [{ role: 'user', content: 'Call get_weather for Paris.' }] as const;
const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const tool = { type: 'function', function: { name: 'get_weather', parameters } } as const;

/** What the official clients make of a conversation: whole, streamed, with a tool, refused. */
async function converse({ openaiUrl, anthropicUrl }: RunningLongCatMock): Promise<unknown[]> {
  const openai = new OpenAI({ baseURL: openaiUrl, apiKey: 'test-key', maxRetries: 0 });
  const options = { baseURL: anthropicUrl, authToken: 'test-key', apiKey: null, maxRetries: 0 };
  const anthropic = new Anthropic(options);
  const chat = { model, messages: [...messages] };
  const message = { model, messages: [...messages], max_tokens: 100 };
  const thinking = { type: 'enabled', budget_tokens: 1024 } as const;
  return [
    await openai.chat.completions.create(chat),
    await openai.chat.completions.create({ ...chat, tools: [tool] }),
    await collect(await openai.chat.completions.create({ ...chat, stream: true })),
    await collect(await openai.chat.completions.create({ ...chat, tools: [tool], stream: true })),
    await openai.chat.completions.create({ ...chat, max_tokens: -1 }).catch(describe),
    await anthropic.messages.create(message),
    await anthropic.messages.create({ ...message, max_tokens: 2000, thinking }),
    await anthropic.messages.stream(message).finalMessage(),
    await anthropic.messages.create({ ...message, max_tokens: -1 }).catch(describe),
  ];
}

async function collect(stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

function describe(error: unknown) {
  if (!(error instanceof OpenAI.APIError || error instanceof Anthropic.APIError)) throw error;
  const { status, message, error: body } = error;
  return { status, message, body };
}

it('gives the official clients equal objects, live and replayed', async () => {
  const upstream = await startLongCatMock({ port: 0, fixtures: [], seed: 'upstream' });
  onTestFinished(() => upstream.close());
  const options = { cassettes: await makeFolder(), upstream: upstream.url, recordFailed: true };
  const recorder = await startRecorder({ ...options, record: 'once' });
  const live = await converse(recorder.mock);
  await recorder.close();
  await upstream.close();

  const player = await startRecorder({ ...options, record: 'none' });
  const replayed = await converse(player.mock);
  expect(replayed).toEqual(live);
  expect(live).toContainEqual(expect.objectContaining({ status: 400 }));
  const sources = player.mock.engine.journal.list().map(({ source }) => source);
  expect(new Set(sources)).toEqual(new Set(['cassette']));
});

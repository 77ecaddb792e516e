import { expect, it } from 'vitest';
import { createLongCatMock, startLongCatMock } from '../../src/index.ts';
import type { FixtureInput } from '../../src/scenario/schema.ts';
import { ask, chatPath, messagesPath } from '../ask.ts';
import { script } from '../script.ts';
import { anthropicClient, anthropicVersions } from './anthropic/clients.ts';
import { openaiClient, openaiVersions } from './openai/clients.ts';

const fixtures: readonly FixtureInput[] = [
  {
    id: 'burst',
    match: {
      model: 'LongCat-2.0',
      messages: { last: { role: 'user', text: { contains: 'burst' } } },
    },
    respond: { text: 'Here.' },
  },
];
const sentence =
  'No fixture matched. Closest: "burst" (2 of 3 conditions) differs at messages[-1].content: expected contains "burst", got "Hello!".';
const question = {
  model: 'LongCat-2.0',
  messages: [{ role: 'user' as const, content: 'Hello!' }],
};

it.each([chatPath, messagesPath])('%s: what nothing matched is not to be retried', async (path) => {
  const mock = createLongCatMock();
  script(mock, fixtures);
  const { status, headers } = await ask({}, { mock, path });

  expect(status).toBe(404);
  expect(headers.get('x-should-retry')).toBe('false');
});

const openaiTable = openaiVersions.flatMap(([name, OpenAI]) =>
  [false, true].map((stream) => [name, stream, OpenAI] as const),
);
const anthropicTable = anthropicVersions.flatMap(([name, Anthropic]) =>
  [false, true].map((stream) => [name, stream, Anthropic] as const),
);

it.each(
  openaiTable,
)('%s, with its retries on, asks once and is told why nothing matched (stream %s)', async (_, stream, OpenAI) => {
  await using mock = await startLongCatMock({ port: 0 });
  script(mock, fixtures);
  const client = openaiClient(OpenAI, mock, { maxRetries: 2 });
  const asked = client.chat.completions.create({ ...question, stream });

  await expect(asked).rejects.toThrow(sentence);
  expect(mock.engine.journal.list()).toMatchObject([{ status: 404, unmatched: true }]);
});

it.each(
  anthropicTable,
)('%s, with its retries on, asks once and is told why nothing matched (stream %s)', async (_, stream, Anthropic) => {
  await using mock = await startLongCatMock({ port: 0 });
  script(mock, fixtures);
  const client = anthropicClient(Anthropic, mock, { maxRetries: 2 });
  const asked = client.messages.create({ ...question, max_tokens: 100, stream });

  await expect(asked).rejects.toThrow(JSON.stringify(sentence).slice(1, -1));
  expect(mock.engine.journal.list()).toMatchObject([{ status: 404, unmatched: true }]);
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { importAimock } from '../../src/importing/aimock.ts';
import type { Draft } from '../../src/importing/draft.ts';
import { importHar } from '../../src/importing/har.ts';
import { importWireMock } from '../../src/importing/wiremock.ts';
import { parseFixtures } from '../../src/scenario/parse.ts';
import { chatPath } from '../ask.ts';
import { settleAll } from './land.ts';

const draft = (entry: string, fixture: Draft['fixture']): Draft => ({ file: 'a', entry, fixture });
const bare = { leftovers: [], notices: [] };

it('what the loader refuses is left out, with its reason, and the rest is written', async () => {
  const drafts = [
    draft('entry 1', { respond: { text: 'one' } }),
    draft('entry 2', { respond: { toolCalls: [{ name: '' }] } }),
    draft('entry 3', { respond: { fault: 'STREAM_TRUNCATE' } }),
    draft('entry 4', { respond: { text: 'four' } }),
  ];
  const { fixtures, leftovers } = await settleAll({ ...bare, drafts });

  expect(fixtures.map(({ id }) => id)).toEqual(['imported.1', 'imported.2']);
  expect(leftovers.map(({ entry, why }) => [entry, why.length > 10])).toEqual([
    ['entry 2', true],
    ['entry 3', true],
  ]);
});

it('what no answer of LongCat can be is left out', async () => {
  const respond = { body: { no: 'answer' } };
  const match = { api: 'openai', stream: false } as const;
  const { text, leftovers } = await settleAll({
    ...bare,
    drafts: [draft('entry 1', { match, respond })],
  });

  expect(text).toBeUndefined();
  expect(leftovers).toMatchObject([{ why: expect.stringContaining('Impossible answer') }]);
});

/** Texts that YAML has to quote, fold or escape. */
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    ...[
      '',
      ' a',
      'a ',
      '\n',
      'a\n\n',
      '\ta',
      '- a',
      'a: b',
      '# a',
      'null',
      '1e3',
      '"',
      "'",
      '>',
      '|',
    ],
    ...[
      '\u0000',
      '\u0085',
      '\u2028',
      '\ufeff',
      '\r\n',
      'a\rb',
      `${'long words '.repeat(30)}\n end`,
    ],
  ),
);

it('any text survives being written and read', async () => {
  await fc.assert(
    fc.asyncProperty(texts, texts, async (said, asked) => {
      const fixture = { match: { messages: { lastUser: asked } }, respond: { text: said } };
      const { text = '' } = await settleAll({ ...bare, drafts: [draft('entry 1', fixture)] });
      const { checked } = await parseFixtures(text, { file: 'a.yaml' });

      expect(checked?.content.fixtures).toMatchObject([
        {
          match: { messages: { lastUser: asked.toWellFormed() } },
          respond: { text: said.toWellFormed() },
        },
      ]);
    }),
  );
});

const anything = fc.jsonValue({ maxDepth: 3 });
const some = (...names: string[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, anything])), { requiredKeys: [] });

const postData = anything.map((value) => ({ text: JSON.stringify(value) }));
const response = fc.record(
  {
    status: fc.oneof(anything, fc.constantFrom(200, 400, 429)),
    headers: anything,
    content: fc.record({
      text: fc.oneof(
        anything,
        anything.map((value) => JSON.stringify(value)),
      ),
    }),
  },
  { requiredKeys: [] },
);
const url = fc.constantFrom(`https://a.b${chatPath}`, 'https://a.b/v1/messages');
const entry = fc.record({
  request: fc.record({ method: fc.constant('POST'), url, postData }),
  response,
});

const matching = some(
  'userMessage',
  'systemMessage',
  'toolCallId',
  'model',
  'turnIndex',
  'context',
);
const answering = some('content', 'toolCalls', 'blocks', 'error', 'status', 'usage', 'reasoning');
const pacing = some('latency', 'chunkSize', 'truncateAfterChunks', 'streamingProfile', 'chaos');
const fixture = fc
  .tuple(matching, answering, pacing)
  .map(([match, answer, pace]) => ({ match, response: answer, ...pace }));

const stub = fc.record({
  request: some('method', 'headers', 'bodyPatterns', 'url', 'urlPattern'),
  response: some(
    'status',
    'body',
    'jsonBody',
    'headers',
    'delayDistribution',
    'chunkedDribbleDelay',
  ),
  priority: anything,
});

it.each([
  [
    'archives',
    fc
      .array(entry)
      .map((entries) => importHar(JSON.stringify({ log: { entries } }), { file: 'a' })),
  ],
  [
    'fixtures',
    fc
      .array(fixture)
      .map((fixtures) => importAimock([{ file: 'a', text: JSON.stringify({ fixtures }) }])),
  ],
  [
    'stubs',
    fc
      .array(stub)
      .map((mappings) => importWireMock([{ file: 'a', text: JSON.stringify({ mappings }) }])[0]),
  ],
])('%s of any kind are fixtures that load, or are listed', async (_kind, importing) => {
  await fc.assert(
    fc.asyncProperty(importing, async (imported) => {
      if (!imported) throw new Error('nothing was imported');
      const { text, leftovers } = await settleAll(imported);
      if (text === undefined) return;
      const { problems } = await parseFixtures(text, { file: 'a.yaml' });
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(leftovers.every(({ why }) => why !== '')).toBe(true);
    }),
  );
});

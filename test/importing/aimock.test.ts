import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LLMock } from '@copilotkit/aimock';
import { expect, it, onTestFinished } from 'vitest';
import { importAimock } from '../../src/importing/aimock.ts';
import { ask, chatPath, messagesPath, readEvents } from '../ask.ts';
import { hearChat, hearMessage } from '../fixtures/heard.ts';
import { serveImported, settleAll } from './land.ts';

/** aimock’s own examples, as its package ships them. */
const examples = fileURLToPath(
  new URL('../../node_modules/@copilotkit/aimock/fixtures/', import.meta.url),
);

interface Target {
  readonly url: string;
}

type Body = Record<string, unknown>;

interface Outcome {
  readonly status: number;
  readonly message?: string;
  readonly text?: string | null;
  readonly thinking?: string;
  readonly calls?: readonly { readonly name: string; readonly input: unknown }[];
  readonly finish?: string | null;
}

async function hear(response: Response, path: string): Promise<Outcome> {
  const { status } = response;
  if (status !== 200) {
    const { error } = (await response.json()) as { error: { message: string } };
    return { status, message: error.message };
  }
  const streamed = response.headers.get('content-type')?.startsWith('text/event-stream');
  const items = streamed
    ? (await readEvents(response)).flatMap(({ data }) =>
        data === '[DONE]' ? [] : JSON.parse(data),
      )
    : [numberCalls(await response.json())];
  const { text, thinking, calls, finish } = (path === chatPath ? hearChat : hearMessage)(items);
  const parsed = calls.map(({ name, input }) => ({ name, input: JSON.parse(input || '{}') }));
  return { status, text: text ?? '', thinking, calls: parsed, finish };
}

interface Completion {
  readonly choices?: readonly { readonly message: { readonly tool_calls?: readonly object[] } }[];
}

/** Only LongCat numbers the calls of a whole answer. */
function numberCalls(body: Completion) {
  return {
    ...body,
    ...(body.choices && {
      choices: body.choices.map((choice) => ({
        ...choice,
        message: {
          ...choice.message,
          tool_calls: choice.message.tool_calls?.map((call, index) => ({ ...call, index })),
        },
      })),
    }),
  };
}

const aimockPaths = { [chatPath]: '/v1/chat/completions', [messagesPath]: '/v1/messages' } as const;

/** Asks both the same, in both formats, streamed and whole, and hears both out. */
async function compare(file: { file: string; text: string }, bodies: readonly Body[]) {
  const theirs = new LLMock({ port: 0, logLevel: 'silent' });
  await theirs.start();
  onTestFinished(() => theirs.stop());
  const { fixtures } = JSON.parse(file.text) as { fixtures: never[] };
  theirs.addFixturesFromJSON(fixtures);
  const outcomes: { asked: Body; theirs: Outcome; ours: Outcome }[] = [];
  for (const path of [chatPath, messagesPath] as const) {
    for (const stream of [false, true]) {
      theirs.resetMatchCounts();
      const ours = await serveImported(importAimock([file]));
      for (const body of bodies) {
        const thinking = { type: 'enabled' };
        const asked = { max_tokens: 1000, thinking, ...translate(body, path), stream };
        const target: Target = { url: theirs.url };
        const answers = [
          await ask(asked, { path: aimockPaths[path], mock: target }),
          await ask(asked, { path, mock: ours }),
        ] as const;
        const [heard, own] = await Promise.all(answers.map((answer) => hear(answer, path)));
        if (heard && own) outcomes.push({ asked, theirs: heard, ours: own });
      }
    }
  }
  return outcomes;
}

/** Tools as each of the formats has them. */
function translate({ tools, ...body }: Body, path: string): Body {
  if (!Array.isArray(tools)) return body;
  const parameters = { type: 'object', properties: {} };
  return {
    ...body,
    tools: tools.map((name) =>
      path === chatPath
        ? { type: 'function', function: { name, parameters } }
        : { name, input_schema: parameters },
    ),
  };
}

const say = (content: string, more: Body = {}): Body => ({
  messages: [{ role: 'user', content }],
  ...more,
});
const three = (content: string) => [say(content), say(content), say(content)];

const rows: readonly (readonly [string, readonly Body[]])[] = [
  ['example-greeting.json', [say('hello'), say('well, hello there'), say('goodbye')]],
  ['example-multi-turn.json', [say('change background to blue, please')]],
  ['example-tool-call.json', [say('hi', { tools: ['get_weather', 'other'] })]],
  [
    'examples/adk/gemini-agent.json',
    ['weather', 'hello', 'search', 'multi-tool'].map((word) => say(word)),
  ],
  ['examples/crewai/multi-agent-crew.json', [say('research'), say('write')]],
  ['examples/langchain/agent-loop.json', three('plan a trip')],
  [
    'examples/llamaindex/rag-pipeline.json',
    [say('What is gravity?'), say('Summarize the document')],
  ],
  ['examples/llm/error-injection.json', [say('.*')]],
  ['examples/llm/sequential-responses.json', three('tell me a joke')],
  ['examples/llm/streaming-physics.json', [say('explain gravity')]],
  ['examples/mastra/agent-workflow.json', three('plan a trip')],
  ['examples/pydanticai/structured-output.json', [say('Weather')]],
  ['examples/llm/blocks-tool-first.json', [say("what's the weather in NYC?")]],
];

function read(file: string) {
  return { file, text: readFileSync(`${examples}${file}`, 'utf8') };
}

it.each(rows)('%s answers as aimock answers with it', async (file, bodies) => {
  const outcomes = await compare(read(file), bodies);

  expect(outcomes.length).toBe(bodies.length * 4);
  for (const { theirs, ours } of outcomes) expect(ours).toEqual(theirs);
  for (const { theirs } of outcomes) expect(theirs.status === 200 || theirs.message).toBeTruthy();
});

const afterTool = (content: string, result: string, id = 'call_1') => ({
  messages: [
    { role: 'user', content },
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id, type: 'function', function: { name: 'look', arguments: '{}' } }],
    },
    { role: 'tool', tool_call_id: id, content: result },
  ],
});

const written = JSON.stringify({
  fixtures: [
    {
      match: { userMessage: 'trip', hasToolResult: true, toolResultContains: 'cancelled' },
      response: { content: 'Nothing was booked.' },
    },
    { match: { toolCallId: 'call_7' }, response: { content: 'The seventh.' } },
    {
      match: { userMessage: 'trip', hasToolResult: false },
      response: {
        toolCalls: [{ name: 'look', arguments: '{"a": 1}', id: 'call_7' }],
        content: 'One moment.',
      },
    },
    { match: { userMessage: 'trip', hasToolResult: true }, response: { content: 'Booked.' } },
    {
      match: { systemMessage: ['brief', 'polite'] },
      response: { content: { polite: true, items: [1] } },
    },
    { match: { systemMessage: ['a', 'bb', 'ccc', 'dddd'] }, response: { content: 'All four.' } },
    {
      match: { model: 'gpt-4o', userMessage: 'model' },
      response: { content: 'A model of theirs.', reasoning: 'Hm.' },
    },
    {
      match: { userMessage: 'limit', sequenceIndex: 0 },
      response: {
        error: { message: 'Slow down', type: 'rate_limit_error', code: 'rate_limit_exceeded' },
        status: 429,
      },
    },
    {
      match: { userMessage: 'limit', sequenceIndex: 1 },
      response: { content: 'Go on.', finishReason: 'length' },
    },
    { match: { userMessage: 'limit' }, response: { content: 'The fallback.' } },
    {
      match: { userMessage: 'teapot' },
      response: { error: { message: 'short and stout' }, status: 418 },
    },
    {
      match: { userMessage: 'pieces' },
      response: { content: 'Cut as they say 🙂🙂🙂.' },
      chunkSize: 4,
    },
    { match: {}, response: { content: 'Whatever.' } },
  ],
});

const questionsToWritten: readonly Body[] = [
  say('a trip'),
  afterTool('a trip', '"cancelled"'),
  afterTool('a trip', '"fine"'),
  afterTool('another', '"fine"', 'call_7'),
  ...['Be polite, be brief.', 'Be brief.', 'dddd a ccc bb'].map((content) => ({
    messages: [
      { role: 'system', content },
      { role: 'user', content: 'hm' },
    ],
  })),
  ...['gpt-4o', 'gpt-4o-2024-08-06', 'gpt-4o-mini'].map((model) => say('which model', { model })),
  ...three('my limit'),
  say('teapot'),
  say('pieces'),
  say('anything else'),
];

it('conditions of every kind choose as aimock chooses', async () => {
  // In chat alone: the test speaks of tools and systems in that format.
  const outcomes = await compare({ file: 'written.json', text: written }, questionsToWritten);
  const inChat = outcomes.slice(0, questionsToWritten.length * 2);

  for (const { theirs, ours } of inChat) expect(ours).toEqual(theirs);
  expect(new Set(inChat.map(({ theirs }) => JSON.stringify(theirs))).size).toBeGreaterThan(12);
});

it.each([
  [{ match: { inputText: 'a' }, response: { embedding: [1] } }, 'the whole fixture', /embeddings/],
  [{ match: { endpoint: 'image' }, response: { image: {} } }, 'the whole fixture', /"image"/],
  [{ match: {}, response: { audio: 'x' } }, 'the whole fixture', /of a kind .* \(audio\)/],
  [{ match: { userMesage: 'a' }, response: { content: 'x' } }, 'the whole fixture', /"userMesage"/],
  [{ match: { turnIndex: -1 }, response: { content: 'x' } }, 'the whole fixture', /-1/],
  [{ match: { sequenceIndex: 2 }, response: { content: 'x' } }, 'the whole fixture', /never/],
  [{ match: {} }, 'the whole fixture', /response/],
  [{ match: {}, response: { content: 'x', webSearches: ['y'] } }, 'webSearches', /nothing like it/],
  [{ match: {}, response: { content: 'x', model: 'y' } }, 'model', /nothing like it/],
  [
    { match: {}, response: { content: 'x', finishReason: 'content_filter' } },
    /finishReason/,
    /no word/,
  ],
  [{ match: {}, response: { toolCalls: [{ name: 'a', id: 'x1' }] } }, 'the id "x1"', /call_/],
  [{ match: {}, response: { content: 'x' }, chaos: { dropRate: 0.5 } }, 'chaos.dropRate', /chance/],
  [
    { match: {}, response: { content: 'x' }, openRouterProcessing: true },
    'openRouterProcessing',
    /counterpart/,
  ],
] as const)('%j is listed', async (fixture, what, why) => {
  const text = JSON.stringify({ fixtures: [fixture] });
  const { leftovers } = importAimock([{ file: 'a.json', text }]);

  expect(leftovers).toHaveLength(1);
  expect(leftovers[0]?.what).toMatch(what);
  expect(leftovers[0]?.why).toMatch(why);
});

it.each([
  ['{', /no JSON/],
  ['{"port": 4010}', /no list of fixtures/],
])('a file that holds %s is listed', (text, why) => {
  const { drafts, leftovers } = importAimock([{ file: 'a.json', text }]);

  expect(drafts).toEqual([]);
  expect(leftovers).toMatchObject([{ file: 'a.json', why: expect.stringMatching(why) }]);
});

it('a stream that breaks is a fixture of its own, beside the whole answer', async () => {
  const fixture = {
    match: {},
    response: { content: 'abcdef' },
    chunkSize: 2,
    truncateAfterChunks: 3,
  };
  const text = JSON.stringify({ fixtures: [fixture] });
  const imported = importAimock([{ file: 'a.json', text }]);
  const { fixtures } = await settleAll(imported);

  const stream = { chunks: ['ab', 'cd', 'ef'] };
  const fault = { type: 'CONNECTION_RESET_BY_PEER', afterChunks: 2 };
  expect(fixtures).toMatchObject([
    { match: { stream: true }, respond: { stream, fault } },
    { match: { stream: false }, respond: { text: 'abcdef' } },
  ]);
});

it('latency paces the pieces that a stream is cut into', async () => {
  const fixture = { match: {}, response: { content: 'abcd' }, chunkSize: 2, latency: 50 };
  const text = JSON.stringify({ fixtures: [fixture] });
  const { fixtures } = await settleAll(importAimock([{ file: 'a.json', text }]));

  const chunks = [
    { text: 'ab', atMs: 100 },
    { text: 'cd', atMs: 150 },
  ];
  expect(fixtures).toMatchObject([{ respond: { stream: { chunks } } }]);
});

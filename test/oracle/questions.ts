import { operations } from '../../src/contract/operations.ts';
import { quirkNames, quirks } from '../../src/contract/quirks.ts';
import { createLongCatMock, type QuirkSettings } from '../../src/index.ts';
import { chatPath, hello, messagesPath, readEvents } from '../ask.ts';
import type { Answered } from './schema.ts';

/** A request for one kind of answer. */
export interface Question {
  readonly title: string;
  readonly path: string;
  /** Without one, the request is a GET. */
  readonly body?: object;
}

/** What came back, part by part, and what a client reads each part as. */
export interface Part {
  readonly name: Answered;
  readonly value: unknown;
}

const schema = {
  type: 'object',
  properties: { city: { type: 'string' }, days: { type: 'integer' } },
  required: ['city', 'days'],
};

function functionTool(name: string) {
  return { type: 'function', function: { name, parameters: schema } };
}

const customTool = { type: 'custom', custom: { name: 'run_code' } };
const noThinking = { thinking: { type: 'disabled' } };
const jsonSchema = { type: 'json_schema', json_schema: { name: 'trip', schema } };

function says(content: string) {
  return { messages: [{ role: 'user', content }] };
}

const bothTools = says('get_weather and get_news');

const chatBodies: Readonly<Record<string, object>> = {
  plain: {},
  'in Chinese': says('你好，请介绍一下你自己。'),
  'thinking off': noThinking,
  'thinking off by its older switch': { enable_thinking: false },
  'no thinking left in its budget': { thinking_budget: 0 },
  'three choices': { n: 3 },
  'log probabilities': { logprobs: true, top_logprobs: 2 },
  'log probabilities of two choices': { logprobs: true, n: 2, ...noThinking },
  'a stop text': { stop: [' '] },
  'cut at the limit': { max_tokens: 6 },
  'no room at all': { max_tokens: 0 },
  'a JSON object': { response_format: { type: 'json_object' } },
  'JSON of a schema': { response_format: jsonSchema },
  'one tool': { ...says('get_weather'), tools: [functionTool('get_weather')] },
  'parallel tools': { ...bothTools, tools: ['get_weather', 'get_news'].map(functionTool) },
  'a custom tool': { tools: [customTool], tool_choice: 'required' },
  'both sorts of tools': {
    ...says('get_weather and run_code'),
    tools: [functionTool('get_weather'), customTool],
    n: 2,
  },
  'a tool cut at the limit': {
    tools: [functionTool('get_weather')],
    tool_choice: 'required',
    max_tokens: 9,
    ...noThinking,
  },
  'after a tool': {
    messages: [
      { role: 'user', content: 'get_weather' },
      {
        role: 'assistant',
        tool_calls: [
          { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'call_1', content: 'Sunny.' },
    ],
    tools: [functionTool('get_weather')],
  },
  'usage asked for': { stream_options: { include_usage: true } },
};

const inputTools = ['get_weather', 'get_news'].map((name) => ({ name, input_schema: schema }));
const thinking = { thinking: { type: 'enabled', budget_tokens: 2048 } };

const messageBodies: Readonly<Record<string, object>> = {
  plain: {},
  'in Chinese': says('你好，请介绍一下你自己。'),
  'with thinking': thinking,
  'with adaptive thinking': { thinking: { type: 'adaptive' } },
  'with hidden thinking': { thinking: { type: 'adaptive', display: 'omitted' } },
  'a stop sequence': { stop_sequences: [' '] },
  'cut at the limit': { max_tokens: 6, ...thinking },
  'no room at all': { max_tokens: 0 },
  'JSON of a schema': { output_config: { format: { type: 'json_schema', schema } } },
  'one tool': { ...says('get_weather'), tools: inputTools },
  'parallel tools': { ...bothTools, tools: inputTools },
  'tools after thinking': { ...bothTools, tools: inputTools, ...thinking },
  'tools after hidden thinking': {
    ...bothTools,
    tools: inputTools,
    thinking: { type: 'enabled', budget_tokens: 2048, display: 'omitted' },
  },
  'a tool cut at the limit': { tools: inputTools, tool_choice: { type: 'any' }, max_tokens: 9 },
  'an answer begun': {
    messages: [...hello.messages, { role: 'assistant', content: 'It is' }],
  },
  'after a tool': {
    messages: [
      { role: 'user', content: 'get_weather' },
      {
        role: 'assistant',
        content: [{ type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: {} }],
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'Sun.' }] },
    ],
    tools: inputTools,
  },
};

/** Every kind of answer that the mock gives, whole and streamed, in both formats, and its lists. */
export const questions: readonly Question[] = [
  ...Object.entries(chatBodies).flatMap(([title, body]) =>
    bothWays(`chat, ${title}`, chatPath, body),
  ),
  ...Object.entries(messageBodies).flatMap(([title, body]) =>
    bothWays(`message, ${title}`, messagesPath, body),
  ),
  ...operations.listModels.paths.map((path) => ({ title: `models at ${path}`, path })),
];

function bothWays(title: string, path: string, body: object): Question[] {
  return [
    { title, path, body: { ...hello, ...body } },
    { title: `${title}, streamed`, path, body: { ...hello, ...body, stream: true } },
  ];
}

/** The defaults, each quirk the other way round, and all of them. */
export const settings: readonly Partial<QuirkSettings>[] = [
  {},
  ...quirkNames.map((name) => ({ [name]: !quirks[name].on })),
  Object.fromEntries(quirkNames.map((name) => [name, !quirks[name].on])),
];

export async function answer(
  { path, body }: Question,
  quirks: Partial<QuirkSettings> = {},
): Promise<readonly Part[]> {
  const response = await createLongCatMock({ models: ['*'], quirks }).fetch(
    `http://localhost${path}`,
    {
      headers: { authorization: 'Bearer test' },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    },
  );
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);

  const isChat = path === chatPath;
  if (response.headers.get('content-type') === 'text/event-stream') {
    const payloads = (await readEvents(response)).filter(({ data }) => data !== '[DONE]');
    const name = isChat ? 'Chunk' : 'MessageEvent';
    return payloads.map(({ data }) => ({ name, value: JSON.parse(data) }));
  }
  const value = await response.json();
  if (!body) return value.data.map((model: unknown) => ({ name: 'ListedModel', value: model }));
  return [{ name: isChat ? 'Completion' : 'WholeMessage', value }];
}

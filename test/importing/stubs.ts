import { chatPath, messagesPath } from '../ask.ts';

const chat = '/v1/chat/completions';

const completion = (content: string) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-4o',
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 },
});

const message = (text: string) => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'LongCat-2.0',
  content: [{ type: 'text', text }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 3, output_tokens: 5 },
});

const answer = (content: string) => ({ status: 200, jsonBody: completion(content) });
const json = { 'Content-Type': 'application/json' };

/** A text as a stub streams it. */
export const streamed = [
  '{"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}',
  '{"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"One piece, "},"finish_reason":null}]}',
  '{"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"and another."},"finish_reason":null}]}',
  '{"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}',
  '[DONE]',
]
  .map((data) => `data: ${data}\n\n`)
  .join('');

/** Stub mappings as WireMock has them, one for each condition that can be carried over. */
export const mappings = [
  { priority: 10, request: { method: 'POST', urlPath: chat }, response: answer('Whatever.') },
  {
    request: { method: 'POST', urlPath: '/v1/messages', bodyPatterns: [{ contains: 'bonjour' }] },
    response: { status: 200, headers: json, body: JSON.stringify(message('Salut !')) },
  },
  {
    request: {
      method: 'POST',
      urlPathPattern: '/v1/chat/.*',
      bodyPatterns: [
        { matchesJsonPath: "$.messages[?(@.role == 'user' && @.content =~ /.*weather.*/i)]" },
      ],
    },
    response: answer('It rains.'),
  },
  {
    request: {
      method: 'POST',
      urlPath: chat,
      bodyPatterns: [
        { matchesJsonPath: { expression: '$.messages[-1:].content', contains: 'the last' } },
      ],
    },
    response: answer('The last it is.'),
  },
  {
    request: {
      method: 'POST',
      urlPath: chat,
      bodyPatterns: [
        {
          equalToJson: { temperature: 0.25, messages: [{ role: 'user' }] },
          ignoreExtraElements: true,
        },
      ],
    },
    response: answer('A quarter.'),
  },
  {
    request: {
      method: 'POST',
      urlPath: chat,
      headers: { 'X-Variant': { matches: 'b.*' } },
      bodyPatterns: [{ matches: '.*variant.*' }],
    },
    response: answer('Variant b.'),
  },
  {
    request: {
      method: 'POST',
      urlPath: chat,
      bodyPatterns: [{ matchesJsonPath: "$.tools[?(@.function.name == 'look_up')]" }],
    },
    response: {
      status: 200,
      jsonBody: {
        ...completion(''),
        choices: [
          {
            index: 0,
            finish_reason: 'tool_calls',
            message: {
              role: 'assistant',
              content: null,
              tool_calls: [
                {
                  id: 'call_1',
                  type: 'function',
                  function: { name: 'look_up', arguments: '{"word":"a"}' },
                },
              ],
            },
          },
        ],
      },
    },
  },
  {
    request: {
      method: 'POST',
      url: chat,
      bodyPatterns: [{ contains: '"stream":true' }, { contains: 'pieces' }],
    },
    response: {
      status: 200,
      headers: { 'Content-Type': 'text/event-stream' },
      bodyFileName: 'pieces.txt',
      chunkedDribbleDelay: { numberOfChunks: 2, totalDuration: 20 },
    },
  },
  {
    request: { method: 'POST', urlPath: chat, bodyPatterns: [{ contains: 'too fast' }] },
    response: {
      status: 429,
      headers: { ...json, 'Retry-After': '7' },
      jsonBody: {
        error: {
          code: 'rate_limit_exceeded',
          message: 'Request rate limit exceeded, please try again later',
          type: 'rate_limit_error',
          retry_after: 60,
        },
      },
    },
  },
  {
    request: { method: 'POST', urlPath: chat, bodyPatterns: [{ contains: 'out of tea' }] },
    response: { status: 418, headers: json, body: '{"error":{"message":"no tea"}}' },
  },
  {
    scenarioName: 'memory',
    requiredScenarioState: 'Started',
    newScenarioState: 'Told',
    request: { method: 'POST', urlPath: chat, bodyPatterns: [{ contains: 'remember' }] },
    response: { ...answer('Noted.'), fixedDelayMilliseconds: 5 },
  },
  {
    scenarioName: 'memory',
    requiredScenarioState: 'Told',
    request: { method: 'POST', urlPath: chat, bodyPatterns: [{ contains: 'remember' }] },
    response: {
      ...answer('I know already.'),
      delayDistribution: { type: 'uniform', lower: 0, upper: 5 },
    },
  },
] as const;

const user = (content: string) => ({ messages: [{ role: 'user', content }] });
const tool = { type: 'function', function: { name: 'look_up', parameters: {} } };

/** Requests that each of the stubs is to answer, and some that fall through to the first. */
export const requests = [
  { path: chatPath, body: user('hi') },
  { path: messagesPath, body: { ...user('bonjour !'), max_tokens: 9 } },
  { path: chatPath, body: user('How is the WEATHER today?') },
  { path: chatPath, body: { messages: [{ role: 'assistant', content: 'weather' }] } },
  { path: chatPath, body: user('this is the last') },
  { path: chatPath, body: { ...user('x'), temperature: 0.25, max_tokens: 5 } },
  { path: chatPath, body: { ...user('x'), temperature: 0.5 } },
  { path: chatPath, body: user('variant'), headers: { 'x-variant': 'beta' } },
  { path: chatPath, body: user('variant'), headers: { 'x-variant': 'alphabet' } },
  { path: chatPath, body: { ...user('x'), tools: [tool] } },
  { path: chatPath, body: { ...user('in pieces'), stream: true } },
  { path: chatPath, body: { ...user('in pieces'), stream: false } },
  { path: chatPath, body: user('too fast') },
  { path: chatPath, body: user('out of tea') },
  { path: chatPath, body: user('remember me') },
  { path: chatPath, body: user('remember me') },
] as const;

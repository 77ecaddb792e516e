import { expect, it } from 'vitest';
import { MessageRequest } from '../../src/contract/anthropic/request.ts';
import { ChatRequest } from '../../src/contract/openai/request.ts';
import { listViolations } from '../../src/contract/violations.ts';

const valid = { model: 'LongCat-2.0', messages: [{ role: 'user', content: 'Hi' }] };

it.each<[string, object, string]>([
  ['above a maximum', { top_p: 2 }, '/top_p: 2 is not less or equal to 1'],
  ['below a minimum', { top_k: -2 }, '/top_k: -2 is not greater or equal to -1'],
  ['at an exclusive minimum', { top_p: 0 }, '/top_p: 0 is not greater than 0'],
  [
    'a fraction for a whole number',
    { max_tokens: 1.5 },
    '/max_tokens: expected type: Integer, found: BigDecimal',
  ],
  [
    'text for a whole number',
    { max_tokens: '9' },
    '/max_tokens: expected type: Integer, found: String',
  ],
  ['text for a switch', { stream: 'yes' }, '/stream: expected type: Boolean, found: String'],
  ['a list for text', { model: [] }, '/model: expected type: String, found: JSONArray'],
  ['null for text', { model: null }, '/model: expected type: String, found: Null'],
  ['text for a list', { messages: 'Hi' }, '/messages: expected type: JSONArray, found: String'],
  ['an empty list', { messages: [] }, '/messages: expected minimum item count: 1, found: 0'],
  [
    'a number for a message',
    { messages: [7] },
    '/messages/0: expected type: JSONObject, found: Integer',
  ],
  [
    'a large number for a message',
    { messages: [4294967295] },
    '/messages/0: expected type: JSONObject, found: Long',
  ],
  [
    'an unknown role',
    { messages: [{ role: 'robot', content: '' }] },
    '/messages/0/role: robot is not a valid enum value',
  ],
  [
    'a message without a role',
    { messages: [{ content: '' }] },
    '/messages/0: required key [role] not found',
  ],
  [
    'a user message without content',
    { messages: [{ role: 'user' }] },
    '/messages/0: required key [content] not found',
  ],
  [
    'a number for content',
    { messages: [{ role: 'user', content: 5 }] },
    '/messages/0/content: expected type: String, found: Integer',
  ],
  [
    'a text part without text',
    { messages: [{ role: 'user', content: [{ type: 'text' }] }] },
    '/messages/0/content/0: required key [text] not found',
  ],
  [
    'an unknown thinking type',
    { thinking: { type: 'maybe' } },
    '/thinking/type: maybe is not a valid enum value',
  ],
  [
    'an unknown tool choice',
    { tool_choice: 'maybe' },
    '/tool_choice: maybe is not a valid enum value',
  ],
])('%s reads as the Everit validator says it', (_case, overrides, line) => {
  expect(listViolations(ChatRequest, { ...valid, ...overrides })).toEqual([line]);
});

it('every violation is listed, in the order of the members of the body', () => {
  const body = {
    top_p: 3,
    messages: [{ role: 'user', content: 'Hi' }, { role: 'x' }],
    top_k: 101,
    model: 5,
  };

  expect(listViolations(ChatRequest, body)).toEqual([
    '/top_p: 3 is not less or equal to 1',
    '/messages/1/role: x is not a valid enum value',
    '/top_k: 101 is not less or equal to 100',
    '/model: expected type: String, found: Integer',
  ]);
});

it('missing members come first, at the place that lacks them', () => {
  expect(listViolations(ChatRequest, { top_p: 3 })).toEqual([
    ': required key [model] not found',
    ': required key [messages] not found',
    '/top_p: 3 is not less or equal to 1',
  ]);
});

it('the limits of a model take their place among the violations', () => {
  const body = { ...valid, max_tokens: 384_000, top_p: 2 };

  expect(listViolations(ChatRequest, body, { members: ['max_tokens'], maximum: 131_072 })).toEqual([
    '/max_tokens: 384000 is not less or equal to 131072',
    '/top_p: 2 is not less or equal to 1',
  ]);
});

it('a name with a slash or a tilde is escaped in the pointer', () => {
  const body = { ...valid, logit_bias: { 'a/b~c': 'much' } };

  expect(listViolations(ChatRequest, body)).toEqual([
    '/logit_bias/a~1b~0c: expected type: Number, found: String',
  ]);
});

it('temperature is never refused', () => {
  expect(listViolations(ChatRequest, { ...valid, temperature: 99 })).toEqual([]);
  expect(listViolations(MessageRequest, { ...valid, temperature: -1 })).toEqual([]);
});

const everyMember = {
  developer: { messages: [{ role: 'developer', content: [{ type: 'text', text: 'a' }] }] },
  'assistant history': {
    messages: [
      { role: 'user', content: '' },
      {
        role: 'assistant',
        tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }],
      },
      {
        role: 'assistant',
        content: null,
        reasoning_content: 'why',
        audio: null,
        function_call: null,
      },
      { role: 'assistant', content: [{ type: 'refusal', refusal: 'no' }], refusal: null },
      { role: 'tool', tool_call_id: 'a', content: [{ type: 'text', text: 'b' }] },
      { role: 'function', name: 'f', content: null },
    ],
  },
  'content parts': {
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'a', prompt_cache_breakpoint: { mode: 'explicit' } },
          { type: 'image_url', image_url: { url: 'https://a', detail: 'high' } },
          { type: 'input_audio', input_audio: { data: '', format: 'wav' } },
          { type: 'file', file: { file_id: 'f' } },
        ],
      },
    ],
  },
  'null as unset': {
    stream: null,
    stop: null,
    temperature: null,
    max_tokens: null,
    n: null,
    logit_bias: null,
    metadata: null,
    reasoning_effort: null,
    response_format: null,
    stream_options: null,
    tools: null,
    top_p: null,
  },
  'vendor members': {
    min_p: 0.1,
    enable_thinking: true,
    chat_template_kwargs: {},
    anything: { at: ['all'] },
  },
  zeroes: { max_tokens: 0, max_completion_tokens: 0, seed: -9007199254740991 },
  tools: {
    tools: [
      { type: 'function', function: { name: 'f' }, extra: 1 },
      {
        type: 'custom',
        custom: {
          name: 'c',
          format: { type: 'grammar', grammar: { definition: '', syntax: 'lark' } },
        },
      },
    ],
    tool_choice: { type: 'allowed_tools', allowed_tools: { mode: 'auto', tools: [{}] } },
  },
  'stream options without streaming': {
    stream: false,
    stream_options: { include_usage: true, x: 1 },
  },
};

it.each(Object.entries(everyMember))('a chat request with %s is accepted', (_case, overrides) => {
  expect(listViolations(ChatRequest, { ...valid, ...overrides })).toEqual([]);
});

const everyMessageMember = {
  'no max_tokens': {},
  'a system of blocks': {
    system: [{ type: 'text', text: 'a', cache_control: { type: 'ephemeral' } }],
  },
  'a system turn among the messages': {
    messages: [{ role: 'system', content: [{ type: 'text', text: 'a' }] }],
  },
  'tool results in every form': {
    messages: [
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'a' },
          { type: 'tool_result', tool_use_id: 'b', content: '' },
          {
            type: 'tool_result',
            tool_use_id: 'c',
            content: [{ type: 'image', source: {} }],
            is_error: true,
          },
          { type: 'text', text: 'and' },
        ],
      },
    ],
  },
  'replayed thinking': {
    messages: [
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'a', signature: 'b' },
          { type: 'redacted_thinking', data: 'c' },
          { type: 'tool_use', id: 'd', name: 'e', input: {}, caller: { type: 'direct' } },
        ],
      },
    ],
  },
  'thinking without a budget': { thinking: { type: 'enabled' } },
  'adaptive thinking': { thinking: { type: 'adaptive', display: 'omitted' } },
  'tools of both kinds': {
    tools: [
      {
        name: 'f',
        input_schema: { type: 'object' },
        eager_input_streaming: true,
        defer_loading: true,
      },
      { type: 'web_search_20260318', name: 'web_search' },
    ],
    tool_choice: { type: 'any', disable_parallel_tool_use: true },
  },
  'what Claude Code sends': {
    metadata: { user_id: '{"a":1}' },
    context_management: { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] },
    output_config: { effort: 'high' },
    stream: true,
    max_tokens: 32_000,
  },
};

it.each(
  Object.entries(everyMessageMember),
)('a message request with %s is accepted', (_case, overrides) => {
  expect(listViolations(MessageRequest, { ...valid, ...overrides })).toEqual([]);
});

it('a tool without its schema is named by what it lacks', () => {
  expect(listViolations(MessageRequest, { ...valid, tools: [{ name: 'f' }] })).toEqual([
    '/tools/0: required key [input_schema] not found',
  ]);
});

it('thousands of violations in one object are listed in one pass', () => {
  const names = Array.from({ length: 20_000 }, (_, index) => `token${index}`);
  const logit_bias = Object.fromEntries(names.map((name) => [name, 'much']));
  const lines = listViolations(ChatRequest, { ...valid, logit_bias });

  expect(lines).toHaveLength(20_000);
  expect(lines.at(-1)).toBe('/logit_bias/token19999: expected type: Number, found: String');
});

import { expect, it } from 'vitest';
import { anthropic } from '../../src/dialect/anthropic/index.ts';
import { openai } from '../../src/dialect/openai/index.ts';
import type { JsonObject } from '../../src/exchange/json.ts';
import { compileMatch, type Subject } from '../../src/scenario/match.ts';
import { type Match, MatchSchema } from '../../src/scenario/match-schema.ts';
import { hello } from '../ask.ts';

type Api = 'openai' | 'anthropic';

function subjectOf(
  overrides: JsonObject = {},
  { api = 'openai', headers = {} }: { api?: Api; headers?: Record<string, string> } = {},
): Subject {
  const body = { ...hello, ...overrides };
  const dialect = api === 'openai' ? openai : anthropic;
  return { api, body, prompt: dialect.decode(body), headers: new Headers(headers) };
}

function holds(match: Match, subject: Subject): boolean {
  return compileMatch(MatchSchema.parse(match)).every((condition) => condition.holds(subject));
}

const user = (content: string) => ({ role: 'user', content });
const tool = (name: string) => ({ type: 'function', function: { name, parameters: {} } });
const weather = { tools: [tool('get_weather'), tool('get_time')] };
const afterCall: JsonObject = {
  messages: [
    { role: 'system', content: 'Be brief.' },
    user('Weather?'),
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{}' } },
      ],
    },
    { role: 'tool', tool_call_id: 'call_1', content: '18 degrees' },
  ],
};

const rows: readonly (readonly [Match, JsonObject, boolean])[] = [
  [{}, {}, true],
  [{ api: 'any' }, {}, true],
  [{ api: 'openai' }, {}, true],
  [{ api: 'anthropic' }, {}, false],
  [{ model: 'LongCat-2.0' }, {}, true],
  [{ model: 'longcat-2.0' }, {}, false],
  [{ model: { matches: '(?i)^longcat' } }, {}, true],
  [{ stream: true }, { stream: true }, true],
  [{ stream: true }, {}, false],
  [{ stream: false }, {}, true],
  [{ stream: false }, { stream: true }, false],
  [{ turnIndex: 0 }, {}, true],
  [{ turnIndex: 1 }, {}, false],
  [{ turnIndex: 1 }, afterCall, true],
  [{ messages: { lastUser: 'Weather?' } }, afterCall, true],
  [{ messages: { lastUser: { contains: '18 degrees' } } }, afterCall, false],
  [{ messages: { lastUser: { absent: true } } }, { messages: [] }, true],
  [{ thinking: true }, {}, true],
  [{ thinking: false }, { thinking: { type: 'disabled' } }, true],
  [{ thinking: false }, { enable_thinking: false }, true],
  [{ thinking: true }, { reasoning_effort: 'none' }, false],
  [{ messages: { last: { text: 'Hello!' } } }, {}, true],
  [{ messages: { last: { text: 'Hello' } } }, {}, false],
  [{ messages: { last: { text: { equals: 'Hello!' } } } }, {}, true],
  [{ messages: { last: { text: { contains: 'ell' } } } }, {}, true],
  [{ messages: { last: { text: { contains: 'ELL' } } } }, {}, false],
  [{ messages: { last: { text: { matches: '^H.*!$' } } } }, {}, true],
  [{ messages: { last: { text: { matches: 'ello' } } } }, {}, true],
  [{ messages: { last: { text: { matches: '^ello' } } } }, {}, false],
  [{ messages: { last: { text: { contains: 'H', matches: '!$' } } } }, {}, true],
  [{ messages: { last: { text: { contains: 'X', matches: '!$' } } } }, {}, false],
  [{ messages: { last: { text: { absent: true } } } }, {}, false],
  [{ messages: { last: { text: { absent: false } } } }, {}, true],
  [{ messages: { last: { text: { absent: true } } } }, { messages: [user('')] }, true],
  [{ messages: { last: { text: 'a\nb' } } }, { messages: [user('a\nb')] }, true],
  [
    { messages: { last: { text: 'ab' } } },
    {
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
        },
      ],
    },
    true,
  ],
  [{ messages: { last: { role: 'user' } } }, {}, true],
  [{ messages: { last: { role: 'tool' } } }, {}, false],
  [{ messages: { last: { role: 'tool' } } }, afterCall, true],
  [{ messages: { last: { role: 'tool', text: { contains: '18' } } } }, afterCall, true],
  [{ messages: { last: { toolCallId: 'call_1' } } }, afterCall, true],
  [{ messages: { last: { toolCallId: 'call_2' } } }, afterCall, false],
  [{ messages: { last: { toolCallId: { absent: true } } } }, {}, true],
  [{ messages: { any: { role: 'user', text: 'Weather?' } } }, afterCall, true],
  [{ messages: { any: { role: 'system', text: 'Weather?' } } }, afterCall, false],
  [{ messages: { any: { role: 'assistant' } } }, {}, false],
  [{ messages: { any: { toolCallId: 'call_1' } } }, afterCall, true],
  [{ messages: { system: { contains: 'brief' } } }, afterCall, true],
  [{ messages: { system: { absent: true } } }, {}, true],
  [{ messages: { system: { absent: true } } }, afterCall, false],
  [
    { messages: { system: 'a\nb' } },
    {
      messages: [{ role: 'system', content: 'a' }, { role: 'developer', content: 'b' }, user('c')],
    },
    true,
  ],
  [{ tools: { includes: ['get_time', 'get_weather'] } }, weather, true],
  [{ tools: { includes: ['get_weather', 'get_news'] } }, weather, false],
  [{ tools: { includes: ['get_weather'] } }, {}, false],
  [{ tools: { none: true } }, {}, true],
  [{ tools: { none: true } }, weather, false],
  [{ tools: { none: false } }, weather, true],
  [{ tools: { none: false } }, {}, false],
  [{ body: [{ path: '$.user', equals: 'me' }] }, { user: 'me' }, true],
  [{ body: [{ path: '$.user', equals: 'me' }] }, {}, false],
  [{ body: [{ path: '$.user', exists: true }] }, { user: null }, true],
  [{ body: [{ path: '$.user', exists: true }] }, {}, false],
  [{ body: [{ path: '$.user', exists: false }] }, {}, true],
  [{ body: [{ path: '$.user', exists: false }] }, { user: null }, false],
  [{ body: [{ path: '$.user', equals: null }] }, { user: null }, true],
  [{ body: [{ path: '$.user', matches: '^m' }] }, { user: 'me' }, true],
  [{ body: [{ path: '$.top_p', matches: '1' }] }, { top_p: 1 }, false],
  [{ body: [{ path: '$.top_p', equals: 0.5 }] }, { top_p: 0.5 }, true],
  [{ body: [{ path: '$.top_p', equals: '0.5' }] }, { top_p: 0.5 }, false],
  [{ body: [{ path: '$.messages[*].role', equals: 'tool' }] }, afterCall, true],
  [{ body: [{ path: '$.messages[-1].role', equals: 'user' }] }, afterCall, false],
  [
    { body: [{ path: '$.metadata', equals: { a: 1, b: { c: [1, 2], d: 2 } } }] },
    { metadata: { b: { d: 2, c: [1, 2] }, a: 1 } },
    true,
  ],
  [{ body: [{ path: '$.metadata', equals: { a: [1, 2] } }] }, { metadata: { a: [2, 1] } }, false],
  [
    {
      body: [
        { path: '$.a', equals: 1 },
        { path: '$.b', equals: 2 },
      ],
    },
    { a: 1, b: 3 },
    false,
  ],
  [{ api: 'openai', model: 'LongCat-2.0', turnIndex: 0, tools: { none: true } }, {}, true],
  [{ api: 'openai', model: 'LongCat-2.0', turnIndex: 0, tools: { none: false } }, {}, false],
];

it.each(rows)('%j on %j holds: %s', (match, overrides, expected) => {
  expect(holds(match, subjectOf(overrides))).toBe(expected);
});

it.each([
  [{ 'x-trace': 'abc' }, true],
  [{ 'X-Trace': { contains: 'b' } }, true],
  [{ 'x-trace': { matches: '^c' } }, false],
  [{ 'x-other': { absent: true } }, true],
  [{ 'x-trace': { absent: true } }, false],
  [{ 'x-other': 'abc' }, false],
] as const)('headers %j hold: %s', (headers, expected) => {
  expect(holds({ headers }, subjectOf({}, { headers: { 'x-trace': 'abc' } }))).toBe(expected);
});

const result = (id: string, content: string) => ({
  type: 'tool_result',
  tool_use_id: id,
  content,
});
const text = (words: string) => ({ type: 'text', text: words });
const lastTool = { role: 'tool', text: '18 degrees', toolCallId: 'toolu_1' } as const;

it.each([
  ['alone', [result('toolu_1', '18 degrees')]],
  ['after a text', [text('Here:'), result('toolu_1', '18 degrees')]],
  ['before a text', [result('toolu_1', '18 degrees'), text('And now?')]],
  ['among texts', [text('Here:'), result('toolu_1', '18 degrees'), text('And now?')]],
  ['after another', [text('Both:'), result('toolu_0', 'noon'), result('toolu_1', '18 degrees')]],
])('a tool_result %s is the last message, with the role tool', (_, content) => {
  const messages = [
    user('Weather?'),
    { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'a', input: {} }] },
    { role: 'user', content },
  ];
  const subject = subjectOf({ messages, max_tokens: 10 }, { api: 'anthropic' });

  expect(holds({ turnIndex: 1, messages: { last: lastTool } }, subject)).toBe(true);
  expect(holds({ messages: { last: { role: 'user' } } }, subject)).toBe(false);
});

it('the text beside a tool_result is a message of the user before it', () => {
  const content = [result('toolu_1', '18 degrees'), text('And now?')];
  const subject = subjectOf({ messages: [{ role: 'user', content }] }, { api: 'anthropic' });

  expect(holds({ messages: { any: { role: 'user', text: 'And now?' } } }, subject)).toBe(true);
  expect(subject.prompt.messages.map(({ role }) => role)).toEqual(['user', 'tool']);
});

it.each([
  [{ system: 'Be brief.' }],
  [{ system: [text('Be '), text('brief.')] }],
])('a system prompt of Anthropic’s format is matched as any (%j)', (overrides) => {
  const subject = subjectOf(overrides, { api: 'anthropic' });

  expect(holds({ messages: { system: 'Be brief.' } }, subject)).toBe(true);
  expect(holds({ api: 'anthropic', thinking: false, turnIndex: 0 }, subject)).toBe(true);
});

it.each([
  '(a+)+$',
  '(a|a)*b',
  '(a|aa)+$',
  '(.*a){20}b',
])('the pattern %s comes to its end on 64 KiB that hardly do not fit', (matches) => {
  const subject = subjectOf({ messages: [user(`${'a'.repeat(64 * 1024)}!`)] });

  expect(holds({ messages: { last: { text: { matches } } } }, subject)).toBe(false);
  expect(holds({ messages: { any: { text: { matches } } } }, subject)).toBe(false);
});

it.each([
  ['(a)\\1', 'a reference'],
  ['a(?=b)', 'a lookahead'],
  ['(?<!a)b', 'a lookbehind'],
  ['(', 'a syntax error'],
])('the pattern %s is refused', (matches) => {
  expect(MatchSchema.safeParse({ model: { matches } }).success).toBe(false);
});

const places: readonly (readonly [Match, string, string, string])[] = [
  [{ api: 'anthropic' }, 'api', '"anthropic"', '"openai"'],
  [{ model: 'other' }, 'model', '"other"', '"LongCat-2.0"'],
  [{ stream: true }, 'stream', 'true', 'false'],
  [{ thinking: false }, 'thinking', 'false', 'true'],
  [{ turnIndex: 2 }, 'turnIndex', '2', '1'],
  [{ messages: { last: { role: 'user' } } }, 'messages[-1].role', '"user"', '"tool"'],
  [
    { messages: { last: { text: { contains: 'rain' } } } },
    'messages[-1].content',
    'contains "rain"',
    '"18 degrees"',
  ],
  [
    { messages: { last: { toolCallId: 'call_2' } } },
    'messages[-1].tool_call_id',
    '"call_2"',
    '"call_1"',
  ],
  [
    { messages: { system: { matches: '^Be long' } } },
    'system',
    'matches "^Be long"',
    '"Be brief."',
  ],
  [
    { messages: { any: { role: 'user', text: { contains: 'rain' } } } },
    'messages[*]',
    'one with role "user" and content contains "rain"',
    'none among 4',
  ],
  [{ tools: { includes: ['get_news'] } }, 'tools', '"get_news"', '["get_weather","get_time"]'],
  [{ tools: { none: true } }, 'tools.none', 'true', 'false'],
  [{ headers: { 'x-trace': 'a' } }, 'headers.x-trace', '"a"', 'nothing'],
  [{ headers: { authorization: { absent: true } } }, 'headers.authorization', 'nothing', '"k"'],
  [{ body: [{ path: '$.user', equals: 'me' }] }, '$.user', '"me"', '"you"'],
  [{ body: [{ path: '$.user', matches: '^m' }] }, '$.user', 'matches "^m"', '"you"'],
  [{ body: [{ path: '$.nowhere', exists: true }] }, '$.nowhere', 'something', 'nothing'],
  [{ body: [{ path: '$.user', exists: false }] }, '$.user', 'nothing', '"you"'],
];

it.each(places)('%j differs at %s: expected %s, got %s', (match, place, expected, got) => {
  const overrides = { ...afterCall, ...weather, user: 'you' };
  const subject = subjectOf(overrides, { headers: { authorization: 'k' } });
  const [condition] = compileMatch(MatchSchema.parse(match));

  expect(condition?.holds(subject)).toBe(false);
  expect([condition?.place, condition?.expected, condition?.show(subject)]).toEqual([
    place,
    expected,
    got,
  ]);
});

it('what is shown of a long text is cut, and never within a character', () => {
  const [condition] = compileMatch({ messages: { last: { text: 'x' } } });
  const shown = condition?.show(subjectOf({ messages: [user('😀'.repeat(1000))] })) ?? '';

  expect(shown.length).toBeLessThan(100);
  expect(shown.isWellFormed()).toBe(true);
});

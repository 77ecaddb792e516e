import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { JsonObject } from '../../src/exchange/json.ts';
import type { MatchRules, Recording } from '../../src/recording/cassette.ts';
import { keyOf, writeCanonical } from '../../src/recording/key.ts';
import { normalise } from '../../src/recording/normalise.ts';
import { compileRules, parseReplace } from '../../src/recording/rules.ts';
import { anyJson, oddKey } from '../fuzz/json.ts';
import { patience, runs } from '../fuzz/runs.ts';

const noRules = compileRules({ ignore: [], replace: [] });

function keyOfChat(request: JsonObject, members: Partial<Recording> = {}): Promise<string> {
  return keyOf({ api: 'openai', endpoint: 'chat.completions', request, ...members });
}

it('members that do not bear on the answer are left out, at the top alone', () => {
  const body: JsonObject = {
    model: 'LongCat-2.0',
    user: 'u',
    metadata: { user_id: 'u' },
    prompt_cache_key: 'k',
    prompt_cache_retention: '24h',
    safety_identifier: 's',
    store: true,
    messages: [{ role: 'user', content: 'Hello', metadata: 1 }],
  };

  expect(normalise(body, noRules)).toEqual({
    model: 'LongCat-2.0',
    messages: [{ role: 'user', content: 'Hello', metadata: 1 }],
  });
});

it('calls of the OpenAI format are numbered as they appear', () => {
  const body: JsonObject = {
    messages: [
      { role: 'assistant', tool_calls: [{ id: 'call_b7' }, { id: 'call_a1' }] },
      { role: 'tool', tool_call_id: 'call_a1' },
      { role: 'tool', tool_call_id: 'call_b7' },
      { role: 'tool', tool_call_id: 'call_unknown' },
    ],
  };

  expect(normalise(body, noRules)).toEqual({
    messages: [
      { role: 'assistant', tool_calls: [{ id: 'call_1' }, { id: 'call_2' }] },
      { role: 'tool', tool_call_id: 'call_2' },
      { role: 'tool', tool_call_id: 'call_1' },
      { role: 'tool', tool_call_id: 'call_3' },
    ],
  });
});

it('calls of the Anthropic format are numbered as they appear', () => {
  const body: JsonObject = {
    messages: [
      {
        content: [
          { type: 'text', text: 'a' },
          { type: 'tool_use', id: 'toolu_x' },
        ],
      },
      { content: [{ type: 'tool_result', tool_use_id: 'toolu_x', content: 'toolu_x' }] },
    ],
  };

  expect(normalise(body, noRules)).toEqual({
    messages: [
      {
        content: [
          { type: 'text', text: 'a' },
          { type: 'tool_use', id: 'call_1' },
        ],
      },
      { content: [{ type: 'tool_result', tool_use_id: 'call_1', content: 'toolu_x' }] },
    ],
  });
});

it.each<[string, JsonObject]>([
  ['$.seed', { a: { b: [1, 2] } }],
  ['$.a.b[0]', { a: { b: [null, 2] }, seed: 7 }],
  ['$.a.b[-1]', { a: { b: [1, null] }, seed: 7 }],
  ['$.a[*]', { a: {}, seed: 7 }],
  ["$['a']['b'].*", { a: { b: [null, null] }, seed: 7 }],
  ['$.nowhere.at[3].all', { a: { b: [1, 2] }, seed: 7 }],
])('%s is ignored', (path, expected) => {
  const rules = compileRules({ ignore: [path], replace: [] });

  expect(normalise({ a: { b: [1, 2] }, seed: 7 }, rules)).toEqual(expected);
});

it('patterns are replaced in every text, and the replacement is taken as it stands', () => {
  const rules = compileRules({ ignore: [], replace: [{ pattern: '(\\d+)', with: '$N$&' }] });

  expect(normalise({ a: ['1 and 23', { b: 'x4' }], 5: 6 }, rules)).toEqual({
    a: ['$N$& and $N$&', { b: 'x$N$&' }],
    5: 6,
  });
});

it('a pattern leaves the numbers of calls alone', () => {
  const rules = compileRules({ ignore: [], replace: [{ pattern: '\\d+', with: 'N' }] });
  const body: JsonObject = { messages: [{ tool_calls: [{ id: 'a1' }, { id: 'a2' }] }] };

  expect(normalise(body, rules)).toEqual({
    messages: [{ tool_calls: [{ id: 'call_1' }, { id: 'call_2' }] }],
  });
});

it.each<[Partial<MatchRules>, string]>([
  [{ ignore: ['messages'] }, 'Cannot ignore "messages": expected a JSONPath that begins with $.'],
  [{ ignore: ['$.a[?(@.b)]'] }, 'Cannot ignore "$.a[?(@.b)]": cannot read the JSONPath from'],
  [{ ignore: ['$'] }, 'Cannot ignore "$": nothing would be left.'],
  [{ replace: [{ pattern: '(?=a)', with: '' }] }, 'Cannot replace "(?=a)": '],
  [
    { replace: [{ pattern: '\\d*', with: 'N' }] },
    'Cannot replace "\\d*": it matches where there is nothing.',
  ],
  [
    { replace: [{ pattern: 'a', with: 'aa' }] },
    'What stands for a match of "a" is "aa", which the patterns would change again.',
  ],
])('the rules %j are refused', (rules, message) => {
  expect(() => compileRules({ ignore: [], replace: [], ...rules })).toThrow(
    expect.objectContaining({ code: 'invalid-config', message: expect.stringContaining(message) }),
  );
});

it('a replacement is parted at its last arrow', () => {
  expect(parseReplace('a=>b=>c')).toEqual({ pattern: 'a=>b', with: 'c' });
  expect(parseReplace('a=>')).toEqual({ pattern: 'a', with: '' });
  expect(() => parseReplace('abc')).toThrow('Cannot read the replacement "abc"');
});

it('the order of members and the form of numbers do not matter', async () => {
  const key = await keyOfChat({ a: 1, b: { c: 2, d: [1, 2] } });

  expect(key).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(await keyOfChat(JSON.parse('{"b":{"d":[1.0,2e0],"c":2},"a":1}'))).toBe(key);
});

it.each<[string, JsonObject, Partial<Recording>]>([
  ['a text', { model: 'b' }, {}],
  ['the order of a list', { model: ['y', 'x'] }, {}],
  ['a member more', { model: 'a', stream: true }, {}],
  ['the api', { model: 'a' }, { api: 'anthropic' }],
  ['the endpoint', { model: 'a' }, { endpoint: 'messages' }],
  ['a member of a name with a meaning', JSON.parse('{"model":"a","__proto__":{}}'), {}],
])('%s makes another key', async (_, request, members) => {
  const keys = [{ model: 'a' }, { model: ['x', 'y'] }].map((body) => keyOfChat(body));

  expect(await Promise.all(keys)).not.toContain(await keyOfChat(request, members));
});

it('a key is the same on every machine and in every version', async () => {
  expect(await keyOfChat({ model: 'LongCat-2.0', messages: [] })).toBe(
    'sha256:461c86d0375fb07a31003f519ea3575dd072db4e90c30b8ca7a44c3107099762',
  );
});

it('a member named __proto__ is data, and never a prototype', () => {
  const body: JsonObject = JSON.parse(
    '{"__proto__":{"x":"1"},"messages":[{"__proto__":{"id":"2"},"tool_calls":[{"id":"a","__proto__":3}]}]}',
  );
  const rules = compileRules({ ignore: ['$.x'], replace: [{ pattern: '\\d', with: 'N' }] });

  expect(JSON.stringify(normalise(body, rules))).toBe(
    '{"__proto__":{"x":"N"},"messages":[{"__proto__":{"id":"N"},"tool_calls":[{"id":"call_1","__proto__":3}]}]}',
  );
  expect(writeCanonical(body)).toContain('"__proto__":{"x":"1"}');
  expect(Object.getPrototypeOf(normalise(body, rules))).toBe(Object.prototype);
});

const id = fc.constantFrom('call_1', 'call_2', 'call_3', 'call_10', 'toolu_a', '', 'x', null);
const block = fc.record(
  {
    type: fc.constantFrom('text', 'tool_use', 'tool_result'),
    id,
    tool_use_id: id,
    text: fc.string(),
  },
  { requiredKeys: [] },
);
const message = fc.record(
  {
    role: fc.constantFrom('user', 'assistant', 'tool'),
    tool_calls: fc.array(block),
    tool_call_id: id,
    content: fc.oneof(fc.array(block), fc.string()),
  },
  { requiredKeys: [] },
);
const conversation = fc.record(
  {
    messages: fc.array(fc.oneof(message, anyJson)),
    user: fc.string(),
    prompt_cache_key: fc.string(),
    text: fc.string(),
  },
  { requiredKeys: ['messages'] },
);
const anything = fc
  .array(fc.tuple(oddKey, anyJson))
  .map((members): unknown => Object.fromEntries(members));
const someRules = fc
  .record({
    ignore: fc.subarray([
      '$.text',
      '$.messages[0]',
      '$.messages[*].content[-1]',
      '$.messages[*].role',
      '$.*.id',
      '$.messages[*].tool_calls[0].id',
    ]),
    replace: fc.subarray([
      { pattern: '\\d+', with: 'N' },
      { pattern: 'call_\\d', with: 'x' },
      { pattern: 'tool_use', with: 'gone' },
      { pattern: '[a-z]+', with: '' },
      { pattern: 'x', with: 'call_N' },
    ]),
  })
  .filter((rules) => isSettled(rules));

function isSettled(rules: MatchRules): boolean {
  try {
    compileRules(rules);
    return true;
  } catch {
    return false;
  }
}

it(
  'a normalised request stays as it is, and the request itself too',
  () => {
    fc.assert(
      fc.property(fc.oneof(conversation, anything), someRules, (value, given) => {
        const body: JsonObject = JSON.parse(JSON.stringify(value));
        const rules = compileRules(given);
        const before = JSON.stringify(body);
        const once = normalise(body, rules);
        expect(JSON.stringify(normalise(once, rules))).toBe(JSON.stringify(once));
        expect(JSON.stringify(body)).toBe(before);
      }),
      runs(3000),
    );
  },
  patience,
);

it(
  'canonical JSON means the same and does not depend on the order of members',
  () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const json = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(writeCanonical(json))).toEqual(json);
        expect(writeCanonical(reverse(json))).toBe(writeCanonical(json));
      }),
      runs(1000),
    );
  },
  patience,
);

// biome-ignore lint/suspicious/noExplicitAny: any JSON, as JSON.parse types it
function reverse(value: any): any {
  if (Array.isArray(value)) return value.map(reverse);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).reverse();
  return Object.fromEntries(members.map(([name, member]) => [name, reverse(member)]));
}

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { JsonObject } from '../../src/exchange/json.ts';
import { capture } from '../../src/recording/capture.ts';
import { playBack } from '../../src/recording/playback.ts';
import { redactRequest, redactResponse } from '../../src/recording/redact.ts';
import {
  compileRedactions,
  parseRedaction,
  type Redaction,
} from '../../src/recording/secret-text.ts';
import { anyJson, oddKey } from '../fuzz/json.ts';
import { patience, runs } from '../fuzz/runs.ts';
import { answerOf } from './raw.ts';

const known = compileRedactions([]);
const secret = 'hunter2hunter2';

function request(body: JsonObject, ...redactions: readonly Redaction[]): JsonObject {
  return redactRequest(body, compileRedactions(redactions));
}

it('members that hold credentials are left out at any depth, and counts stay', () => {
  const body: JsonObject = {
    max_tokens: 5,
    api_key: secret,
    tools: [{ function: { parameters: { properties: { password: { type: 'string' } } } } }],
    messages: [
      { content: [{ type: 'tool_use', input: { login: { password: secret, user: 'u' } } }] },
    ],
    credentials: [secret, ''],
    usage: { prompt_tokens: 7 },
  };

  expect(request(body)).toEqual({
    ...body,
    api_key: '[redacted]',
    messages: [
      { content: [{ type: 'tool_use', input: { login: { password: '[redacted]', user: 'u' } } }] },
    ],
    credentials: ['[redacted]', ''],
  });
});

it('a request without secrets is given back itself', () => {
  const body: JsonObject = { messages: [{ role: 'user', content: '{"a": ["x"]}' }] };

  expect(request(body)).toBe(body);
});

it.each([
  [`{"city": "Paris", "api_key": "${secret}"}`, '{"city": "Paris", "api_key": "[redacted]"}'],
  [`{ "a":{"password":"x\\"${secret}"},"n":1.0 }`, '{ "a":{"password":"[redacted]"},"n":1.0 }'],
  [`{"token": "${secret}`, '{"token": "[redacted]'],
  ['{"max_tokens": "5", "password": ""}', '{"max_tokens": "5", "password": ""}'],
  [`say "password": "${secret}"`, `say "password": "${secret}"`],
])('the arguments %j become %j', (text, expected) => {
  const body = (given: string): JsonObject => ({
    messages: [{ tool_calls: [{ function: { name: 'f', arguments: given } }] }],
  });

  expect(request(body(text))).toEqual(body(expected));
  expect(request(request(body(text)))).toEqual(body(expected));
});

it('a user adds names and patterns', () => {
  const body: JsonObject = { a: 'mail me@here.org', Tenant: 'x', b: '{"tenant": "y"}' };

  expect(request(body, { pattern: '[a-z]+@[a-z.]+' }, { member: 'tenant' })).toEqual({
    a: 'mail [redacted]',
    Tenant: '[redacted]',
    b: '{"tenant": "[redacted]"}',
  });
});

it.each([
  ['(', 'Cannot redact "(": '],
  ['a*', 'Cannot redact "a*": it matches where there is nothing.'],
  ['[a-z]+', 'Cannot redact "[a-z]+": it matches "[redacted]" too'],
])('the pattern %j is refused', (pattern, message) => {
  expect(() => compileRedactions([{ pattern }])).toThrow(
    expect.objectContaining({ code: 'invalid-config', message: expect.stringContaining(message) }),
  );
});

it('a flag names a member, or is a pattern', () => {
  expect(parseRedaction('member:tenant')).toEqual({ member: 'tenant' });
  expect(parseRedaction('tenant-\\d+')).toEqual({ pattern: 'tenant-\\d+' });
});

it('a member named __proto__ is looked into, and stays a member', () => {
  const body: JsonObject = JSON.parse(`{"__proto__":{"password":"${secret}"}}`);

  expect(JSON.stringify(request(body))).toBe('{"__proto__":{"password":"[redacted]"}}');
});

it('an answer that loses a secret loses what was kept beside, and has another length', () => {
  const text = `{ "password": "${secret}", "id": 1 }`;
  const headers = { 'content-type': 'application/json', 'content-length': String(text.length) };
  const response = capture({ ...answerOf([text.slice(0, 9), text.slice(9)], ''), headers });

  const clean = redactResponse(response, known);
  expect(clean).toEqual({
    status: 200,
    headers: { 'content-type': 'application/json', 'content-length': '32' },
    atMs: 100,
    body: { password: '[redacted]', id: 1 },
    chunks: [{ atMs: 111, bytes: 32 }],
  });
  expect(playBack(clean).chunks).toHaveLength(1);
});

it('a secret that only the form as it came holds is left out too', () => {
  const response = capture(answerOf([`{"password":"${secret}","password":""}`], ''));

  expect(JSON.stringify(redactResponse(response, known))).not.toContain(secret);
});

it('an answer without secrets is given back itself', () => {
  const response = capture(
    answerOf(['data: {"delta":{"content":"{"}}\n\n', ': hi\n\n', 'data: [DONE]\n\n']),
  );

  expect(redactResponse(response, known)).toBe(response);
});

it('secrets that are spread over the events of a stream are left out', () => {
  const deltas = ['{"api_', 'key": "hun', 'ter2hunter2", "city":', ' "Paris"}'];
  const events = deltas.map((text) => {
    const call = { index: 1, function: { arguments: text } };
    return `data: ${JSON.stringify({ choices: [{ index: 0, delta: { tool_calls: [call] } }] })}\r\n\r\n`;
  });
  const response = capture(answerOf(events));
  const { events: clean = [] } = redactResponse(response, known);

  const texts = clean.map(({ data }) => /"arguments":(".*")\}\}/.exec(JSON.stringify(data))?.[1]);
  expect(texts.map((text) => JSON.parse(text ?? '""'))).toEqual([
    '{"api_',
    'key": "[redacted]',
    '", "city":',
    ' "Paris"}',
  ]);
  expect(clean.map(({ raw }) => raw === undefined)).toEqual([false, true, true, false]);
});

it('a pattern is found across the events of a stream, by content block', () => {
  const delta = (index: number, text: string) =>
    `data: ${JSON.stringify({ index, delta: { type: 'text_delta', text } })}\n\n`;
  const response = capture(answerOf([delta(0, 'ab'), delta(1, 'A1'), delta(0, '12 c')]));
  const clean = redactResponse(response, compileRedactions([{ pattern: 'ab\\d+' }]));

  expect(clean.events?.map(({ data }) => JSON.stringify(data))).toEqual([
    '{"index":0,"delta":{"type":"text_delta","text":"[redacted]"}}',
    '{"index":1,"delta":{"type":"text_delta","text":"A1"}}',
    '{"index":0,"delta":{"type":"text_delta","text":" c"}}',
  ]);
});

it('comments, texts and pages are searched by patterns', () => {
  const secrets = compileRedactions([{ pattern: 'hunter2+' }]);
  const page = capture(answerOf([`<p>${secret}`], 'text/html'));

  expect(redactResponse(page, secrets).text).toBe('<p>[redacted]');
  expect(redactResponse(capture(answerOf([`: ${secret}\n\n`])), secrets).events).toEqual([
    { atMs: 110, raw: ': [redacted]\n\n' },
  ]);
});

it('headers that tell an account lose their values, and traces stay', () => {
  const headers = {
    'openai-organization': 'org-1',
    'x-api-key': secret,
    'x-request-id': 'r',
    'm-traceid': '-4772987316229557453',
  };

  expect(redactResponse({ status: 200, headers, atMs: 0, text: '' }, known).headers).toEqual({
    ...headers,
    'openai-organization': '[redacted]',
    'x-api-key': '[redacted]',
  });
});

it('the tokens of log probabilities stay', () => {
  const body = { logprobs: { content: [{ token: 'Hello', logprob: -0.5, top_logprobs: [] }] } };
  const response = { status: 200, headers: {}, atMs: 0, body };

  expect(redactResponse(response, known)).toBe(response);
});

const someKey = fc.oneof(oddKey, fc.constantFrom('api_key', 'password', 'token', 'max_tokens'));
const someBody = fc
  .array(
    fc.tuple(
      someKey,
      fc.oneof(
        anyJson,
        anyJson.map((value) => JSON.stringify(value)),
      ),
    ),
  )
  .map((members): JsonObject => JSON.parse(JSON.stringify(Object.fromEntries(members))));

it(
  'what was redacted stays as it is, and what has no secret is untouched',
  () => {
    const secrets = compileRedactions([{ pattern: 'word|\\d{3}' }, { member: 'a' }]);
    fc.assert(
      fc.property(someBody, (body) => {
        const once = redactRequest(body, secrets);
        expect(redactRequest(once, secrets)).toBe(once);
        expect(Object.keys(once)).toEqual(Object.keys(body));
      }),
      runs(2000),
    );
  },
  patience,
);

const spread = fc.record({
  before: fc.constantFrom('{"a": "b", ', '{', ' [{'),
  value: fc.constantFrom('hunter2', 'a\\"b', '🙂🙂', '\\\\'),
  sizes: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 }),
});

it(
  'a secret is left out of a stream wherever it is split',
  () => {
    fc.assert(
      fc.property(spread, ({ before, value, sizes }) => {
        const text = `${before}"password": "${value}", "c": 1}`;
        const events = split(text, sizes).map((partial_json) => {
          return `data: ${JSON.stringify({ index: 0, delta: { partial_json } })}\n\n`;
        });
        const clean = redactResponse(capture(answerOf(events)), known);
        const joined = clean.events?.map(({ data }) => readPiece(data)).join('');
        expect(joined).toBe(`${before}"password": "[redacted]", "c": 1}`);
      }),
      runs(1000),
    );
  },
  patience,
);

function split(text: string, sizes: readonly number[]): readonly string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    const size = sizes[pieces.length % sizes.length] ?? 1;
    pieces.push(text.slice(at, at + size));
    at += size;
  }
  return pieces;
}

function readPiece(data: unknown): string {
  const { delta } = data as { delta: { partial_json: string } }; // as written above
  return delta.partial_json;
}

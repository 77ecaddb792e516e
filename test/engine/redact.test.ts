import { expect, it } from 'vitest';
import { credentialHeaders, credentialQueryParameters } from '../../src/contract/credentials.ts';
import {
  findLeaks,
  joinHeaders,
  redactBody,
  redactHeaders,
  redactPath,
  redactRawHeaders,
} from '../../src/engine/redact.ts';
import type { JsonObject } from '../../src/exchange/json.ts';

const secret = 'ak_1234567890';

it.each(credentialHeaders)('the header %s keeps its name, and not its value', (name) => {
  expect(redactHeaders([[name.toUpperCase(), secret]])).toEqual({ [name]: '[redacted]' });
});

it('other headers are kept, whatever their names', () => {
  const headers = redactHeaders([
    ['User-Agent', 'OpenAI/JS'],
    ['__proto__', 'x'],
  ]);

  expect(Object.entries(headers)).toEqual([
    ['user-agent', 'OpenAI/JS'],
    ['__proto__', 'x'],
  ]);
});

it.each(credentialQueryParameters)('the query parameter %s keeps its name alone', (name) => {
  expect(redactPath(`/v1?a=1&${name}=${secret}&b=2`)).toBe(`/v1?a=1&${name}=[redacted]&b=2`);
});

it.each([
  ['/v1/models', '/v1/models'],
  ['/v1?beta=true', '/v1?beta=true'],
  [`/v1?API_KEY=${secret}`, '/v1?API_KEY=[redacted]'],
  [`/v1?api%5Fkey=${secret}`, '/v1?api%5Fkey=[redacted]'],
  [`/v1?access_token=${secret}`, '/v1?access_token=[redacted]'],
  [`/v1?token=a=${secret}`, '/v1?token=[redacted]'],
  ['/v1?token=&key', '/v1?token=&key'],
  ['/v1?max_tokens=5', '/v1?max_tokens=5'],
  ['/v1?%=1', '/v1?%=1'],
])('the path %j is kept as %j', (path, kept) => {
  expect(redactPath(path)).toBe(kept);
});

it.each<[JsonObject, string[]]>([
  [{ api_key: secret }, ['body.api_key']],
  [{ apiKey: secret }, ['body.apiKey']],
  [{ 'API-Key': secret }, ['body.API-Key']],
  [{ openai_api_key: secret }, ['body.openai_api_key']],
  [{ metadata: { token: secret } }, ['body.metadata.token']],
  [
    { extra: { authorization: secret, password: secret } },
    ['body.extra.authorization', 'body.extra.password'],
  ],
  [{ servers: [{}, { authorization_token: secret }] }, ['body.servers[1].authorization_token']],
  [{ metadata: { 'my "secret': secret } }, ['body.metadata["my \\"secret"]']],
  [{ client_secret: secret, access_token: secret }, ['body.client_secret', 'body.access_token']],
  [{ max_tokens: 5, max_completion_tokens: 5, budget_tokens: 5 }, []],
  [{ pad_token: '<pad>', tokenizer: 'o200k', keys: 'a' }, []],
  [{ token: 5, password: '', secret: null }, []],
  [{ messages: [{ api_key: secret }], system: { token: secret } }, []],
  [{ extra: { tools: { token: secret } } }, ['body.extra.tools.token']],
  [{ tools: [{ parameters: { password: 'string' } }] }, []],
])('in the body %j the leaks are %j', (body, leaks) => {
  expect(findLeaks('/v1', body)).toEqual(leaks);
});

it('a leak in the query is told by its name as it reads', () => {
  expect(findLeaks(`/v1?api%5Fkey=${secret}&key=`, {})).toEqual(['query.api_key']);
});

it('a body without a credential is handed on as it is', () => {
  const body = { model: 'LongCat-2.0', metadata: { user_id: '1' } };

  expect(redactBody(body)).toBe(body);
});

it('only the credential is replaced, in a copy', () => {
  const list: JsonObject[] = [{ token: secret }, { user: 'a' }];
  const body = { metadata: { token: secret, user: 'a' }, list, messages: [] };

  expect(redactBody(body)).toEqual({
    metadata: { token: '[redacted]', user: 'a' },
    list: [{ token: '[redacted]' }, { user: 'a' }],
    messages: [],
  });
  expect(body.metadata.token).toBe(secret);
  expect(list[0]).toEqual({ token: secret });
});

it('a member named __proto__ is a member like any other', () => {
  const body = JSON.parse(`{"__proto__": {"token": "${secret}"}}`);

  expect(JSON.stringify(redactBody(body))).toBe('{"__proto__":{"token":"[redacted]"}}');
});

it('the search ends at its depth and at its number of members, and reads the shallow ones first', () => {
  const long = Array.from({ length: 1_000_000 }, () => ({ token: secret }));

  expect(findLeaks('/v1', { a: { b: { c: { token: secret } } } })).toHaveLength(1);
  expect(findLeaks('/v1', { a: { b: { c: { d: { token: secret } } } } })).toEqual([]);
  expect(findLeaks('/v1', { long, token: secret })).toEqual(['body.token']);
  expect(findLeaks('/v1', { long }).length).toBeLessThan(200);
});

it('a flat list of headers loses its credentials, and joins what comes again', () => {
  const kept = redactRawHeaders([
    'Authorization',
    `Bearer ${secret}`,
    'Accept',
    'a',
    'accept',
    'b',
  ]);

  expect(JSON.stringify(kept)).not.toContain(secret);
  expect(joinHeaders(kept)).toEqual({ authorization: '[redacted]', accept: 'a, b' });
});

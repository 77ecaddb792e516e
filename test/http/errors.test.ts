import { Agent, request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ErrorBody } from '../../src/contract/errors.ts';
import { type RunningLongCatMock, startLongCatMock } from '../../src/index.ts';
import { chatPath, hello, messagesPath } from '../ask.ts';

let mock: RunningLongCatMock;

beforeAll(async () => {
  mock = await startLongCatMock({ port: 0, acceptKeys: ['good key'], maxBody: 8_000_000 });
});
afterAll(() => mock.close());

interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
  readonly agent?: Agent;
}

interface Received {
  readonly status: number | undefined;
  readonly headers: Record<string, unknown>;
  readonly body: string;
}

/** By node:http, which lets a test set Host. */
function send({ method = 'POST', path, headers, body = '', agent }: Sent): Promise<Received> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { port: mock.port, host: '127.0.0.1', method, path, headers, agent },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode, headers: response.headers, body: text });
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

const key = { authorization: 'Bearer good key' };
const greeting = JSON.stringify(hello);
const page404 =
  '<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n' +
  '<hr><center>openresty</center>\r\n</body>\r\n</html>\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n';

const rows: readonly (readonly [string, Omit<Sent, 'path'>, number, string])[] = [
  [
    'missing_api_key without a key',
    { body: greeting },
    401,
    '{"error":{"code":"invalid_api_key","message":"missing_api_key","type":"authentication_error"}}',
  ],
  [
    'missing_api_key with x-api-key alone',
    { body: greeting, headers: { 'x-api-key': 'good key' } },
    401,
    '{"error":{"code":"invalid_api_key","message":"missing_api_key","type":"authentication_error"}}',
  ],
  [
    'missing_api_key with another scheme',
    { body: greeting, headers: { authorization: 'Basic good key' } },
    401,
    '{"error":{"code":"invalid_api_key","message":"missing_api_key","type":"authentication_error"}}',
  ],
  [
    'incorrect_api_key',
    { body: greeting, headers: { authorization: 'Bearer bad' } },
    401,
    '{"error":{"code":"invalid_api_key","message":"incorrect api key","type":"authentication_error"}}',
  ],
  [
    'invalid_json for broken JSON',
    { body: '{"model":', headers: key },
    400,
    '{"error":{"message":"json format error","type":"invalid_request_error","code":"invalid_format"}}',
  ],
  [
    'invalid_json for an empty body, before the key is looked at',
    { body: '' },
    400,
    '{"error":{"message":"json format error","type":"invalid_request_error","code":"invalid_format"}}',
  ],
  [
    'invalid_json for JSON that is not an object',
    { body: '[]', headers: key },
    400,
    '{"error":{"message":"json format error","type":"invalid_request_error","code":"invalid_format"}}',
  ],
  [
    'invalid_json for JSON nested too deep',
    { body: `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`, headers: key },
    400,
    '{"error":{"message":"json format error","type":"invalid_request_error","code":"invalid_format"}}',
  ],
  [
    'unsupported_model, before the members are looked at',
    { body: '{"model":"longcat-2.0","messages":[],"top_p":9}', headers: key },
    400,
    '{"error":{"message":"Unsupported model","type":"invalid_request_error","code":"invalid_parameter"}}',
  ],
  [
    'invalid_parameter with every violation in the order of the body',
    {
      body: '{"model":"LongCat-2.0","top_p":2,"messages":[],"max_tokens":131073}',
      headers: key,
    },
    400,
    '{"error":{"message":"参数校验失败: \\n/top_p: 2 is not less or equal to 1\\n/messages: expected minimum item count: 1, found: 0\\n/max_tokens: 131073 is not less or equal to 131072\\n","type":"invalid_request_error","code":"invalid_parameter"}}',
  ],
  [
    'invalid_parameter for an invalid streaming request, as JSON with a real status',
    { body: '{"model":"LongCat-2.0","stream":true}', headers: key },
    400,
    '{"error":{"message":"参数校验失败: \\n: required key [messages] not found\\n","type":"invalid_request_error","code":"invalid_parameter"}}',
  ],
  [
    'request_too_large',
    { body: JSON.stringify({ ...hello, padding: 'x'.repeat(8_000_000) }), headers: key },
    413,
    '{"error":{"message":"The body is longer than 8000000 bytes, the limit of this mock: raise it with --max-body.","type":"invalid_request_error","code":"request_too_large"}}',
  ],
  [
    'request_too_large for a small body that unpacks to a large one',
    {
      body: gzipSync(JSON.stringify({ ...hello, padding: 'x'.repeat(9_000_000) })),
      headers: { ...key, 'content-encoding': 'gzip' },
    },
    413,
    '{"error":{"message":"The body is longer than 8000000 bytes, the limit of this mock: raise it with --max-body.","type":"invalid_request_error","code":"request_too_large"}}',
  ],
  [
    'unsupported_encoding',
    { body: greeting, headers: { ...key, 'content-encoding': 'lzma' } },
    415,
    '{"error":{"message":"Cannot decode the content encoding \\"lzma\\". Send gzip, deflate, br or no content encoding.","type":"invalid_request_error","code":"unsupported_encoding"}}',
  ],
  [
    'unsupported_encoding for a body that is not what it says',
    { body: greeting, headers: { ...key, 'content-encoding': 'gzip' } },
    415,
    '{"error":{"message":"The body is not valid \\"gzip\\". Send gzip, deflate, br or no content encoding.","type":"invalid_request_error","code":"unsupported_encoding"}}',
  ],
  [
    'host_not_allowed for a foreign host',
    { body: greeting, headers: { ...key, host: 'evil.example' } },
    403,
    '{"error":{"message":"longcat-mock does not answer for the host \\"evil.example\\": allow it with --allowed-hosts.","type":"permission_error","code":"host_not_allowed"}}',
  ],
  [
    'host_not_allowed for a foreign page',
    { body: greeting, headers: { ...key, origin: 'https://evil.example' } },
    403,
    '{"error":{"message":"longcat-mock does not answer pages of the origin \\"https://evil.example\\": allow it with --cors-origin.","type":"permission_error","code":"host_not_allowed"}}',
  ],
];

const onBothFormats = rows.flatMap(([name, sent, status, body]) =>
  [chatPath, messagesPath].map((path) => ({ name, path, sent: { ...sent, path }, status, body })),
);

it.each(onBothFormats)('$path answers $name', async ({ sent, status, body }) => {
  const received = await send(sent);

  expect(received.body).toBe(body);
  expect(received.status).toBe(status);
  expect(received.headers['content-type']).toBe('application/json');
  ErrorBody.parse(JSON.parse(received.body));
});

it.each([chatPath, messagesPath])('%s refuses a prompt beyond the context window', async (path) => {
  const content = ' cat'.repeat(1_048_576);
  const body = JSON.stringify({ ...hello, messages: [{ role: 'user', content }] });
  const received = await send({ path, body, headers: key });

  expect(received.status).toBe(400);
  expect(received.body).toBe(
    '{"error":{"message":"The input (1048580 tokens) is longer than the model\'s context length (1048576 tokens).","type":"invalid_request_error","code":"context_length_exceeded"}}',
  );
});

it.each([
  ['GET', chatPath, 'Did you mean POST /openai/v1/chat/completions?'],
  ['POST', '/openai/v1/models', 'Did you mean GET /openai/v1/models?'],
  ['POST', '/OpenAI/v1/chat/completions', 'Did you mean POST /openai/v1/chat/completions?'],
  ['POST', '/v1/chat/completions', 'Did you mean POST /openai/v1/chat/completions?'],
  ['POST', '/chat/completions', 'Did you mean POST /openai/v1/chat/completions?'],
  ['POST', '/openai/v1/chat/completions/', 'Did you mean POST /openai/v1/chat/completions?'],
  ['POST', '//openai/v1/chat/completions', 'Did you mean POST /openai/v1/chat/completions?'],
  ['POST', '/openai/v1/v1/chat/completions', 'Did you mean POST /openai/v1/chat/completions?'],
  ['POST', '/v1/messages', 'Did you mean POST /anthropic/v1/messages?'],
  ['POST', '/anthropic/messages', 'Did you mean POST /anthropic/v1/messages?'],
  ['POST', '/anthropic/v1/messages/v1/messages', 'Did you mean POST /anthropic/v1/messages?'],
  ['GET', '/v1/models', 'Did you mean GET /openai/v1/models?'],
])('%s %s is LongCat’s 404 page, with a hint', async (method, path, hint) => {
  const received = await send({ method, path, headers: key });

  expect(received.status).toBe(404);
  expect(received.body).toBe(page404);
  expect(received.headers['content-type']).toBe('text/html');
  expect(received.headers['x-longcat-mock-hint']).toBe(hint);
});

it('a path that resembles nothing gets the whole list as its hint', async () => {
  const received = await send({ method: 'GET', path: '/favicon.ico' });

  expect(received.status).toBe(404);
  expect(received.headers['x-longcat-mock-hint']).toContain('POST /anthropic/v1/messages');
});

it.each([
  'Nope',
  'some/Nope',
  'line%0Abreak',
])('the unknown model %s has no detail', async (model) => {
  const received = await send({ method: 'GET', path: `/openai/v1/models/${model}`, headers: key });

  expect(received.status).toBe(400);
  expect(JSON.parse(received.body).error.message).toBe('Unsupported model');
});

it.each([
  '/openai/v1/models',
  '/anthropic/v1/models/LongCat-2.0',
])('GET %s wants a key', async (path) => {
  const received = await send({ method: 'GET', path });

  expect(received.status).toBe(401);
  expect(JSON.parse(received.body).error.message).toBe('missing_api_key');
});

it('the refusals of the mock itself tell the SDKs not to retry', async () => {
  const received = await send({
    path: chatPath,
    body: greeting,
    headers: { ...key, host: 'x.example' },
  });

  expect(received.headers['x-should-retry']).toBe('false');
});

it.each([
  ['a length', { body: 'x'.repeat(8_000_001) }],
  ['chunks', { body: 'x'.repeat(8_000_001), headers: { 'transfer-encoding': 'chunked' } }],
  ['an unknown encoding', { body: greeting, headers: { 'content-encoding': 'lzma' } }],
  ['a wrong encoding', { body: greeting, headers: { 'content-encoding': 'gzip' } }],
])('a refused body of %s leaves no connection that breaks the next request', async (_case, sent) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let turn = 0; turn < 5; turn += 1) {
    const refused = await send({ path: chatPath, agent, ...sent });
    const answered = await send({ path: chatPath, agent, body: greeting, headers: key });

    expect([413, 415]).toContain(refused.status);
    expect(answered.status).toBe(200);
  }
  agent.destroy();
});

it.each([
  [{ body: greeting }, 'Send any key as "Authorization: Bearer KEY".'],
  [{ body: greeting, headers: { authorization: 'good key' } }, 'has to be "Bearer" and a key'],
  [{ body: greeting, headers: { 'x-api-key': 'k' } }, 'LongCat ignores x-api-key'],
  [
    { body: greeting, headers: { authorization: 'Bearer no' } },
    'none of those given with --accept-key',
  ],
  [{ body: '' }, 'The body is empty.'],
  [{ body: '{"a":' }, 'The body is not JSON: SyntaxError'],
  [{ body: '[]' }, 'The body has to be a JSON object.'],
  [{ body: '{"model":"x"}', headers: key }, 'The model "x" is not served, only LongCat-2.0'],
  [{ body: '{"model":"LongCat-2.0"}', headers: key }, ': required key [messages] not found'],
])('the refusal of %j has a hint for the developer', async (sent, hint) => {
  const received = await send({ path: chatPath, ...sent });

  expect(received.headers['x-longcat-mock-hint']).toContain(hint);
});

it('after every refusal the server still answers', async () => {
  const received = await send({ path: chatPath, body: greeting, headers: key });

  expect(received.status).toBe(200);
});

import { expect, it } from 'vitest';
import { startRawServer } from './raw-server.ts';
import { makeFolder, readFolder, startRecorder } from './recorder.ts';

const key = 'ak_7Qm2xV9sT4bLk8RzW1nYp3Hd'; // nobody's
const base64 = Buffer.from(`Here it is: ${key}`).toString('base64');

const answer = '{"choices":[]}';
const whole = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${answer.length}\r\n\r\n${answer}`;

async function arrange(writes: readonly string[] = [whole], more: object = {}) {
  const upstream = await startRawServer(writes);
  const cassettes = await makeFolder();
  const mock = await startRecorder({ record: 'once', cassettes, upstream: upstream.url, ...more });
  return { upstream, cassettes, mock };
}

function say(content: unknown) {
  return { messages: [{ role: 'user', content }] };
}

const tools = {
  messages: [
    { role: 'user', content: 'Log in.' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        {
          id: 'call_1',
          type: 'function',
          function: { name: 'log_in', arguments: JSON.stringify({ user: 'x', api_key: key }) },
        },
      ],
    },
    { role: 'tool', tool_call_id: 'call_1', content: 'ok' },
  ],
};

it.each<[string, { path?: string; headers?: Record<string, string>; body?: object }]>([
  ['the Authorization header', { headers: { authorization: `Bearer ${key}` } }],
  ['another header', { headers: { 'x-api-key': key, cookie: `session=${key}` } }],
  ['the query', { path: `/openai/v1/chat/completions?api_key=${key}` }],
  ['a member of the body', { body: { api_key: key, metadata: { token: key } } }],
  ['the arguments of a tool call', { body: tools }],
])('records a request with a key in %s, and leaves the key out', async (_, {
  path,
  headers,
  body,
}) => {
  const { upstream, cassettes, mock } = await arrange();
  await using __ = upstream;
  const text = JSON.stringify({ model: 'LongCat-2.0', ...say('Hello!'), ...body });
  const { status } = await mock.send({
    path: path ?? '/openai/v1/chat/completions',
    headers,
    body: text,
  });
  expect(status).toBe(200);
  const files = await readFolder(cassettes);
  expect(files).toHaveLength(1);
  expect(files.join()).not.toContain(key);
});

it.each<[string, object]>([
  ['the prompt', say(`My key is ${key}.`)],
  ['the prompt in base64', say(base64)],
  ['the name of a member', say([{ type: 'text', text: 'Hello!', [key]: true }])],
  ['the prompt, URL-encoded', say(encodeURIComponent(`?q=${key}`))],
])('answers a request with its key in %s, and refuses to write it', async (_, body) => {
  const { upstream, cassettes, mock } = await arrange();
  await using __ = upstream;
  const { status } = await mock.chat(body, { authorization: `Bearer ${key}` });
  expect(status).toBe(200);
  expect(await readFolder(cassettes)).toEqual([]);
  expect(mock.told.join('\n')).toMatch(/^Not recorded: refusing to write .*default\.json/m);
  expect(mock.told.join('\n')).not.toContain(key);
});

it('refuses to write an answer that repeats the key, even in pieces', async () => {
  const pieces = [key.slice(0, 9), key.slice(9, 17), key.slice(17)].map((content) => {
    const data = { choices: [{ index: 0, delta: { content } }] };
    return `data: ${JSON.stringify(data)}\n\n`;
  });
  const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n';
  const { upstream, cassettes, mock } = await arrange([head, ...pieces, 'data: [DONE]\n\n']);
  await using _ = upstream;
  await mock.chat({ stream: true }, { authorization: `Bearer ${key}` });
  expect(await readFolder(cassettes)).toEqual([]);
});

it('never writes the key of the upstream', async () => {
  const { upstream, cassettes, mock } = await arrange([whole], { upstreamKey: key });
  await using _ = upstream;
  await mock.chat(say(`The other key is ${key}`), { authorization: 'Bearer lcmock_a' });
  expect(upstream.heard()).toContain(`authorization: Bearer ${key}`);
  expect(await readFolder(cassettes)).toEqual([]);
});

it('records a conversation whose key is a word such as test, and says that it did not look for it', async () => {
  const { upstream, cassettes, mock } = await arrange();
  await using _ = upstream;
  await mock.chat(say('This is a test.'), { authorization: 'Bearer test' });
  expect((await readFolder(cassettes)).join()).toContain('This is a test.');
  expect(mock.told).toContainEqual(
    'The value of header authorization is not looked for in recordings: it is a placeholder.',
  );
});

it('leaves out what a user adds, and finds the recording again all the same', async () => {
  const redact = ['member:patient', '[A-Z]{2}[0-9]{6}'];
  const { upstream, cassettes, mock } = await arrange([whole], { redact, upstreamKey: 'any-key' });
  await using _ = upstream;
  const body = { ...say('The case is AB123456.'), patient: 'Jane Doe' };
  await mock.chat(body);
  const written = (await readFolder(cassettes)).join();
  expect(written).not.toMatch(/AB123456|Jane Doe/);
  await mock.close();
  const player = await startRecorder({ record: 'none', cassettes, redact });
  expect((await player.chat(body)).body).toBe(answer);
});

it('asks for a key where neither the mock nor the client has one for the upstream', async () => {
  const { upstream, mock } = await arrange();
  await using _ = upstream;
  const { status, body, headers } = await mock.chat({}, { authorization: 'Bearer lcmock_a' });
  expect(status).toBe(502);
  expect(JSON.parse(body).error.message).toMatch(/set LONGCAT_API_KEY/);
  expect(headers['x-should-retry']).toBe('false');
  expect(upstream.count()).toBe(0);
});

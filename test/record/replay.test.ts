import { LLMock } from '@copilotkit/aimock';
import { expect, it } from 'vitest';
import { startLongCatMock } from '../../src/index.ts';
import { chatPath, hello } from '../ask.ts';
import type { Received } from '../cases/wire.ts';
import { call } from '../http/socket.ts';
import { startFront } from './front.ts';
import { type RawServer, startRawServer } from './raw-server.ts';
import { makeFolder, type RecordingMock, startRecorder } from './recorder.ts';

type Asking = (mock: RecordingMock) => Promise<Received>;

const streamed = { stream: true };

/** Records what the upstream answers, stops it, and asks a mock that only has the cassette. */
async function recordAndReplay(
  upstream: { readonly url: string; readonly stop: () => Promise<unknown> },
  askings: readonly Asking[],
): Promise<readonly { readonly recorded: Received; readonly replayed: Received }[]> {
  const cassettes = await makeFolder();
  const recorder = await startRecorder({
    record: 'once',
    cassettes,
    upstream: upstream.url,
    recordFailed: true,
    upstreamKey: 'key-of-the-upstream',
  });
  const recorded = [];
  for (const asking of askings) recorded.push(await asking(recorder));
  await recorder.close();
  await upstream.stop();

  const player = await startRecorder({ record: 'none', cassettes, upstream: upstream.url });
  const pairs = [];
  for (const [index, asking] of askings.entries()) {
    pairs.push({ recorded: recorded[index] as Received, replayed: await asking(player) });
  }
  return pairs;
}

const conversation: readonly Asking[] = [
  (mock) => mock.chat(),
  (mock) => mock.chat(streamed),
  (mock) => mock.message({ max_tokens: 50 }),
  (mock) => mock.message({ max_tokens: 50, ...streamed }),
  (mock) => mock.chat({ ...weather, ...streamed }),
  (mock) => mock.message({ ...weatherMessage, max_tokens: 50 }),
];

const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const ask = [{ role: 'user', content: 'Call get_weather for Paris.' }];
const weather = {
  messages: ask,
  tools: [{ type: 'function', function: { name: 'get_weather', parameters } }],
};
const weatherMessage = {
  messages: ask,
  tools: [{ name: 'get_weather', input_schema: parameters }],
};

it('gives back what a second longcat-mock answered, byte for byte', async () => {
  const upstream = await startLongCatMock({ port: 0, fixtures: [], seed: 'upstream' });
  const pairs = await recordAndReplay({ url: upstream.url, stop: () => upstream.close() }, [
    ...conversation,
    (mock) => mock.chat({ max_tokens: -1 }), // an error of LongCat's
  ]);
  for (const { recorded, replayed } of pairs) expect(replayed).toEqual(recorded);
  expect(pairs.map(({ recorded }) => recorded.status)).toEqual([200, 200, 200, 200, 200, 200, 400]);
});

it('gives back what aimock answered, byte for byte', async () => {
  const upstream = new LLMock({ port: 0, logLevel: 'silent' });
  upstream.onMessage(/get_weather/, {
    toolCalls: [{ name: 'get_weather', arguments: '{"city":"Paris"}' }],
  });
  upstream.onMessage(/Hello/, { content: 'Hello from a stranger. 你好！' });
  await upstream.start();
  // It has Anthropic's own path, without LongCat's prefix.
  await using front = await startFront(upstream.url, '/anthropic');
  const stop = () => Promise.all([upstream.stop(), front.close()]);
  const pairs = await recordAndReplay({ url: front.url, stop }, conversation);
  for (const { recorded, replayed } of pairs) expect(replayed).toEqual(recorded);
  expect(pairs.map(({ recorded }) => recorded.status)).toEqual([200, 200, 200, 200, 200, 200]);
});

it('gives back bytes that are no UTF-8', async () => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n';
  await using upstream = await startRawServer([
    head,
    Uint8Array.of(0xff, 0x00),
    Uint8Array.of(0xfe),
  ]);
  const cassettes = await makeFolder();
  const options = { cassettes, upstream: upstream.url, upstreamKey: 'key-of-the-upstream' };
  const heard = [];
  for (const record of ['once', 'none'] as const) {
    const { mock } = await startRecorder({ ...options, record });
    const headers = { connection: 'close' };
    const asked = call(mock.port, { path: chatPath, headers, body: JSON.stringify(hello) });
    expect(await asked.end).toBe('FIN');
    heard.push(asked.heard().replace(/^date: .*\r\n/im, ''));
  }
  expect(heard[0]).toContain('\u00ff');
  expect(heard[1]).toBe(heard[0]);
  expect(upstream.count()).toBe(1);
});

const eventStream = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-Own: kept\r\n';

it.each<[string, readonly (string | Uint8Array)[]]>([
  [
    'a stream that ends with its connection',
    [`${eventStream}\r\n`, 'data: {"a":1}\n\n', 'data: [DONE]\n\n'],
  ],
  [
    'CRLF, comments and no space',
    [
      `${eventStream}\r\n: hi\r\n\r\ndata:{"a": 1}\r\n\r\n`,
      'event:x\r\ndata:1\r\n\r\n',
      'data: [DONE]',
    ],
  ],
  [
    'a frame cut in the middle of a character',
    [
      `${eventStream}\r\n`,
      Buffer.from('data: "你好"\n\ndata: [DONE]\n\n').subarray(0, 9),
      Buffer.from('data: "你好"\n\ndata: [DONE]\n\n').subarray(9),
    ],
  ],
  [
    'chunks that are no frames',
    [
      `${eventStream}Transfer-Encoding: chunked\r\n\r\n`,
      '5\r\ndata:\r\n',
      '4\r\n {}\n\r\n1\r\n\n\r\n0\r\n\r\n',
    ],
  ],
  [
    'whole JSON in another spelling',
    [
      'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n',
      '{ "a" : 1.0e0 }\n',
    ],
  ],
  [
    'a page of HTML with an error status',
    [
      'HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>',
    ],
  ],
  ['nothing at all', ['HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n']],
])('gives back from a bare TCP server %s', async (_, writes) => {
  const server: RawServer = await startRawServer(writes);
  const stop = async () => server[Symbol.asyncDispose]();
  const [pair] = await recordAndReplay({ url: server.url, stop }, [(mock) => mock.chat(streamed)]);
  expect(withoutDate(pair?.replayed)).toEqual(withoutDate(pair?.recorded));
});

/** The server sends none: then Node's own is in the answer. */
function withoutDate(received: Received | undefined) {
  return { ...received, headers: { ...received?.headers, date: '' } };
}

import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { openUpstream, readChunks, readTexts } from './upstream/calling.ts';
import { serveBytes, serveHttp } from './upstream/server.ts';

const head = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n';

function chunk(bytes: Uint8Array | string): Buffer {
  const data = Buffer.from(bytes);
  return Buffer.concat([Buffer.from(`${data.length.toString(16)}\r\n`), data, Buffer.from('\r\n')]);
}

/** Resolves with the next turn in which the socket has taken what was written. */
function written(socket: Socket, bytes: Uint8Array | string): Promise<void> {
  return new Promise((resolve) => socket.write(bytes, () => setImmediate(resolve)));
}

it('hands each chunk on as it came, also where a character is cut in two', async () => {
  const cat = Buffer.from('猫');
  await using server = await serveBytes(async (socket) => {
    await written(socket, `${head}transfer-encoding: chunked\r\n\r\n`);
    await written(socket, Buffer.concat([chunk('data: a'), chunk(cat.subarray(0, 2))]));
    await written(socket, chunk(cat.subarray(2)));
    socket.write(Buffer.concat([chunk('\n\n'), chunk('')]));
  });
  await using upstream = openUpstream(server.url);

  const answer = await upstream.ask();
  const chunks = await readChunks(answer);

  expect(chunks.map(({ bytes }) => Buffer.from(bytes).toString('latin1'))).toEqual([
    'data: a',
    cat.subarray(0, 2).toString('latin1'),
    cat.subarray(2).toString('latin1'),
    '\n\n',
  ]);
  expect(await answer.end).toEqual({ outcome: 'finished' });
});

it('tells when the headers and each chunk came, from when the request was sent', async () => {
  let time = 1000;
  let response: ServerResponse | undefined;
  await using server = await serveHttp((_, answer) => {
    response = answer;
    time = 1250;
    answer.write('one');
  });
  await using upstream = openUpstream(server.url, { now: () => time });

  const answer = await upstream.ask();
  const times: number[] = [];
  for await (const { atMs } of answer.chunks) {
    times.push(atMs);
    time = 1300;
    if (times.length === 1) response?.end('two');
  }

  expect([answer.atMs, ...times]).toEqual([250, 250, 300]);
});

it('sends the client’s body and headers, with the key of the upstream and no cookie', async () => {
  const seen: { headers: string[]; body: string; url: string }[] = [];
  await using server = await serveHttp(async (request, response) => {
    let body = '';
    for await (const data of request) body += data;
    seen.push({ headers: request.rawHeaders, body, url: request.url ?? '' });
    response.end('{}');
  });
  await using upstream = openUpstream(`${server.url}/longcat/`);
  const headers = new Headers({
    authorization: 'Bearer lcmock_one',
    'x-api-key': 'lcmock_two',
    cookie: 'a=b',
    prefer: 'code=500',
    connection: 'keep-alive, x-hop',
    'x-hop': '1',
    te: 'trailers',
    expect: '100-continue',
    'content-length': '999',
    'content-encoding': 'gzip',
    'accept-encoding': 'gzip, br',
    'x-longcat-mock-session': 'one',
    'user-agent': 'OpenAI/JS 7.0',
    'content-type': 'application/json',
  });

  await readTexts(await upstream.ask({ headers, body: '{"a":"猫"}' }));

  const [{ headers: raw = [], body, url } = {}] = seen;
  const pairs = raw.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${raw[at + 1]}`] : []));
  expect(pairs.map((pair) => pair.toLowerCase()).toSorted()).toEqual([
    'accept-encoding: identity',
    'authorization: bearer ak_secret',
    'connection: close',
    'content-length: 11',
    'content-type: application/json',
    `host: 127.0.0.1:${server.port}`,
    'user-agent: openai/js 7.0',
  ]);
  expect([body, url]).toEqual(['{"a":"猫"}', '/longcat/openai/v1/chat/completions']);
});

it.each([
  ['its own key before the client’s', 'ak_own', 'ak_client', 'Bearer ak_own'],
  ['the client’s key where it has none', undefined, 'ak_client', 'Bearer ak_client'],
  ['the client’s key where its own is a mock’s', 'lcmock_default', 'ak_client', 'Bearer ak_client'],
])('sends %s', async (_, apiKey, clientKey, expected) => {
  await using server = await serveHttp((request, response) => {
    response.end(request.headers.authorization);
  });
  await using upstream = openUpstream(server.url, { apiKey });

  expect(await readTexts(await upstream.ask({ clientKey }))).toEqual([expected]);
});

it.each([undefined, '', 'lcmock_worker-1'])('never calls with the key %j', async (clientKey) => {
  await using server = await serveHttp((_, response) => void response.end());
  await using upstream = openUpstream(server.url, { apiKey: undefined });

  const failure = await upstream.fail({ clientKey });

  expect(failure.reason).toBe('no-key');
  expect(failure.message).toContain('set LONGCAT_API_KEY');
  expect(server.connections()).toBe(0);
});

it('passes over what comes before an answer, such as 103', async () => {
  await using server = await serveBytes((socket) => {
    const hints = 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n';
    socket.write(`${hints}${head}content-length: 2\r\n\r\nok`);
  });
  await using upstream = openUpstream(server.url);

  const answer = await upstream.ask();

  expect(answer.status).toBe(200);
  expect(answer.headers).toEqual({ 'content-type': 'text/event-stream', 'content-length': '2' });
  expect(await readTexts(answer)).toEqual(['ok']);
});

it('leaves out the headers of the connection, and cookies', async () => {
  await using server = await serveBytes((socket) => {
    const own =
      'Connection: x-hop, close\r\nX-Hop: 1\r\nSet-Cookie: a=b\r\nX-Two: a\r\nX-Two: b\r\n';
    socket.end(`HTTP/1.1 200 OK\r\n${own}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`);
  });
  await using upstream = openUpstream(server.url);

  const answer = await upstream.ask();
  await readTexts(answer);

  expect(answer.headers).toEqual({ 'x-two': 'a, b' });
});

it('takes the end of the connection for the end of an answer without a length', async () => {
  await using server = await serveBytes((socket) => {
    socket.end(`${head}connection: close\r\n\r\nall of it`);
  });
  await using upstream = openUpstream(server.url);

  const answer = await upstream.ask();

  expect((await readTexts(answer)).join('')).toBe('all of it');
  expect(await answer.end).toEqual({ outcome: 'finished' });
});

it.each([
  ['is reset', 'content-length: 99', (socket: Socket) => void socket.resetAndDestroy()],
  ['ends before its length', 'content-length: 99', (socket: Socket) => void socket.end()],
  ['ends between chunks', 'transfer-encoding: chunked', (socket: Socket) => void socket.end()],
])('an answer that %s is cut, and keeps what came', async (_, framing, end) => {
  let socket: Socket | undefined;
  await using server = await serveBytes((accepted) => {
    socket = accepted;
    const part = framing.startsWith('content') ? 'part' : chunk('part').toString();
    accepted.write(`${head}${framing}\r\n\r\n${part}`);
  });
  await using upstream = openUpstream(server.url);

  const answer = await upstream.ask();
  const texts: string[] = [];
  for await (const { bytes } of answer.chunks) {
    texts.push(Buffer.from(bytes).toString());
    if (socket) end(socket);
  }

  expect(texts).toEqual(['part']);
  expect(await answer.end).toMatchObject({ outcome: 'cut', message: expect.stringMatching(/./) });
});

it('an answer that falls silent is cut', async () => {
  await using server = await serveBytes((socket) => {
    socket.write(`${head}content-length: 99\r\n\r\npart`);
  });
  await using upstream = openUpstream(server.url, { chunkTimeoutMs: 30 });

  const answer = await upstream.ask();

  expect(await readTexts(answer)).toEqual(['part']);
  expect(await answer.end).toMatchObject({ outcome: 'cut' });
});

it('an answer that does not begin is a failure', async () => {
  await using server = await serveBytes(() => {});
  await using upstream = openUpstream(server.url, { headersTimeoutMs: 30 });

  const { reason, message } = await upstream.fail();

  expect(reason).toBe('timeout');
  expect(message).toContain(`"${server.url}" did not begin to answer within 0.03 s.`);
});

it.each([301, 302, 307, 308])('hands a %i on and does not follow it', async (status) => {
  await using server = await serveHttp((_, response) => {
    response.writeHead(status, { location: '/elsewhere' }).end('moved');
  });
  await using upstream = openUpstream(server.url);

  const answer = await upstream.ask();

  expect([answer.status, answer.headers['location']]).toEqual([status, '/elsewhere']);
  expect(await readTexts(answer)).toEqual(['moved']);
});

const plain = '{"answer":"猫 猫 猫"}';

it.each([
  ['gzip', gzipSync(plain)],
  ['x-gzip', gzipSync(plain)],
  ['deflate', deflateSync(plain)],
  ['deflate', deflateRawSync(plain)],
  ['br', brotliCompressSync(plain)],
])('decodes %s that comes unasked', async (coding, bytes) => {
  await using server = await serveHttp((_, response) => {
    response.writeHead(200, { 'content-encoding': coding, 'content-length': bytes.length });
    response.end(bytes);
  });
  await using upstream = openUpstream(server.url);

  const answer = await upstream.ask();

  expect((await readTexts(answer)).join('')).toBe(plain);
  expect(await answer.end).toEqual({ outcome: 'finished' });
  expect(answer.headers).not.toHaveProperty('content-encoding');
  expect(answer.headers).not.toHaveProperty('content-length');
  expect(answer.unrecordable).toBeUndefined();
});

it('decodes each piece of a compressed stream when it comes', async () => {
  const { createGzip, constants } = await import('node:zlib');
  const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH });
  await using server = await serveHttp((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    gzip.pipe(response);
    gzip.write('data: one\n\n');
  });
  await using upstream = openUpstream(server.url);

  const texts: string[] = [];
  for await (const { bytes } of (await upstream.ask()).chunks) {
    texts.push(Buffer.from(bytes).toString());
    // The second is written only once the first is there.
    if (texts.length === 1) gzip.end('data: two\n\n');
  }

  expect(texts).toEqual(['data: one\n\n', 'data: two\n\n']);
});

it('a compressed answer that is broken is cut', async () => {
  await using server = await serveHttp((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip at all');
  });
  await using upstream = openUpstream(server.url);

  const answer = await upstream.ask();

  expect(await readTexts(answer)).toEqual([]);
  expect(await answer.end).toMatchObject({ outcome: 'cut' });
});

it('hands a coding it does not know on, and says why it cannot be recorded', async () => {
  await using server = await serveHttp((_, response) => {
    response.writeHead(200, { 'content-encoding': 'dcb' }).end('?');
  });
  await using upstream = openUpstream(server.url);

  const answer = await upstream.ask();

  expect(answer.headers['content-encoding']).toBe('dcb');
  expect(answer.unrecordable).toContain('"dcb"');
  expect(await readTexts(answer)).toEqual(['?']);
});

it('a client that does not read holds the upstream up', async () => {
  const total = 64 * 1024 * 1024;
  const piece = Buffer.alloc(256 * 1024);
  let sent = 0;
  await using server = await serveBytes(async (socket) => {
    socket.write(`${head}content-length: ${total}\r\n\r\n`);
    for (; sent < total; sent += piece.length) {
      if (!socket.write(piece)) await once(socket, 'drain');
    }
  });
  await using upstream = openUpstream(server.url);

  const { chunks } = await upstream.ask();
  const sentUnread = await settle(() => sent);
  let read = 0;
  for await (const { bytes } of chunks) read += bytes.length;

  expect(sentUnread).toBeLessThan(total / 2);
  expect(read).toBe(total);
});

/** A number once it has stopped to grow for many turns. */
async function settle(read: () => number): Promise<number> {
  let last = -1;
  for (let quiet = 0; quiet < 2000; quiet = read() === last ? quiet + 1 : 0) {
    last = read();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return last;
}

it('a client that leaves before the answer ends the call at once', async () => {
  const leaving = new AbortController();
  let closed: Promise<unknown> | undefined;
  await using server = await serveBytes((socket) => {
    closed = once(socket, 'close');
    leaving.abort();
  });
  await using upstream = openUpstream(server.url);

  expect(await upstream.fail({ signal: leaving.signal })).toMatchObject({ reason: 'aborted' });
  await closed;
});

it('a client that has left is not called for', async () => {
  await using server = await serveBytes(() => {});
  await using upstream = openUpstream(server.url);

  expect(await upstream.fail({ signal: AbortSignal.abort() })).toMatchObject({ reason: 'aborted' });
  expect(server.connections()).toBe(0);
});

it.each([
  'signal',
  'cancel',
])('a client that leaves in mid-answer (%s) ends the call', async (by) => {
  const leaving = new AbortController();
  let closed: Promise<unknown> | undefined;
  await using server = await serveBytes((socket) => {
    closed = once(socket, 'close');
    socket.write(`${head}content-length: 99\r\n\r\npart`);
  });
  await using upstream = openUpstream(server.url);

  const answer = await upstream.ask({ signal: leaving.signal });
  for await (const _ of answer.chunks) {
    if (by === 'cancel') break;
    leaving.abort();
  }

  expect(await answer.end).toEqual({ outcome: 'aborted' });
  await closed;
});

it('each call has a connection of its own, which nobody closes as it begins', async () => {
  await using server = await serveHttp((_, response) => void response.end('{}'));
  await using upstream = openUpstream(server.url);

  for (let call = 0; call < 8; call += 1) await readTexts(await upstream.ask());

  expect(server.connections()).toBe(8);
});

it('close ends a call that is under way', async () => {
  await using server = await serveBytes(() => void upstream[Symbol.asyncDispose]());
  const upstream = openUpstream(server.url);

  expect((await upstream.fail()).reason).toBe('broken');
});

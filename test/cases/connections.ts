import * as zlib from 'node:zlib';
import { expect } from 'vitest';
import { chatPath, hello, messagesPath } from '../ask.ts';
import { expectError, expectNotFound, readCompletion, readMessage } from './answers.ts';
import type { Row } from './row.ts';
import { writeBody, writeRequest } from './wire.ts';

const greeting = JSON.stringify(hello);
const paths = [chatPath, messagesPath];
const getPaths = [
  '/openai/v1/models',
  '/openai/models',
  '/anthropic/v1/models',
  '/openai/v1/models/LongCat-2.0',
  '/openai/models/LongCat-2.0',
  '/anthropic/v1/models/LongCat-2.0',
];
const mebibyte = 1024 * 1024;

/** The greeting, so many bytes long. */
function pad(length: number): string {
  const padding = 'x'.repeat(length - writeBody({ padding: '' }).length);
  return writeBody({ padding });
}

/** In Node 22.15 and later; the types are of Node 20. */
const { zstdCompressSync } = zlib as { zstdCompressSync?: (text: string) => Buffer };

/** Cases 10 to 15: bytes, headers and connections. */
export const connections: readonly Row[] = [
  {
    number: 10,
    title: 'a JSON body is read under any content type, or none',
    async prove({ chat, message }) {
      for (const type of [undefined, 'text/plain', 'application/x-www-form-urlencoded', 'x']) {
        readCompletion(await chat({}, { 'content-type': type }));
        readMessage(await message({}, { 'content-type': type }));
      }
    },
  },
  {
    number: 11,
    title: 'a body of 32 MiB is answered, and one byte more is refused before it is sent',
    decision:
      'LongCat’s limit and its words are not public: the 413 is assumed and says whose limit it is.',
    async prove({ chat, open }) {
      const refusal =
        '{"error":{"message":"The body is longer than 33554432 bytes, the limit of this mock: raise it with --max-body.","type":"invalid_request_error","code":"request_too_large"}}';
      readCompletion(await chat(pad(32 * mebibyte)));

      for (const path of paths) {
        const connection = await open();
        const headers = { 'content-length': String(32 * mebibyte + 1) };
        await connection.write(writeRequest({ path, headers }));
        const received = await connection.readAnswer();
        expectError(received, 413, refusal);
        expect(received.headers['connection']).toBe('close');
        connection.destroy();
      }
    },
  },
  {
    number: 11,
    title: 'a body in chunks, cut anywhere, is put together',
    async prove({ open }) {
      const connection = await open();
      const head = writeRequest({ path: chatPath, headers: { 'transfer-encoding': 'chunked' } });
      const chunks = greeting.match(/.{1,7}/g) ?? [];
      await connection.write(head);
      for (const chunk of chunks) await connection.write(`${chunk.length}\r\n${chunk}\r\n`);
      await connection.write('0\r\n\r\n');

      readCompletion(await connection.readAnswer());
      connection.destroy();
    },
  },
  {
    number: 11,
    title: 'a client that waits for 100 Continue gets it, then its answer',
    async prove({ open }) {
      for (const path of paths) {
        const connection = await open();
        const length = String(greeting.length);
        const headers = { expect: '100-continue', 'content-length': length };
        await connection.write(writeRequest({ path, headers }));
        expect(await connection.readAnswer()).toMatchObject({ status: 100, body: '' });
        await connection.write(greeting);
        expect((await connection.readAnswer()).status).toBe(200);
        connection.destroy();
      }
    },
  },
  {
    number: 11,
    title:
      'a compressed body is unpacked, and an unknown coding is a 415 that names the known ones',
    decision: 'LongCat was not seen to take compressed bodies or to refuse them: both are assumed.',
    async prove({ send, chat }) {
      const codings: readonly (readonly [string, Uint8Array])[] = [
        ['gzip', zlib.gzipSync(greeting)],
        ['deflate', zlib.deflateSync(greeting)],
        ['br', zlib.brotliCompressSync(greeting)],
        ...(zstdCompressSync ? [['zstd', zstdCompressSync(greeting)] as const] : []),
      ];
      for (const [coding, body] of codings) {
        for (const path of paths) {
          const received = await send({ path, headers: { 'content-encoding': coding }, body });
          expect(received.status).toBe(200);
        }
      }
      expectError(
        await chat({}, { 'content-encoding': 'lzma' }),
        415,
        '{"error":{"message":"Cannot decode the content encoding \\"lzma\\". Send gzip, deflate, br or no content encoding.","type":"invalid_request_error","code":"unsupported_encoding"}}',
      );
    },
  },
  {
    number: 12,
    title: 'whatever is JSON says so, without a charset',
    async prove({ send, chat, message }) {
      const answers = [
        await chat(),
        await message(),
        await chat({ top_p: 2 }),
        await message({ messages: [] }),
        await chat('{'),
        await message({}, { authorization: undefined }),
        await message({}, { 'content-encoding': 'lzma' }),
        ...(await Promise.all(getPaths.map((path) => send({ method: 'GET', path })))),
      ];

      for (const { headers, body } of answers) {
        expect(headers['content-type']).toBe('application/json');
        expect(JSON.parse(body)).toBeTypeOf('object');
      }
    },
  },
  {
    number: 13,
    title: 'a connection stays open for 75 seconds, and carries one request after another',
    async prove({ open }) {
      const connection = await open();
      for (const path of [...paths, '/nowhere', ...paths]) {
        await connection.write(writeRequest({ path, body: greeting }));
        const received = await connection.readAnswer();
        expect(received.status).toBe(path === '/nowhere' ? 404 : 200);
        expect(received.headers).toMatchObject({
          connection: 'keep-alive',
          'keep-alive': 'timeout=75',
        });
      }
      connection.destroy();
    },
  },
  {
    number: 14,
    title: 'HEAD answers as GET does, without the body; elsewhere it is the 404',
    async prove({ send }) {
      const served = [...getPaths, '/health', '/ready'].map((path) => [path, 200] as const);
      const others = [...paths, '/anthropic/api/hello'].map((path) => [path, 404] as const);
      for (const [path, status] of [...served, ...others]) {
        const head = await send({ method: 'HEAD', path });
        const get = await send({ method: 'GET', path });
        expect([path, head.status, get.status]).toEqual([path, status, status]);
        expect(head.headers['content-type']).toBe(get.headers['content-type']);
        expect(head.body).toBe('');
      }
    },
  },
  {
    number: 14,
    title: 'OPTIONS is the 404 on every route, and no page may read an answer',
    decision:
      'Pages are kept out unless --cors-origin lets them in: a mock on loopback is in reach of every page.',
    async prove({ send }) {
      for (const path of [...getPaths, ...paths]) {
        for (const origin of [undefined, 'http://localhost:3000']) {
          const received = await send({ method: 'OPTIONS', path, headers: { origin } });
          expectNotFound(received);
          expect(received.headers).not.toHaveProperty('access-control-allow-origin');
        }
      }
    },
  },
  {
    number: 14,
    title: 'a preflight needs no key, and allows by name every header that it asks for',
    decision:
      'LongCat has no x-request-id or x-ratelimit headers to expose: those of the mock and the retries are.',
    options: { corsOrigins: ['https://app.example'] },
    async prove({ send, chat }) {
      const origin = 'https://app.example';
      const wanted = 'authorization,content-type,x-api-key,anthropic-version,x-stainless-lang';
      const headers = {
        origin,
        authorization: undefined,
        'access-control-request-method': 'POST',
        'access-control-request-headers': wanted,
      };
      for (const path of [...getPaths, ...paths]) {
        const received = await send({ method: 'OPTIONS', path, headers });
        expect(received.status).toBe(204);
        expect(received.headers).toMatchObject({
          'access-control-allow-origin': origin,
          'access-control-allow-headers': wanted,
          'access-control-allow-methods': 'GET,POST,HEAD,OPTIONS',
        });
      }
      const exposed = (await chat({}, { origin })).headers['access-control-expose-headers'];
      expect(exposed?.split(',')).toEqual(
        expect.arrayContaining([
          'x-longcat-mock-request-id',
          'retry-after',
          'retry-after-ms',
          'x-should-retry',
        ]),
      );
    },
  },
  {
    number: 15,
    title: 'a client that hangs up in the middle of a stream does no harm to the next',
    decision:
      'The log has its line when an answer begins, and says nothing of a reader who leaves later.',
    async prove({ open, chat, message }) {
      const body = writeBody({ stream: true, n: 128, thinking: { type: 'enabled' } });
      for (const path of [...paths, ...paths]) {
        const connection = await open();
        await connection.write(writeRequest({ path, body }));
        expect(await connection.takeLine()).toBe('HTTP/1.1 200 OK');
        connection.destroy();
      }

      readCompletion(await chat());
      readMessage(await message());
    },
  },
];

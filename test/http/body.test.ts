import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { createLongCatMock } from '../../src/index.ts';
import { chatPath, hello } from '../ask.ts';

const body = JSON.stringify(hello);

function send(bytes: BodyInit, headers: Record<string, string>, maxBody = 1000): Promise<Response> {
  const request = {
    method: 'POST',
    headers: { authorization: 'Bearer test', ...headers },
    body: bytes,
    duplex: 'half',
  };
  return createLongCatMock({ maxBody }).fetch(`http://localhost${chatPath}`, request);
}

it.each([
  ['gzip', gzipSync(body)],
  ['GZIP', gzipSync(body)],
  ['deflate', deflateSync(body)],
  ['br', brotliCompressSync(body)],
  ['identity', Buffer.from(body)],
  ['gzip, br', brotliCompressSync(gzipSync(body))],
])('a body in %s is decoded', async (encoding, bytes) => {
  expect((await send(bytes, { 'content-encoding': encoding })).status).toBe(200);
});

it.each([
  'gzip',
  'deflate',
  'br',
])('a body in %s that unpacks beyond the limit is refused', async (encoding) => {
  const text = JSON.stringify({ ...hello, padding: 'x'.repeat(100_000) });
  const compress = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }[encoding];
  const bytes = compress?.(text) ?? Buffer.from('');

  expect(bytes.byteLength).toBeLessThan(1000);
  expect((await send(bytes, { 'content-encoding': encoding })).status).toBe(413);
});

it('a body without a length is read to its end', async () => {
  const stream = new Blob([body]).stream();

  expect((await send(stream, {})).status).toBe(200);
});

it('a body without a length or an end is given up at the limit', async () => {
  let pulls = 0;
  const endless = new ReadableStream({
    pull(controller) {
      pulls += 1;
      controller.enqueue(new Uint8Array(100));
    },
  });

  expect((await send(endless, {})).status).toBe(413);
  expect(pulls).toBeLessThan(50);
});

it('a body at the limit is accepted, and one byte more is not', async () => {
  const length = Buffer.byteLength(body);

  expect((await send(body, {}, length)).status).toBe(200);
  expect((await send(body, {}, length - 1)).status).toBe(413);
});

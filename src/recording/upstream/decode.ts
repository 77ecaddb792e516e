import type { Transform } from 'node:stream';
import zlib from 'node:zlib';
import type { TimedBytes } from '../bytes.ts';
import type { Flow, UpstreamEnd } from './receive.ts';
import { withResolvers } from './resolvers.ts';

/** Makes a decoder, once the first bytes of what it is to decode are there. */
export type CreateDecoder = (first: Uint8Array) => Transform;

/** For an upstream that compresses what it was asked not to; `undefined` for an unknown coding. */
export function findDecoder(coding: string): CreateDecoder | undefined {
  switch (coding.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return () => zlib.createGunzip(eager);
    case 'deflate':
      return (first) =>
        hasZlibHeader(first) ? zlib.createInflate(eager) : zlib.createInflateRaw(eager);
    case 'br':
      return () => zlib.createBrotliDecompress();
    case 'zstd':
      return createZstd;
    default:
      return undefined;
  }
}

const eager = { flush: zlib.constants.Z_SYNC_FLUSH };

/** From Node 22.15 on. */
const createZstd: (() => Transform) | undefined = Reflect.get(zlib, 'createZstdDecompress');

/** Some send the bare data (RFC 9110, section 8.4.1.2). */
function hasZlibHeader([first = 0]: Uint8Array): boolean {
  return (first & 0x0f) === 8;
}

/** The same body decoded: for each chunk what became of it, at its time. */
export function decode({ chunks, end }: Flow, create: CreateDecoder): Flow {
  const ended = withResolvers<UpstreamEnd>();
  // Who aborts reads no further.
  void end.then((known) => known.outcome === 'aborted' && ended.resolve(known));

  async function* decodeChunks(): AsyncGenerator<TimedBytes> {
    let decoder: Transform | undefined;
    let ready: Uint8Array[] = [];
    try {
      for await (const { atMs, bytes } of chunks) {
        decoder ??= create(bytes).on('data', (decoded: Uint8Array) => ready.push(decoded));
        await write(decoder, bytes);
        if (ready.length > 0) yield { atMs, bytes: Buffer.concat(ready) };
        ready = [];
      }
      ended.resolve(await end);
    } catch (error) {
      ended.resolve({ outcome: 'cut', message: `Its compressed body is broken: ${error}` });
    } finally {
      decoder?.destroy();
    }
  }
  return { chunks: decodeChunks(), end: ended.promise };
}

function write(decoder: Transform, bytes: Uint8Array): Promise<void> {
  const written = withResolvers<void>();
  decoder.once('error', written.reject);
  decoder.write(bytes, (error) => {
    decoder.off('error', written.reject);
    if (error) written.reject(error);
    else written.resolve();
  });
  return written.promise;
}

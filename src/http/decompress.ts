import type { Transform } from 'node:stream';

type Decompressor = TransformStream<Uint8Array, Uint8Array>;

/**
 * Undoes one content encoding; `undefined` for one this runtime does not know. The web standard has
 * gzip and deflate; brotli and zstd come from `node:zlib` where there is one.
 */
export async function findDecompressor(encoding: string): Promise<Decompressor | undefined> {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return new DecompressionStream('gzip') as Decompressor; // lib.dom has any BufferSource in
    case 'deflate':
      return new DecompressionStream('deflate') as Decompressor;
    case 'br':
      return fromZlib((zlib) => zlib.createBrotliDecompress());
    case 'zstd':
      return fromZlib((zlib) => zlib.createZstdDecompress?.());
    default:
      return undefined;
  }
}

interface Zlib {
  createBrotliDecompress(): Transform;
  /** From Node 22.15 on. */
  createZstdDecompress?(): Transform;
}

async function fromZlib(
  create: (zlib: Zlib) => Transform | undefined,
): Promise<Decompressor | undefined> {
  try {
    const zlib: Zlib = await import('node:zlib');
    const { Duplex } = await import('node:stream');
    const transform = create(zlib);
    return transform && (Duplex.toWeb(transform) as Decompressor); // Node types its chunks as any
  } catch {
    return undefined;
  }
}

import * as zlib from 'node:zlib';

/** The largest body that is read. */
const maxOutputLength = 64 * 1024 * 1024;

type Inflate = (bytes: Uint8Array, options: { readonly maxOutputLength: number }) => Uint8Array;

const inflaters: Readonly<Record<string, readonly Inflate[]>> = {
  gzip: [zlib.gunzipSync],
  'x-gzip': [zlib.gunzipSync],
  // What servers send by this name has a header of zlib, or none.
  deflate: [zlib.inflateSync, zlib.inflateRawSync],
  br: [zlib.brotliDecompressSync],
  zstd: 'zstdDecompressSync' in zlib ? [zlib.zstdDecompressSync as Inflate] : [], // from Node 22.15 on
};

/**
 * The text of a body that was kept as bytes. Recorders differ in whether they undo the encoding
 * that the headers name: what does not decompress is taken for plain.
 */
export function readBytes(bytes: Uint8Array, encoding: string): string | undefined {
  const names = encoding.split(',').map((name) => name.trim().toLowerCase());
  const plain = names.reduceRight(decompress, bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch {
    return undefined;
  }
}

function decompress(bytes: Uint8Array, name: string): Uint8Array {
  for (const inflate of inflaters[name] ?? []) {
    try {
      return inflate(bytes, { maxOutputLength });
    } catch {
      // The next one may know it, or it is plain already.
    }
  }
  return bytes;
}

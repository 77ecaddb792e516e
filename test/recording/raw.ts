import type { RawResponse, TimedBytes } from '../../src/recording/bytes.ts';

const utf8 = new TextEncoder();

/** An answer of these chunks, the first of them ten milliseconds after the headers. */
export function answerOf(
  chunks: readonly (string | Uint8Array)[],
  contentType = 'text/event-stream',
): RawResponse {
  return {
    status: 200,
    headers: { 'content-type': contentType },
    atMs: 100,
    chunks: chunks.map((chunk, index) => ({ atMs: 110 + index, bytes: toBytes(chunk) })),
    isCut: false,
  };
}

export function toBytes(chunk: string | Uint8Array): Uint8Array {
  return typeof chunk === 'string' ? utf8.encode(chunk) : chunk;
}

/** Bytes that a failing test shows in full. */
export function show(chunks: readonly TimedBytes[]): readonly string[] {
  return chunks.map(({ atMs, bytes }) => `${atMs}: ${[...bytes].join(' ')}`);
}

import type { RawResponse, TimedBytes } from './bytes.ts';
import type { RecordedChunk, RecordedEvent, RecordedResponse } from './cassette.ts';
import { decodeUtf8, encodeBase64, joinBytes } from './encoding.ts';
import { readFrames } from './frames.ts';
import { correctLength, keepHeaders } from './headers.ts';
import { readJson } from './payload.ts';

/** An answer as a cassette keeps it: readable, and with all that `playBack` needs to be exact. */
export function capture(raw: RawResponse): RecordedResponse {
  const chunks = raw.chunks.filter(({ bytes }) => bytes.length > 0);
  const bytes = joinBytes(chunks.map((chunk) => chunk.bytes));
  const headers = keepHeaders(raw.headers);
  return {
    status: raw.status,
    // The length that a broken answer promised is a part of how it broke.
    headers: raw.isCut ? headers : correctLength(headers, bytes.length),
    atMs: raw.atMs,
    ...(isStream(raw) ? captureStream(bytes, chunks) : captureWhole(bytes, chunks, raw.atMs)),
    ...(raw.isCut && { cut: true }),
  };
}

type Content = Omit<RecordedResponse, 'status' | 'headers' | 'atMs' | 'cut'>;

function isStream({ headers }: RawResponse): boolean {
  return /^text\/event-stream\b/i.test(headers['content-type']?.trim() ?? '');
}

function captureStream(bytes: Uint8Array, chunks: readonly TimedBytes[]): Content {
  const frames = readFrames(bytes);
  const chunkEnds = listEnds(chunks);
  let chunk = 0;
  const events = frames.map(({ content, end }): RecordedEvent => {
    while ((chunkEnds[chunk] ?? end) < end) chunk += 1;
    return { atMs: chunks[chunk]?.atMs ?? 0, ...content };
  });
  const isOneEach =
    chunks.length === frames.length && frames.every(({ end }, at) => end === chunkEnds[at]);
  return { events, ...(!isOneEach && { chunks: chunks.map(measure) }) };
}

function listEnds(chunks: readonly TimedBytes[]): readonly number[] {
  let end = 0;
  return chunks.map(({ bytes }) => {
    end += bytes.length;
    return end;
  });
}

function measure({ atMs, bytes }: TimedBytes): RecordedChunk {
  return { atMs, bytes: bytes.length };
}

function captureWhole(
  bytes: Uint8Array,
  chunks: readonly TimedBytes[],
  headersAtMs: number,
): Content {
  const [first] = chunks;
  const isPlain = chunks.length <= 1 && (first?.atMs ?? headersAtMs) === headersAtMs;
  return { ...readWhole(bytes), ...(!isPlain && { chunks: chunks.map(measure) }) };
}

function readWhole(bytes: Uint8Array): Content {
  const text = decodeUtf8(bytes);
  if (text === undefined) return { base64: encodeBase64(bytes) };
  const json = readJson(text);
  if (!json) return { text };
  return { body: json.value, ...(!json.isExact && { raw: text }) };
}

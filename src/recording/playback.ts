import type { TimedBytes } from './bytes.ts';
import type { RecordedChunk, RecordedEvent, RecordedResponse } from './cassette.ts';
import { decodeBase64, encodeUtf8, joinBytes } from './encoding.ts';
import { writeFrame } from './frames.ts';
import { correctLength } from './headers.ts';

/** An answer as it goes over the network once more. */
export interface Playback {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly chunks: readonly TimedBytes[];
  /** Whether the connection is to break at the end. */
  readonly isCut: boolean;
}

/** The bytes of a recorded answer, in the pieces and at the times in which they came. */
export function playBack(response: RecordedResponse): Playback {
  const pieces = listPieces(response);
  const chunks = cutAgain(pieces, response.chunks);
  const length = chunks.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const { status, headers, cut: isCut = false } = response;
  return { status, headers: isCut ? headers : correctLength(headers, length), chunks, isCut };
}

/** One piece an event, or the whole body. */
function listPieces(response: RecordedResponse): readonly TimedBytes[] {
  const { events, chunks, atMs } = response;
  if (events) return events.map(toPiece);
  const bytes = readWhole(response);
  return bytes.length === 0 ? [] : [{ atMs: chunks?.at(-1)?.atMs ?? atMs, bytes }];
}

function toPiece(event: RecordedEvent): TimedBytes {
  return { atMs: event.atMs, bytes: writeFrame(event) };
}

function readWhole({ body, raw, text, base64 }: RecordedResponse): Uint8Array {
  if (base64 !== undefined) return decodeBase64(base64);
  if (body !== undefined) return encodeUtf8(raw ?? JSON.stringify(body));
  return encodeUtf8(text ?? '');
}

/** Sizes that do not add up are of an answer that was edited: they are left out. */
function cutAgain(
  pieces: readonly TimedBytes[],
  sizes: readonly RecordedChunk[] | undefined,
): readonly TimedBytes[] {
  if (!sizes) return pieces;
  const all = joinBytes(pieces.map(({ bytes }) => bytes));
  if (sizes.reduce((sum, { bytes }) => sum + bytes, 0) !== all.length) return pieces;
  let start = 0;
  return sizes.map(({ atMs, bytes }) => {
    start += bytes;
    return { atMs, bytes: all.subarray(start - bytes, start) };
  });
}

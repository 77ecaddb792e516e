import { readNumber, readObject } from '../dialect/read.ts';
import type { JsonObject, JsonValue } from '../exchange/json.ts';
import type { Step } from '../scenario/step-schema.ts';
import type { Loss } from './leftover.ts';

type Stream = NonNullable<Step['stream']>;

export interface ConvertedPace {
  readonly stream?: Stream | undefined;
  /** Of a stream that breaks off. */
  readonly broken?: { readonly stream: Stream; readonly fault: Step['fault'] } | undefined;
  readonly losses: readonly Loss[];
}

/** How many letters a chunk has when a fixture does not tell. */
const usualSize = 20;
/** More would drown the fixture: such a text keeps its pace, and not its pieces. */
const mostPieces = 200;

/** The pieces and the pace of a streamed answer. */
export function convertPace(entry: JsonObject, text: string): ConvertedPace {
  const latency = readNumber(entry['latency']) ?? 0;
  const size = Math.max(1, readNumber(entry['chunkSize']) ?? usualSize);
  const breaks =
    entry['truncateAfterChunks'] !== undefined || entry['disconnectAfterMs'] !== undefined;
  const profile = convertProfile(entry, text);
  if (entry['chunkSize'] === undefined && latency === 0 && !breaks) {
    return { stream: profile, losses: [] };
  }
  const pieces = cutText(text, size);
  if (pieces.length === 0 || pieces.length > mostPieces) {
    return { stream: profile, losses: listLost(pieces.length, breaks) };
  }
  // The first of its chunks has the role and no text.
  const moments = pieces.map((_, index) => (index + 2) * latency);
  const chunks = pieces.map((piece, index) =>
    profile || latency === 0 ? piece : { text: piece, atMs: moments[index] ?? 0 },
  );
  const stream = { ...profile, chunks };
  const afterChunks = countBefore(entry, moments);
  if (afterChunks === undefined) return { stream, losses: [] };
  const fault = { type: 'CONNECTION_RESET_BY_PEER', afterChunks } as const;
  return { broken: { stream, fault }, losses: [] };
}

function listLost(pieces: number, breaks: boolean): readonly Loss[] {
  const why = `the text has ${pieces} of them; ${mostPieces} are the most`;
  return [
    ...(pieces > 0 ? [{ what: 'the pieces of the stream', why }] : []),
    ...(breaks
      ? [{ what: 'the break of the stream', why: 'it is counted in pieces of a text' }]
      : []),
  ];
}

/** How many pieces come before the connection breaks; undefined when all do and the end as well. */
function countBefore(entry: JsonObject, moments: readonly number[]): number | undefined {
  const truncate = readNumber(entry['truncateAfterChunks']);
  const disconnect = readNumber(entry['disconnectAfterMs']);
  const timely = moments.filter((at) => at <= (disconnect ?? Number.POSITIVE_INFINITY)).length;
  if (truncate === undefined) return timely < moments.length ? timely : undefined;
  // After the text comes one more, which finishes.
  return truncate - 1 > moments.length ? undefined : Math.max(0, Math.min(truncate - 1, timely));
}

/** Never inside of a surrogate pair. */
function cutText(text: string, size: number): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of text) {
    if (piece.length + character.length > size && piece !== '') {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return piece === '' ? pieces : [...pieces, piece];
}

/** A profile, or the times that were recorded: to the first chunk, and of all the others. */
function convertProfile(entry: JsonObject, text: string): Stream | undefined {
  const { ttft, tps, jitter } = readObject(entry['streamingProfile']);
  const { ttftMs, totalDurationMs } = readObject(entry['recordedTimings']);
  const speed = positive(entry['replaySpeed']) ?? 1;
  const wait = positive(ttft) ?? positive(ttftMs);
  const rest = (positive(totalDurationMs) ?? 0) - (positive(ttftMs) ?? 0);
  const recorded = rest > 0 ? (Math.ceil(text.length / 4) * 1000) / rest : undefined;
  const tokens = positive(tps) ?? positive(recorded);
  const shake = positive(jitter);
  const stream = {
    ...(wait !== undefined && { ttftMs: round(wait / speed) }),
    ...(tokens !== undefined && { tokensPerSecond: Math.min(100_000, round(tokens * speed)) }),
    ...(shake !== undefined && { jitter: Math.min(1, shake) }),
  };
  return Object.keys(stream).length === 0 ? undefined : stream;
}

function round(value: number): number {
  return Math.max(0.001, Number(value.toFixed(3)));
}

function positive(value: JsonValue | undefined): number | undefined {
  const number = readNumber(value);
  return number !== undefined && number > 0 ? number : undefined;
}

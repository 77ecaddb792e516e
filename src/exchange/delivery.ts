const pieceLength = 12;

/**
 * A text in the pieces that a stream sends one by one: a few words at a time, and a leading
 * newline by itself, as recorded of LongCat. A piece never ends inside a surrogate pair, and
 * together they spell the text.
 */
export function splitText(text: string): readonly string[] {
  const pieces: string[] = [];
  let start = 0;
  while (start < text.length) {
    const end = text[start] === '\n' ? start + 1 : endOfPiece(text, start);
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}

function endOfPiece(text: string, start: number): number {
  const limit = start + pieceLength;
  if (limit >= text.length) return text.length;
  for (let end = limit; end > start; end -= 1) {
    if (text[end] === ' ' || text[end] === '\n') return end;
  }
  return splitsPair(text, limit) ? limit + 1 : limit;
}

function splitsPair(text: string, index: number): boolean {
  const before = text.charCodeAt(index - 1);
  const after = text.charCodeAt(index);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}

/** Failures of the connection itself, with WireMock's names. */
export const connectionFaults = [
  'EMPTY_RESPONSE',
  'MALFORMED_RESPONSE_CHUNK',
  'RANDOM_DATA_THEN_CLOSE',
  'CONNECTION_RESET_BY_PEER',
] as const;

/** Failures in the middle of a stream. */
export const streamFaults = [
  'STREAM_TRUNCATE',
  'STREAM_STALL',
  'STREAM_ERROR_EVENT',
  'STREAM_MALFORMED_EVENT',
  'STREAM_NO_DONE',
] as const;

export const faultTypes = [...connectionFaults, ...streamFaults] as const;

export type ConnectionFault = (typeof connectionFaults)[number];
export type StreamFault = (typeof streamFaults)[number];
export type FaultType = ConnectionFault | StreamFault;

export function isConnectionFault(type: FaultType): type is ConnectionFault {
  return connectionFaults.some((each) => each === type);
}

export interface Fault {
  readonly type: FaultType;
  /** How many chunks with content are sent before it. */
  readonly afterChunks: number;
  /** The name in the catalogue of the error that an error event reports. */
  readonly error?: string | undefined;
}

/** When the chunks of a stream leave. */
export interface Pace {
  /** Milliseconds to the first chunk with content. */
  readonly ttftMs: number;
  /** Milliseconds that the rest of the content takes in all. */
  readonly spanMs: number;
  /** From 0 to 1: how far a pause may be from its length. */
  readonly jitter: number;
  /** Of the chunks of the text in turn: milliseconds from the stream's begin, where they are given. */
  readonly atMs: readonly (number | undefined)[];
  /** A comment is sent after so many milliseconds of silence. */
  readonly heartbeatMs?: number | undefined;
}

/** How the bytes of a stream travel; what they say stays the same. */
export interface WireForm {
  readonly split?: number | readonly number[] | undefined;
  readonly coalesce?: number | undefined;
  readonly newline?: 'lf' | 'crlf' | 'cr' | undefined;
  readonly comments?: boolean | string | undefined;
  readonly duplicateDone?: boolean | undefined;
}

/** How an answer travels. */
export interface Delivery {
  /** Milliseconds before it begins. */
  readonly delayMs: number;
  readonly pace?: Pace | undefined;
  readonly fault?: Fault | undefined;
  readonly wire?: WireForm | undefined;
  /** Seeded numbers in [0, 1): they decide jitter and garbage. */
  readonly random: () => number;
}

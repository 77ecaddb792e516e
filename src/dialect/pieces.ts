import { splitText } from '../exchange/delivery.ts';
import type { Piece, WireEvent } from './dialect.ts';

/** An event whose payload is not yet written. */
export interface ObjectEvent extends WireEvent {
  readonly data: object;
}

/**
 * A content piece by piece. Its events differ in the piece alone: what is around it in their JSON
 * is written once, for that would be most of the work of a stream.
 */
export function streamPieces(
  { of, text }: Piece,
  toEvent: (piece: string) => ObjectEvent,
  pieces: readonly string[] = splitText(text),
): WireEvent[] {
  const { event, data } = toEvent(slot);
  const json = JSON.stringify(data);
  const at = json.lastIndexOf(writtenSlot);
  const before = json.slice(0, at);
  const after = json.slice(at + writtenSlot.length);
  return pieces.map((piece) => ({
    ...(event && { event }),
    data: before + JSON.stringify(piece) + after,
    piece: { of, text: piece },
  }));
}

/** Stands where the piece will be; the last of them does, as a model may be named like it. */
const slot = '\u0000';
const writtenSlot = JSON.stringify(slot);

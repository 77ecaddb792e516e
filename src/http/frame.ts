import type { WireEvent } from '../dialect/dialect.ts';

/** A server-sent event, or bytes that are none: a comment, a broken frame. */
export type Frame = WireEvent | string;

/** One server-sent event: its name if it has one, its payload on one line, a blank line. */
export function writeFrame(frame: Frame): string {
  if (typeof frame === 'string') return frame;
  const { event, data } = frame;
  const payload = typeof data === 'string' ? data : JSON.stringify(data);
  return event === undefined ? `data: ${payload}\n\n` : `event: ${event}\ndata: ${payload}\n\n`;
}

/** Whether a frame carries a part of the answer's words. */
export function hasContent(frame: Frame): boolean {
  return typeof frame !== 'string' && frame.piece !== undefined;
}

/** The part of the answer's text that a frame carries. */
export function textOf(frame: Frame): string {
  return typeof frame !== 'string' && frame.piece?.of === 'text' ? frame.piece.text : '';
}

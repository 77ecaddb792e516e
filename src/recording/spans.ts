import { redacted } from '../contract/credentials.ts';

/** From a place in a text up to another. */
export type Span = readonly [start: number, end: number];

/** In order, and those that touch as one. */
export function mergeSpans(spans: readonly Span[]): readonly Span[] {
  const merged: [number, number][] = [];
  for (const [start, end] of spans.toSorted(([left], [right]) => left - right)) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/**
 * A piece of a longer text, which begins at `offset`, without what the spans of that text cover. The
 * piece in which a span begins says that something was there.
 */
export function hideSpans(piece: string, spans: readonly Span[], offset = 0): string {
  let hidden = '';
  let at = offset;
  const end = offset + piece.length;
  for (const [from, to] of spans) {
    if (to <= at || from >= end) continue;
    hidden += piece.slice(at - offset, Math.max(from, at) - offset);
    if (from >= offset) hidden += redacted;
    at = Math.min(to, end);
  }
  return hidden + piece.slice(at - offset);
}

import type { WireForm } from '../exchange/delivery.ts';
import { textOf, writeFrame } from './frame.ts';
import type { TimedFrame } from './pace.ts';

/** Bytes that leave in one write of their own. */
export interface Write {
  readonly bytes: Uint8Array;
  readonly atMs: number;
  /** The part of the answer's text that has arrived with it. */
  readonly text: string;
}

const utf8 = new TextEncoder();
const newlines = { lf: '\n', crlf: '\r\n', cr: '\r' } as const;

/** Frames as the very writes that an author asked for. */
export function shapeWrites(
  frames: readonly TimedFrame[],
  { split, coalesce = 1, newline = 'lf', comments, duplicateDone }: WireForm,
): readonly Write[] {
  const last = frames.slice(-1);
  const comment = comments === true ? 'comment' : comments || undefined;
  const texts = [...frames, ...(duplicateDone ? last : [])].map(({ frame, atMs }) => ({
    framed: (comment === undefined ? '' : `: ${comment}\n`) + writeFrame(frame),
    atMs,
    text: textOf(frame),
  }));
  const writes = group(texts, coalesce).map(({ framed, ...rest }) => ({
    ...rest,
    bytes: utf8.encode(framed.replaceAll('\n', newlines[newline])),
  }));
  return split === undefined ? writes : splitWrites(writes, split);
}

interface Timed extends Omit<Write, 'bytes'> {
  readonly framed: string;
}

/** Some frames at a time, at the moment of the last of them. */
function group(texts: readonly Timed[], size: number): readonly Timed[] {
  const groups: Timed[] = [];
  for (let start = 0; start < texts.length; start += size) {
    const members = texts.slice(start, start + size);
    const framed = members.map((member) => member.framed).join('');
    const text = members.map((member) => member.text).join('');
    groups.push({ framed, text, atMs: members.at(-1)?.atMs ?? 0 });
  }
  return groups;
}

/** A number is the length of every piece; a list, the offsets in the stream at which it is split. */
function splitWrites(
  writes: readonly Write[],
  split: number | readonly number[],
): readonly Write[] {
  let start = 0;
  return writes.flatMap(({ bytes, atMs, text }) => {
    const cuts =
      typeof split === 'number'
        ? countUp(split, bytes.length)
        : split.map((offset) => offset - start).filter((cut) => cut > 0 && cut < bytes.length);
    start += bytes.length;
    const ends = [...new Set(cuts), bytes.length].toSorted((left, right) => left - right);
    return ends.map((end, index) => ({
      bytes: bytes.slice(ends[index - 1] ?? 0, end),
      atMs,
      text: end === bytes.length ? text : '',
    }));
  });
}

function countUp(step: number, limit: number): number[] {
  return Array.from({ length: Math.ceil(limit / step) - 1 }, (_, index) => (index + 1) * step);
}

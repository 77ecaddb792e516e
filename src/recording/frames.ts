import type { RecordedEvent } from './cassette.ts';
import { decodeBase64, decodeUtf8, encodeBase64, encodeUtf8 } from './encoding.ts';
import { readPayload } from './payload.ts';

/** A frame of a stream, and where it ends in its bytes. */
export interface Frame {
  readonly content: Omit<RecordedEvent, 'atMs'>;
  readonly end: number;
}

/** The bytes of a stream as frames, each up to a blank line; the rest at the end is one too. */
export function readFrames(bytes: Uint8Array): readonly Frame[] {
  let start = 0;
  return findEnds(bytes).map((end) => {
    const content = readFrame(bytes.subarray(start, end), start === 0);
    start = end;
    return { content, end };
  });
}

/** The bytes of a frame: what came, or else an event as the mock writes it. */
export function writeFrame({ event, data, raw, base64 }: Frame['content']): Uint8Array {
  if (base64 !== undefined) return decodeBase64(base64);
  return encodeUtf8(raw ?? writeEvent({ event, data }));
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** A line ends with LF, CR or CRLF (the standard of server-sent events has all three). */
function findEnds(bytes: Uint8Array): readonly number[] {
  const ends: number[] = [];
  let isBlank = true;
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] !== lineFeed && bytes[at] !== carriageReturn) {
      isBlank = false;
      continue;
    }
    if (bytes[at] === carriageReturn && bytes[at + 1] === lineFeed) at += 1;
    if (isBlank) ends.push(at + 1);
    isBlank = true;
  }
  if (bytes.length > (ends.at(-1) ?? 0)) ends.push(bytes.length);
  return ends;
}

function readFrame(bytes: Uint8Array, isFirst: boolean): Frame['content'] {
  const text = decodeUtf8(bytes);
  if (text === undefined) return { base64: encodeBase64(bytes) };
  const content = readEvent(isFirst ? text.replace(/^\ufeff/, '') : text);
  return writeEvent(content) === text ? content : { ...content, raw: text };
}

type Event = Pick<RecordedEvent, 'event' | 'data'>;

function readEvent(text: string): Event {
  const fields = text.split(/\r\n|\n|\r/).map(readField);
  const event = fields.findLast(({ name }) => name === 'event');
  const data = fields.filter(({ name }) => name === 'data').map(({ value }) => value);
  return {
    ...(event && { event: event.value }),
    ...(data.length > 0 && { data: readPayload(data.join('\n')) }),
  };
}

function readField(line: string): { readonly name: string; readonly value: string } {
  const colon = line.indexOf(':');
  if (colon < 0) return { name: line, value: '' };
  const value = line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
  return { name: line.slice(0, colon), value };
}

function writeEvent({ event, data = '' }: Event): string {
  const payload = typeof data === 'string' ? data : JSON.stringify(data);
  return event === undefined ? `data: ${payload}\n\n` : `event: ${event}\ndata: ${payload}\n\n`;
}

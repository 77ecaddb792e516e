import type { WireEvent } from '../dialect/dialect.ts';

const framesAChunk = 16;
const utf8 = new TextEncoder();

/** Events as a byte stream: pulled by the reader, some frames at a time, and over when it leaves. */
export function streamEvents(events: readonly WireEvent[]): ReadableStream<Uint8Array> {
  let next = 0;
  return new ReadableStream({
    pull(controller) {
      const frames = events.slice(next, next + framesAChunk).map(writeFrame);
      next += framesAChunk;
      controller.enqueue(utf8.encode(frames.join('')));
      if (next >= events.length) controller.close();
    },
  });
}

/** One server-sent event: its name if it has one, its payload on one line, a blank line. */
export function writeFrame({ event, data }: WireEvent): string {
  const payload = data === '[DONE]' ? data : JSON.stringify(data);
  return event === undefined ? `data: ${payload}\n\n` : `event: ${event}\ndata: ${payload}\n\n`;
}

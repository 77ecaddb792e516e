import type { WireEvent } from '../dialect/dialect.ts';
import { hop, linger, type Timekeeper } from '../engine/clock.ts';
import type { Delivery } from '../exchange/delivery.ts';
import { cutStream, type Ending } from './fault.ts';
import { textOf, writeFrame } from './frame.ts';
import { heartbeat, type TimedFrame, timeFrames } from './pace.ts';
import { shapeWrites, type Write } from './wire.ts';

/** How a stream came to its end. */
export type StreamEnd = 'finished' | 'cut' | 'client-left';

/** Told once: the end, and the answer's text as far as it was sent. */
export type OnEnd = (end: StreamEnd, text: string) => void;

const framesAChunk = 16;
const utf8 = new TextEncoder();

/** Events as a byte stream: pulled by the reader, some frames at a time, and over when it leaves. */
export function streamEvents(
  events: readonly WireEvent[],
  onEnd: OnEnd = () => {},
): ReadableStream<Uint8Array> {
  let next = 0;
  const sent = () => events.slice(0, next).map(textOf).join('');
  return new ReadableStream({
    pull(controller) {
      const frames = events.slice(next, next + framesAChunk).map(writeFrame);
      next += framesAChunk;
      controller.enqueue(utf8.encode(frames.join('')));
      if (next < events.length) return;
      controller.close();
      onEnd('finished', sent());
    },
    cancel: () => onEnd('client-left', sent()),
  });
}

export interface Travel {
  readonly delivery: Delivery;
  readonly clock: Timekeeper;
  /** The event that reports an error in mid-stream. */
  readonly error: WireEvent;
  /** Resets the connection below the stream, where there is one. */
  readonly reset?: (() => void) | undefined;
  readonly onEnd: OnEnd;
}

/** Events as their author wants them to travel: in time, in those writes, up to that fault. */
export function streamDelivery(
  events: readonly WireEvent[],
  { delivery, clock, error, reset, onEnd }: Travel,
): ReadableStream<Uint8Array> {
  const { pace, fault, wire, random } = delivery;
  const { frames, ending } = fault
    ? cutStream(events, fault, error)
    : { frames: events, ending: 'close' as const };
  const isCut = frames.length < events.length && fault?.type !== 'STREAM_NO_DONE';
  const timed = pace
    ? timeFrames(frames, pace, random)
    : frames.map((frame) => ({ frame, atMs: 0 }));
  // A stream that is cut short has no last frame to send twice.
  const isWhole = frames.at(-1) === events.at(-1);
  const form = { ...wire, duplicateDone: isWhole && wire?.duplicateDone };
  return streamWrites(wire ? shapeWrites(timed, form) : timed.map(toWrite), {
    clock,
    ending,
    heartbeatMs: pace?.heartbeatMs,
    apart: wire !== undefined,
    reset,
    onEnd: (end, text) => onEnd(end === 'finished' && isCut ? 'cut' : end, text),
  });
}

/** A frame that is written out only when its time has come: many streams may begin at once. */
interface FrameWrite extends TimedFrame {
  readonly text: string;
}

function toWrite({ frame, atMs }: TimedFrame): FrameWrite {
  return { frame, atMs, text: textOf(frame) };
}

interface Schedule {
  readonly clock: Timekeeper;
  readonly ending: Ending;
  readonly heartbeatMs?: number | undefined;
  /** Whether each write leaves in a turn of its own. */
  readonly apart: boolean;
  readonly reset?: (() => void) | undefined;
  readonly onEnd: OnEnd;
}

/** Writes on an absolute schedule: one that is late does not delay those after it. */
export function streamWrites(
  writes: readonly (Write | FrameWrite)[],
  { clock, ending, heartbeatMs, apart, reset, onEnd }: Schedule,
): ReadableStream<Uint8Array> {
  const start = clock.elapsed();
  let next = 0;
  let isOver = false;
  let callOff = () => {};
  const sent = () =>
    writes
      .slice(0, next)
      .map(({ text }) => text)
      .join('');

  function proceed(controller: ReadableStreamDefaultController<Uint8Array>): void {
    for (let write = writes[next]; write; write = writes[next]) {
      const moment = start + write.atMs;
      if (moment > clock.elapsed()) {
        callOff = clock.schedule(moment, () => proceed(controller));
        return;
      }
      controller.enqueue('bytes' in write ? write.bytes : utf8.encode(writeFrame(write.frame)));
      next += 1;
      if (apart && next < writes.length) {
        callOff = hop(() => proceed(controller));
        return;
      }
    }
    finish(controller);
  }

  function finish(controller: ReadableStreamDefaultController<Uint8Array>): void {
    if (ending === 'stall') {
      keepSilent(controller);
      return;
    }
    isOver = true;
    onEnd('finished', sent());
    if (ending === 'close') {
      controller.close();
      return;
    }
    callOff = linger(() => {
      if (reset) reset();
      else controller.error(connectionReset());
    });
  }

  function keepSilent(controller: ReadableStreamDefaultController<Uint8Array>): void {
    if (heartbeatMs === undefined || clock.isHasty?.()) return;
    callOff = clock.schedule(clock.elapsed() + heartbeatMs, () => {
      controller.enqueue(utf8.encode(heartbeat));
      keepSilent(controller);
    });
  }

  return new ReadableStream({
    start: proceed,
    cancel() {
      callOff();
      if (!isOver) onEnd('client-left', sent());
    },
  });
}

/** What a body throws that fetch reads from a connection that is reset. */
function connectionReset(): Error {
  const cause = Object.assign(new Error('The connection was reset.'), { code: 'ECONNRESET' });
  return new TypeError('terminated', { cause });
}

import type { WireEvent } from '../dialect/dialect.ts';
import { hop, linger, type Timekeeper } from '../engine/clock.ts';
import type { Delivery } from '../exchange/delivery.ts';
import { cutStream, type Ending } from './fault.ts';
import type { Flow, Sink } from './flow.ts';
import { textOf, writeFrame } from './frame.ts';
import { heartbeat, type TimedFrame, timeFrames } from './pace.ts';
import { shapeWrites, type Write } from './wire.ts';

/** How a stream came to its end. */
export type StreamEnd = 'finished' | 'cut' | 'client-left';

/** Told once: the end, and the answer's text as far as it was sent. */
export type OnEnd = (end: StreamEnd, text: string) => void;

const framesAChunk = 16;

/** Events as fast as they are taken: some frames at a time. */
export function streamEvents(events: readonly WireEvent[], onEnd: OnEnd = () => {}): Flow {
  let next = 0;
  let into: Sink | undefined;
  const sent = () => events.slice(0, next).map(textOf).join('');

  function resume(): void {
    while (into) {
      const end = Math.min(next + framesAChunk, events.length);
      let frames = '';
      for (; next < end; next += 1) frames += writeFrame(events[next] ?? '');
      const hasRoom = into.write(frames);
      if (next === events.length) finish(into);
      else if (!hasRoom) return;
    }
  }

  function finish(sink: Sink): void {
    into = undefined;
    sink.end();
    onEnd('finished', sent());
  }

  return {
    begin(sink) {
      into = sink;
      resume();
    },
    resume,
    leave: () => onEnd('client-left', sent()),
  };
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
): Flow {
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
): Flow {
  const start = clock.elapsed();
  let next = 0;
  let isOver = false;
  let callOff = () => {};
  const sent = () =>
    writes
      .slice(0, next)
      .map(({ text }) => text)
      .join('');

  function proceed(sink: Sink): void {
    for (let write = writes[next]; write; write = writes[next]) {
      const moment = start + write.atMs;
      if (moment > clock.elapsed()) {
        callOff = clock.schedule(moment, () => proceed(sink));
        return;
      }
      sink.write('bytes' in write ? write.bytes : writeFrame(write.frame));
      next += 1;
      if (apart && next < writes.length) {
        callOff = hop(() => proceed(sink));
        return;
      }
    }
    finish(sink);
  }

  function finish(sink: Sink): void {
    if (ending === 'stall') {
      keepSilent(sink);
      return;
    }
    isOver = true;
    onEnd('finished', sent());
    if (ending === 'close') {
      sink.end();
      return;
    }
    callOff = linger(() => {
      if (reset) reset();
      else sink.fail(connectionReset());
    });
  }

  function keepSilent(sink: Sink): void {
    if (heartbeatMs === undefined || clock.isHasty?.()) return;
    callOff = clock.schedule(clock.elapsed() + heartbeatMs, () => {
      sink.write(heartbeat);
      keepSilent(sink);
    });
  }

  return {
    begin: proceed,
    leave() {
      callOff();
      if (!isOver) onEnd('client-left', sent());
    },
  };
}

/** What a body throws that fetch reads from a connection that is reset. */
function connectionReset(): Error {
  const cause = Object.assign(new Error('The connection was reset.'), { code: 'ECONNRESET' });
  return new TypeError('terminated', { cause });
}

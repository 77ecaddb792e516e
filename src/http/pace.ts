import type { Pace } from '../exchange/delivery.ts';
import { type Frame, textOf } from './frame.ts';

export interface TimedFrame {
  readonly frame: Frame;
  /** Milliseconds from the stream's begin. */
  readonly atMs: number;
}

/**
 * The moment of each frame. Content takes its share of the span by its length; what frames it
 * comes with no pause.
 */
export function timeFrames(
  frames: readonly Frame[],
  pace: Pace,
  random: () => number,
): readonly TimedFrame[] {
  const { ttftMs, spanMs, jitter, atMs } = pace;
  const total = frames.reduce((sum, frame) => sum + lengthOf(frame), 0);
  let now = 0;
  let begun = false;
  let chunk = 0;
  const timed = frames.map((frame) => {
    const length = lengthOf(frame);
    if (length > 0) {
      const pause = begun ? (spanMs * length) / total : ttftMs;
      now += pause * (1 + jitter * (2 * random() - 1));
      begun = true;
    }
    if (textOf(frame) !== '') {
      now = Math.max(now, atMs[chunk] ?? now);
      chunk += 1;
    }
    return { frame, atMs: now };
  });
  return pace.heartbeatMs === undefined ? timed : addHeartbeats(timed, pace.heartbeatMs);
}

function lengthOf(frame: Frame): number {
  return typeof frame === 'string' ? 0 : (frame.piece?.text.length ?? 0);
}

export const heartbeat = ': heartbeat\n\n';

function addHeartbeats(timed: readonly TimedFrame[], everyMs: number): readonly TimedFrame[] {
  let last = 0;
  return timed.flatMap((each) => {
    const beats: TimedFrame[] = [];
    for (let atMs = last + everyMs; atMs < each.atMs; atMs += everyMs) {
      beats.push({ frame: heartbeat, atMs });
    }
    last = each.atMs;
    return [...beats, each];
  });
}

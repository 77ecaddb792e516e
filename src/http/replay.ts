import type { Timekeeper } from '../engine/clock.ts';
import type { Recording } from '../recording/cassette.ts';
import { playBack } from '../recording/playback.ts';
import { scaleTiming, type Timing } from '../recording/timing.ts';
import type { FlowingAnswer } from './flow.ts';
import { type OnEnd, streamWrites } from './sse.ts';

/** Milliseconds before a recorded answer begins. */
export function replayDelay({ response }: Recording, timing: Timing = 'none'): number {
  if (timing === 'none') return 0;
  return timing === 'recorded' ? response.atMs : response.atMs / timing;
}

export interface Replaying {
  readonly timing: Timing;
  readonly clock: Timekeeper;
  /** The headers in which the mock tells of itself. */
  readonly own: Readonly<Record<string, string>>;
  readonly reset?: (() => void) | undefined;
  readonly onEnd: OnEnd;
}

/** A recorded answer once more: its bytes, in the pieces in which they came. */
export function replay(
  { response }: Recording,
  { timing, clock, own, reset, onEnd }: Replaying,
): FlowingAnswer {
  const { status, headers, chunks, isCut } = playBack(response);
  const writes = scaleTiming(
    chunks.map(({ atMs, bytes }) => ({ atMs: atMs - response.atMs, bytes })),
    timing,
  ).map((chunk) => ({ ...chunk, text: '' }));
  const flow = streamWrites(writes, {
    clock,
    ending: isCut ? 'reset' : 'close',
    apart: true,
    reset,
    onEnd: (end, text) => onEnd(end === 'finished' && isCut ? 'cut' : end, text),
  });
  return { status, headers: { ...headers, ...own }, flow };
}

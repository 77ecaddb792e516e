import type { TimedBytes } from './bytes.ts';

/** At once, as it was recorded, or so many times as fast. */
export type Timing = 'none' | 'recorded' | number;

/**
 * The same pieces at other times: `none` sends each at once and still by itself, `recorded` leaves
 * them be, and `2` plays at double speed.
 */
export function scaleTiming(chunks: readonly TimedBytes[], timing: Timing): readonly TimedBytes[] {
  if (timing === 'recorded') return chunks;
  return chunks.map((chunk) => ({ ...chunk, atMs: timing === 'none' ? 0 : chunk.atMs / timing }));
}

/** `none`, `recorded` or a speed such as `2x` or `0.5x`; undefined for any other text. */
export function parseTiming(text: string): Timing | undefined {
  if (text === 'none' || text === 'recorded') return text;
  const speed = Number(/^(\d+(?:\.\d+)?)x$/.exec(text)?.[1]);
  return speed > 0 ? speed : undefined;
}

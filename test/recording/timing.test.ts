import { expect, it } from 'vitest';
import { parseTiming, scaleTiming, type Timing } from '../../src/recording/timing.ts';

const chunks = [100, 250].map((atMs) => ({ atMs, bytes: new Uint8Array([1]) }));

it.each<[Timing, number[]]>([
  ['none', [0, 0]],
  ['recorded', [100, 250]],
  [2, [50, 125]],
  [0.5, [200, 500]],
])('%s plays the chunks at %j', (timing, expected) => {
  expect(scaleTiming(chunks, timing).map(({ atMs }) => atMs)).toEqual(expected);
});

it.each([
  ['none', 'none'],
  ['recorded', 'recorded'],
  ['2x', 2],
  ['0.5x', 0.5],
  ['0x', undefined],
  ['2', undefined],
  ['fast', undefined],
])('%j is read as %j', (text, timing) => {
  expect(parseTiming(text)).toBe(timing);
});

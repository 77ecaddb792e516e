import { expect, it } from 'vitest';
import { findNearest } from '../../src/scenario/nearest.ts';

const known = ['model', 'messages', 'retryAfter', 'retryAfterMs', 'api', 'STREAM_STALL'];

it.each([
  ['modle', 'model'],
  ['Model', 'model'],
  ['mesages', 'messages'],
  ['retry_after', 'retryAfter'],
  ['retry-after-ms', 'retryAfterMs'],
  ['ap', 'api'],
  ['stream-stall', 'STREAM_STALL'],
  ['temperature', undefined],
  ['', undefined],
  ['m'.repeat(1000), undefined],
])('the nearest to %.20s is %s', (word, nearest) => {
  expect(findNearest(word, known)).toBe(nearest);
});

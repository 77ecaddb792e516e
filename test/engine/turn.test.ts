import { expect, it } from 'vitest';
import { estimator } from '../../src/engine/estimator.ts';
import { isLong, nextTurn, takeTurns } from '../../src/engine/turn.ts';
import { countTokens } from '../../src/generate/tokens.ts';
import { letsOthersIn } from '../turns.ts';

it('a long body is to give way to what waits, and a short one is not', () => {
  expect(isLong('a'.repeat(1_000_000))).toBe(true);
  expect(isLong('a'.repeat(10_000))).toBe(false);
});

it('others have their turn before the next one', async () => {
  expect(await letsOthersIn(nextTurn())).toBe(true);
});

it.each([
  ['one text', ['a long line, '.repeat(200_000)]],
  ['many texts', Array.from({ length: 20_000 }, () => 'a long line, '.repeat(10))],
])('others get their turn while %s of 2.6 million units is counted', async (_name, texts) => {
  const counting = estimator.count(texts);

  expect(await letsOthersIn(counting)).toBe(true);
  expect(await counting).toEqual(texts.map(countTokens));
});

it('short texts are counted at once', async () => {
  expect(await letsOthersIn(estimator.count(['Hello!', '']))).toBe(false);
  expect(await estimator.count(['Hello!', ''])).toEqual([countTokens('Hello!'), 0]);
});

function* work(steps: number, cost: number): Generator<number, string> {
  for (let step = 0; step < steps; step += 1) yield cost;
  return 'done';
}

it.each([
  [99, 1, false],
  [100, 1, true],
  [1, 100, true],
])('%i steps of %i each let others in after 100: %s', async (steps, cost, isLong) => {
  const ended = takeTurns(work(steps, cost), 100);

  expect(await letsOthersIn(ended)).toBe(isLong);
  expect(await ended).toBe('done');
});

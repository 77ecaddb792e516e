import { expect, it } from 'vitest';
import { createDoor } from '../../src/engine/door.ts';

function turn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

it('nobody waits while nothing is behind its time', () => {
  expect(createDoor({ isBehind: () => false })()).toBeUndefined();
  expect(createDoor({})()).toBeUndefined();
});

it('while something is behind, one goes through in each turn, in order', async () => {
  const enter = createDoor({ isBehind: () => true });
  const through: string[] = [];
  for (const name of ['a', 'b', 'c']) void enter()?.then(() => through.push(name));
  const seen: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    await turn();
    seen.push(through.join(''));
  }

  expect(seen).toEqual(['a', 'ab', 'abc']);
});

it('who comes later does not overtake those that wait', async () => {
  let isBehind = true;
  const enter = createDoor({ isBehind: () => isBehind });
  const through: string[] = [];
  const first = enter()?.then(() => through.push('a'));
  isBehind = false;
  const second = enter()?.then(() => through.push('b'));
  await Promise.all([first, second]);

  expect(through).toEqual(['a', 'b']);
  expect(enter()).toBeUndefined();
});

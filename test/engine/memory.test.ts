import { expect, it } from 'vitest';
import { createMemoryStore } from '../../src/engine/memory.ts';
import { testStore } from './store.ts';

testStore('in memory', createMemoryStore);

it('in memory a claim is made at once, with nothing awaited in it', () => {
  const claim = createMemoryStore().claim({
    session: 's',
    now: 0,
    candidates: [],
    demands: [],
    request: 1,
  });

  expect(claim).not.toBeInstanceOf(Promise);
});

it('in memory the requests that were not asked for longest are forgotten', () => {
  const store = createMemoryStore();
  const ask = (request: number) => {
    const claim = store.claim({ session: 's', now: 0, candidates: [], demands: [], request });
    return claim instanceof Promise ? undefined : claim.ordinal;
  };
  for (let request = 0; request < 2000; request += 1) ask(request);
  expect(ask(0)).toBe(1);
  ask(2000);

  expect(ask(1)).toBe(0);
  expect(ask(0)).toBe(2);
});

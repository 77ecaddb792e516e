import { expect, it } from 'vitest';
import type { Candidate, Claim, ClaimInput, Demand, StateStore } from '../../src/engine/state.ts';

/** What any store of state has to do. Registers a test for each part of it. */
export function testStore(name: string, create: () => StateStore | Promise<StateStore>): void {
  for (const [title, prove] of Object.entries(promises)) {
    it(`${name}: ${title}`, async () => {
      expect.hasAssertions();
      await prove(await create());
    });
  }
}

function claim(store: StateStore, input: Partial<ClaimInput> = {}): Promise<Claim> {
  const rest = { session: 's', now: 0, candidates: [], demands: [], request: 1 };
  return Promise.resolve(store.claim({ ...rest, ...input }));
}

function candidate(changes: Partial<Candidate> = {}): Candidate {
  return { fixture: 'f', machine: 'm', lasts: [1], afterLast: 'repeat-last', ...changes };
}

/** A bucket of ten that fills in ten seconds. */
function demand(changes: Partial<Demand> = {}): Demand {
  return { bucket: 'b', capacity: 10, refillPerMs: 0.001, cost: 1, ...changes };
}

/** As short words: the step as `candidate.step`, else the kind. */
function show(claim: Claim): string {
  return claim.kind === 'step' ? `${claim.candidate}.${claim.step}` : claim.kind;
}

async function claimAgain(
  store: StateStore,
  times: number,
  input: Partial<ClaimInput> = {},
): Promise<string[]> {
  const shown: string[] = [];
  for (let time = 0; time < times; time += 1) shown.push(show(await claim(store, input)));
  return shown;
}

const promises: Readonly<Record<string, (store: StateStore) => Promise<void>>> = {
  async 'a fixture of one step answers for ever'(store) {
    expect(await claimAgain(store, 3, { candidates: [candidate()] })).toEqual([
      '0.0',
      '0.0',
      '0.0',
    ]);
  },

  async 'a sequence takes a step a request, and repeats its last'(store) {
    const candidates = [candidate({ lasts: [1, 1, 1] })];

    const steps = ['0.0', '0.1', '0.2', '0.2', '0.2'];
    expect(await claimAgain(store, 5, { candidates })).toEqual(steps);
  },

  async 'a step answers as many requests as it lasts'(store) {
    const candidates = [candidate({ lasts: [2, 1, 3] })];

    const steps = ['0.0', '0.0', '0.1', '0.2', '0.2', '0.2', '0.2'];
    expect(await claimAgain(store, 7, { candidates })).toEqual(steps);
  },

  async 'a sequence at its end may be an error, even where another fixture fits'(store) {
    const candidates = [candidate({ afterLast: 'error' }), candidate({ fixture: 'other' })];

    expect(await claimAgain(store, 3, { candidates })).toEqual(['0.0', 'none', 'none']);
    expect(await claim(store, { candidates })).toMatchObject({
      kind: 'none',
      hindrances: [{ fixture: 'f', kind: 'exhausted', answered: 1 }],
    });
  },

  async 'a sequence at its end may leave the request to the next fixture'(store) {
    const candidates = [
      candidate({ lasts: [1, 1], afterLast: 'fallthrough' }),
      candidate({ fixture: 'other', lasts: [1, 1] }),
    ];

    const steps = ['0.0', '0.1', '1.0', '1.1', '1.1'];
    expect(await claimAgain(store, 5, { candidates })).toEqual(steps);
  },

  async 'with all sequences left behind, each is told with how many it answered'(store) {
    const candidates = ['f', 'g'].map((fixture) =>
      candidate({ fixture, lasts: [1, 1], afterLast: 'fallthrough' }),
    );
    await claimAgain(store, 4, { candidates });

    expect(await claim(store, { candidates })).toEqual({
      kind: 'none',
      ordinal: 4,
      hindrances: [
        { fixture: 'f', kind: 'exhausted', answered: 2 },
        { fixture: 'g', kind: 'exhausted', answered: 2 },
      ],
    });
  },

  async 'where nothing fits, nothing hinders'(store) {
    expect(await claim(store)).toEqual({ kind: 'none', ordinal: 0, hindrances: [] });
  },

  async 'the position is the fixture’s, whichever candidates come with it'(store) {
    const sequence = candidate({ lasts: [1, 1, 1] });
    const other = candidate({ fixture: 'g', requires: 'Never' });

    expect(show(await claim(store, { candidates: [sequence] }))).toBe('0.0');
    expect(show(await claim(store, { candidates: [other, sequence] }))).toBe('1.1');
    expect(show(await claim(store, { candidates: [sequence, other], request: 2 }))).toBe('0.2');
  },

  async 'the first state is Started, and an answer leads to the next'(store) {
    const candidates = [
      candidate({ fixture: 'pay', requires: 'Started', sets: 'Paid' }),
      candidate({ fixture: 'ship', requires: 'Paid', sets: 'Shipped' }),
    ];

    expect(await store.readStates('s')).toEqual({});
    expect(await claimAgain(store, 3, { candidates })).toEqual(['0.0', '1.0', 'none']);
    expect(await store.readStates('s')).toEqual({ m: 'Shipped' });
  },

  async 'a fixture in the wrong state is passed over, and takes no step'(store) {
    const candidates = [
      candidate({ requires: 'Later', lasts: [1, 1] }),
      candidate({ fixture: 'any', afterLast: 'fallthrough' }),
    ];

    expect(await claimAgain(store, 2, { candidates })).toEqual(['1.0', 'none']);
    expect(await claim(store, { candidates })).toMatchObject({
      hindrances: [
        { fixture: 'f', kind: 'state', machine: 'm', state: 'Started' },
        { fixture: 'any', kind: 'exhausted', answered: 1 },
      ],
    });
    await store.writeState('s', 'm', 'Later');
    expect(await claimAgain(store, 2, { candidates })).toEqual(['0.0', '0.1']);
  },

  async 'a fixture that requires no state may set one, and machines are apart'(store) {
    const first = candidate({ machine: 'one', sets: 'Done' });
    const second = candidate({ fixture: 'g', machine: 'two', requires: 'Done' });

    expect(show(await claim(store, { candidates: [first] }))).toBe('0.0');
    expect(show(await claim(store, { candidates: [second] }))).toBe('none');
    expect(await store.readStates('s')).toEqual({ one: 'Done' });
  },

  async 'a fixture that has no more to say leads to no state'(store) {
    const candidates = [candidate({ afterLast: 'error', sets: 'Done' })];
    await claim(store, { candidates });
    await store.writeState('s', 'm', 'Started');

    expect(show(await claim(store, { candidates }))).toBe('none');
    expect((await store.readStates('s'))['m'] ?? 'Started').toBe('Started');
  },

  async 'a bucket begins full, empties, and tells the wait to the millisecond'(store) {
    const input = { candidates: [candidate()], demands: [demand()] };

    expect(await claimAgain(store, 10, input)).toEqual(Array(10).fill('0.0'));
    expect(await claim(store, input)).toMatchObject({
      kind: 'limited',
      bucket: 'b',
      waitMs: expect.closeTo(1000, 3),
    });
    const later = await claim(store, { ...input, now: 400 });
    expect(later).toMatchObject({ kind: 'limited', waitMs: expect.closeTo(600, 3) });
  },

  async 'a bucket refills by its rate, and never above its capacity'(store) {
    const input = { candidates: [candidate()], demands: [demand()] };
    await claimAgain(store, 10, input);

    expect(await claimAgain(store, 3, { ...input, now: 2000 })).toEqual(['0.0', '0.0', 'limited']);
    const long = await claimAgain(store, 11, { ...input, now: 10_000_000 });
    expect(long).toEqual([...Array(10).fill('0.0'), 'limited']);
  },

  async 'whoever waits as long as told is let through'(store) {
    const input = { candidates: [candidate()], demands: [demand({ refillPerMs: 7 / 60_000 })] };
    await claimAgain(store, 10, input);
    let now = 0;
    for (let round = 0; round < 20; round += 1) {
      const limited = await claim(store, { ...input, now });
      if (limited.kind !== 'limited') throw new Error('The bucket is not empty.');
      now += limited.waitMs;
      expect(show(await claim(store, { ...input, now }))).toBe('0.0');
    }
  },

  async 'a clock that goes back fills no bucket and empties none'(store) {
    const input = { candidates: [candidate()], demands: [demand({ capacity: 2 })] };
    await claim(store, { ...input, now: 5000 });

    expect(await claimAgain(store, 2, { ...input, now: 0 })).toEqual(['0.0', 'limited']);
  },

  async 'a request takes as many tokens as it costs'(store) {
    const large = { candidates: [candidate()], demands: [demand({ cost: 6 })] };

    expect(show(await claim(store, large))).toBe('0.0');
    expect(await claim(store, large)).toMatchObject({ waitMs: expect.closeTo(2000, 3) });
    expect(show(await claim(store, { ...large, demands: [demand({ cost: 4 })] }))).toBe('0.0');
  },

  async 'a request that is larger than its bucket takes all of it'(store) {
    const huge = { candidates: [candidate()], demands: [demand({ cost: 1000 })] };

    expect(show(await claim(store, huge))).toBe('0.0');
    expect(await claim(store, huge)).toMatchObject({ waitMs: expect.closeTo(10_000, 3) });
    expect(show(await claim(store, { ...huge, now: 10_000 }))).toBe('0.0');
  },

  async 'of several buckets the one that is longest in filling is told'(store) {
    const demands = [
      demand({ bucket: 'quick', capacity: 1, refillPerMs: 1 }),
      demand({ bucket: 'slow', capacity: 1, refillPerMs: 0.001 }),
      demand({ bucket: 'wide', capacity: 100 }),
    ];
    await claim(store, { demands });

    expect(await claim(store, { demands })).toMatchObject({ kind: 'limited', bucket: 'slow' });
  },

  async 'a request that one bucket refuses takes nothing from the others, and no step'(store) {
    const candidates = [candidate({ lasts: [1, 1, 1], sets: 'Answered' })];
    const demands = [demand({ bucket: 'wide', capacity: 2 }), demand({ capacity: 1 })];
    await claim(store, { candidates, demands });
    await store.writeState('s', 'm', 'Started');
    const refused = await claimAgain(store, 5, { candidates, demands });

    expect(refused).toEqual(Array(5).fill('limited'));
    expect((await store.readStates('s'))['m'] ?? 'Started').toBe('Started');
    expect(show(await claim(store, { candidates, demands: demands.slice(0, 1) }))).toBe('0.1');
    expect(show(await claim(store, { candidates, demands: demands.slice(0, 1) }))).toBe('limited');
  },

  async 'a request is told how often it was asked before, answered or not'(store) {
    const demands = [demand({ capacity: 2 })];
    const ordinals: number[] = [];
    for (const request of [1, 1, 2, 1, 2]) {
      ordinals.push((await claim(store, { request, demands })).ordinal);
    }

    expect(ordinals).toEqual([0, 1, 0, 2, 1]);
  },

  async 'sessions share nothing'(store) {
    const input = {
      candidates: [candidate({ lasts: [1, 1], sets: 'Done' })],
      demands: [demand({ capacity: 1 })],
    };
    const first = await claim(store, { ...input, session: 'one' });

    expect(await claim(store, { ...input, session: 'two' })).toEqual(first);
    expect(show(await claim(store, { ...input, session: 'one' }))).toBe('limited');
    await store.writeState('one', 'm', 'Other');
    expect(await store.readStates('two')).toEqual({ m: 'Done' });
    expect(await store.readStates('three')).toEqual({});
  },

  async 'a session that is reset begins anew, and no other'(store) {
    const input = {
      candidates: [candidate({ lasts: [1, 1], sets: 'Done' })],
      demands: [demand({ capacity: 1 })],
    };
    const first = await claim(store, { ...input, session: 'one' });
    await claim(store, { ...input, session: 'two' });
    await store.reset('one');
    await store.reset('never seen');

    expect(await store.readStates('one')).toEqual({});
    expect(await claim(store, { ...input, session: 'one' })).toEqual(first);
    expect(await store.readStates('two')).toEqual({ m: 'Done' });
    expect(show(await claim(store, { ...input, session: 'two' }))).toBe('limited');
  },

  async 'names of prototypes are only names'(store) {
    for (const odd of ['__proto__', 'constructor', 'toString']) {
      const candidates = [candidate({ fixture: odd, machine: odd, lasts: [1, 1], sets: 'Done' })];
      const input = { session: odd, candidates, demands: [demand({ bucket: odd })] };

      expect(await store.readStates(odd)).toEqual({});
      expect(await claimAgain(store, 3, input)).toEqual(['0.0', '0.1', '0.1']);
      const states = await store.readStates(odd);
      expect(Object.getOwnPropertyDescriptor(states, odd)?.value).toBe('Done');
    }
  },

  async 'of 50 claims on one transition at the same time one wins'(store) {
    const candidates = [
      candidate({ fixture: 'winner', requires: 'Started', sets: 'Taken' }),
      candidate({ fixture: 'rest', requires: 'Taken' }),
    ];
    const claims = await Promise.all(
      Array.from({ length: 50 }, (_, request) => claim(store, { candidates, request })),
    );

    expect(claims.map(show).sort()).toEqual(['0.0', ...Array(49).fill('1.0')]);
  },

  async 'of 50 claims on one sequence at the same time each step goes to one'(store) {
    const lasts = Array(50).fill(1);
    const candidates = [candidate({ lasts, afterLast: 'error' })];
    const claims = await Promise.all(
      Array.from({ length: 60 }, () => claim(store, { candidates, request: 7 })),
    );

    const steps = claims.flatMap((each) => (each.kind === 'step' ? each.step : []));
    expect(new Set(steps).size).toBe(50);
    expect(claims.filter(({ kind }) => kind === 'none')).toHaveLength(10);
    expect(new Set(claims.map(({ ordinal }) => ordinal)).size).toBe(60);
  },

  async 'of 50 claims on one bucket at the same time as many pass as it holds'(store) {
    const input = { candidates: [candidate()], demands: [demand()] };
    const claims = await Promise.all(Array.from({ length: 50 }, () => claim(store, input)));

    expect(claims.filter(({ kind }) => kind === 'step')).toHaveLength(10);
  },
};

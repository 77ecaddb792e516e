import { expect, it } from 'vitest';
import { createManualTimekeeper, type Timekeeper } from '../../src/engine/clock.ts';
import {
  createLongCatMock,
  frozenClock,
  type LongCatMock,
  startLongCatMock,
} from '../../src/index.ts';
import type { FixtureInput } from '../../src/scenario/schema.ts';
import { ask, chatPath, messagesPath } from '../ask.ts';
import { writeBody } from '../cases/wire.ts';
import { script } from '../script.ts';
import { waitFor } from '../wait.ts';
import { call } from './socket.ts';

type Step = Exclude<FixtureInput['respond'], readonly unknown[]>;

const paths = [chatPath, messagesPath];

/** What a stream brought, and when by the clock: words, or a comment. */
type Beat = readonly [at: number, words: string];

/** The answer to one request, with the clock moved on a millisecond at a time. */
async function watch(
  respond: Step,
  { path = chatPath, seed = '', until = 1000, late = 0 } = {},
): Promise<readonly Beat[]> {
  const mock = createLongCatMock({ seed });
  script(mock, [{ id: 'paced', respond }]);
  const clock = createManualTimekeeper(0);
  const schedule: Timekeeper['schedule'] = (moment, callback) =>
    clock.schedule(moment + late, callback);
  mock.engine.sessions.change('default', { clock: { ...clock, schedule } });
  const beats: Beat[] = [];
  const asked = ask({ stream: true }, { mock, path });
  const read = asked.then(async ({ body }) => {
    for await (const bytes of body ?? []) {
      for (const words of listWords(Buffer.from(bytes).toString()))
        beats.push([clock.now(), words]);
    }
  });
  await waitFor(() => mock.engine.journal.count('default').seen === 1);
  await turn();
  while (clock.now() < until) {
    clock.advance(1);
    await turn();
  }
  await read;
  return beats;
}

function turn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

/** The pieces of content and the comments in some frames, and the last frame as `end`. */
function listWords(frames: string): string[] {
  return frames.split('\n\n').flatMap((frame) => {
    if (frame.startsWith(':')) return frame;
    if (/\[DONE\]|message_stop/.test(frame)) return 'end';
    const [, words] = /"(?:content|text|reasoning_content|thinking)":"([^"]+)"/.exec(frame) ?? [];
    return words ?? [];
  });
}

it.each(paths)('%s: the first content comes after its time, and the rest with it', async (path) => {
  const beats = await watch({ stream: { chunks: ['a', 'b'], ttftMs: 120 } }, { path });

  expect(beats).toEqual([
    [120, 'a'],
    [120, 'b'],
    [120, 'end'],
  ]);
});

it('reasoning is content: the first time is its own', async () => {
  const stream = { chunks: ['b'], ttftMs: 120 };

  expect(await watch({ thinking: 'a', stream })).toEqual([
    [120, 'a'],
    [120, 'b'],
    [120, 'end'],
  ]);
});

it.each(paths)('%s: content takes its share of the time by its length', async (path) => {
  const stream = { chunks: ['aa', 'bb', 'cccc'], tokensPerSecond: 100 };
  const beats = await watch({ stream, usage: { output: 40 } }, { path });

  expect(beats).toEqual([
    [0, 'aa'],
    [100, 'bb'],
    [300, 'cccc'],
    [300, 'end'],
  ]);
});

it.each(
  paths,
)('%s: a chunk comes at its moment, or at once when that has gone by', async (path) => {
  const chunks = ['a', { text: 'b', atMs: 30 }, 'c', { text: 'd', atMs: 60 }];

  expect(await watch({ stream: { chunks } }, { path })).toEqual([
    [0, 'a'],
    [30, 'b'],
    [30, 'c'],
    [60, 'd'],
    [60, 'end'],
  ]);
  expect(await watch({ stream: { chunks, ttftMs: 50 } }, { path })).toEqual([
    [50, 'a'],
    [50, 'b'],
    [50, 'c'],
    [60, 'd'],
    [60, 'end'],
  ]);
});

it('a delay comes before the stream, whose moments count from its begin', async () => {
  const stream = { chunks: [{ text: 'a', atMs: 30 }], ttftMs: 10 };

  expect(await watch({ delay: 500, stream })).toEqual([
    [530, 'a'],
    [530, 'end'],
  ]);
});

it('jitter moves each pause by up to its share, as the seed has it', async () => {
  const chunks = Array.from({ length: 9 }, (_, index) => String(index));
  const step = { stream: { chunks, tokensPerSecond: 10, jitter: 0.2 }, usage: { output: 9 } };
  const until = 1200;
  const beats = await watch(step, { until, seed: 'one' });
  const moments = beats.slice(0, 9).map(([at]) => at);
  const pauses = moments.slice(1).map((at, index) => at - (moments[index] ?? 0));

  for (const pause of pauses) {
    expect(pause).toBeGreaterThanOrEqual(79); // whole milliseconds
    expect(pause).toBeLessThanOrEqual(121);
  }
  expect(new Set(pauses).size).toBeGreaterThan(4);
  expect(await watch(step, { until, seed: 'one' })).toEqual(beats);
  expect(await watch(step, { until, seed: 'two' })).not.toEqual(beats);
});

it.each(paths)('%s: a comment is sent whenever the stream was silent for so long', async (path) => {
  const chunks = ['a', { text: 'b', atMs: 500 }];

  expect(await watch({ stream: { chunks, ttftMs: 250, heartbeatMs: 100 } }, { path })).toEqual([
    [100, ': heartbeat'],
    [200, ': heartbeat'],
    [250, 'a'],
    [350, ': heartbeat'],
    [450, ': heartbeat'],
    [500, 'b'],
    [500, 'end'],
  ]);
});

it('no comment is sent at the very moment at which the stream speaks', async () => {
  const chunks = [200, 300, 450].map((atMs) => ({ text: `at ${atMs}`, atMs }));
  const beats = await watch({ stream: { chunks, heartbeatMs: 100 } });

  expect(beats.map(([at, words]) => (words.startsWith(':') ? -at : at))).toEqual([
    -100, 200, 300, -400, 450, 450,
  ]);
});

it.each([
  [0, [30, 60, 100]],
  [20, [50, 80, 120]],
  [50, [80, 80, 150]],
] as const)('a clock that wakes %i ms late delays no write by more', async (late, moments) => {
  const chunks = [30, 60, 100].map((atMs) => ({ text: `at ${atMs}`, atMs }));
  const beats = await watch({ stream: { chunks } }, { late });

  expect(beats.slice(0, 3)).toEqual([
    [moments[0], 'at 30'],
    [moments[1], 'at 60'],
    [moments[2], 'at 100'],
  ]);
});

it.each([
  [{ type: 'uniform', lower: 100, upper: 300 }, 100, 300],
  [{ type: 'lognormal', median: 200, sigma: 0.5, maxValue: 400 }, 1, 400],
] as const)('a delay of %j is of its distribution, by the seed', async (delay, least, most) => {
  const until = 500;
  const step = { delay, stream: { chunks: ['a'] } };
  const delays: number[] = [];
  for (let seed = 0; seed < 8; seed += 1) {
    const [first] = await watch(step, { seed: String(seed), until });
    delays.push(first?.[0] ?? 0);
  }

  expect(new Set(delays).size).toBeGreaterThan(4);
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(least);
  expect(Math.max(...delays)).toBeLessThanOrEqual(most);
  expect((await watch(step, { seed: '0', until }))[0]?.[0]).toBe(delays[0]);
});

/** A manual clock that knows how many wait for it. */
function createCountingClock() {
  const clock = createManualTimekeeper(0);
  const waiting = new Set<object>();
  const schedule: Timekeeper['schedule'] = (moment, callback) => {
    const entry = {};
    waiting.add(entry);
    const callOff = clock.schedule(moment, () => {
      waiting.delete(entry);
      callback();
    });
    return () => {
      waiting.delete(entry);
      callOff();
    };
  };
  return { ...clock, schedule, pending: () => waiting.size };
}

const leavings = paths.flatMap((path) =>
  [undefined, { split: 3 }, { coalesce: 1, comments: true }].map((wire) => [path, wire] as const),
);

it.each(
  leavings,
)('a client that leaves in mid-stream leaves nothing that waits, and what it heard in the journal (%s, %j)', async (path, wire) => {
  await using mock = await startLongCatMock({ port: 0 });
  const chunks = ['One ', { text: 'two ', atMs: 100 }, { text: 'three', atMs: 1000 }];
  script(mock, [{ id: 'paced', match: { stream: true }, respond: { stream: { chunks }, wire } }]);
  const clock = createCountingClock();
  mock.engine.sessions.change('default', { clock });
  const { leave } = call(mock.port, { path, body: writeBody({ stream: true }) });
  await waitFor(() => clock.pending() === 1);
  clock.advance(500);
  await waitFor(() => clock.pending() === 1);
  leave();
  await waitFor(() => clock.pending() === 0);
  clock.advance(10_000);

  expect(mock.engine.journal.list()).toMatchObject([
    { status: 200, end: 'client-left', text: 'One two ', endedAt: 500 },
  ]);
});

it.each([
  { stream: true },
  { stream: false },
])('a client that leaves before a late answer leaves nothing that waits (%j)', async (request) => {
  await using mock = await startLongCatMock({ port: 0 });
  script(mock, [{ id: 'late', respond: { text: 'Too late.', delay: 60_000 } }]);
  const clock = createCountingClock();
  mock.engine.sessions.change('default', { clock });
  for (const path of paths) {
    const { leave } = call(mock.port, { path, body: writeBody(request) });
    await waitFor(() => clock.pending() === 1);
    leave();
    await waitFor(() => clock.pending() === 0);
  }
  clock.advance(100_000);
  for (let turns = 0; turns < 20; turns += 1) await turn();

  expect(mock.engine.journal.list()).toMatchObject([
    { end: 'client-left', text: '' },
    { end: 'client-left', text: '' },
  ]);
});

it('a paced late stream whose client has left before it is never begun', async () => {
  await using mock = await startLongCatMock({ port: 0 });
  const stream = { chunks: ['One ', { text: 'two', atMs: 1000 }] };
  script(mock, [{ id: 'late', match: { stream: true }, respond: { stream, delay: 60_000 } }]);
  const clock = createCountingClock();
  mock.engine.sessions.change('default', { clock });
  const { leave } = call(mock.port, { path: chatPath, body: writeBody({ stream: true }) });
  await waitFor(() => clock.pending() === 1);
  leave();
  await waitFor(() => clock.pending() === 0);
  for (let turns = 0; turns < 20; turns += 1) await turn();

  expect(clock.pending()).toBe(0);
  expect(mock.engine.journal.list()).toMatchObject([{ end: 'client-left', text: '' }]);
});

function countTimers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}

const hourMs = 3_600_000;
const slow: readonly Step[] = [
  { stream: { chunks: ['a', { text: 'b', atMs: hourMs }] } },
  { stream: { chunks: ['a', { text: 'b', atMs: hourMs }], heartbeatMs: hourMs } },
];

it.each(slow)('by the system’s clock, an aborted stream of %j leaves no timer', async (respond) => {
  const mock = createLongCatMock();
  script(mock, [{ id: 'slow', respond }]);
  const before = countTimers();
  const { body } = await ask({ stream: true }, { mock });
  const reader = body?.getReader();
  await reader?.read();

  expect(countTimers()).toBe(before + 1);
  await reader?.cancel();
  expect(countTimers()).toBe(before);
  expect(mock.engine.journal.list()).toMatchObject([{ end: 'client-left', text: 'a' }]);
});

it('by the system’s clock, a thousand aborted streams leave no timer, and share one before', async () => {
  const mock = createLongCatMock();
  script(mock, [{ id: 'slow', respond: slow[0] ?? {} }]);
  const before = countTimers();
  const answers = await Promise.all(
    Array.from({ length: 1000 }, (_, number) => ask({ stream: true, user: `${number}` }, { mock })),
  );

  expect(countTimers()).toBe(before + 1);
  await Promise.all(answers.map(({ body }) => body?.cancel()));
  expect(countTimers()).toBe(before);
});

it('an answer whose request is aborted in its delay leaves no timer', async () => {
  const mock = createLongCatMock();
  script(mock, [{ id: 'slow', respond: { text: 'Too late.', delay: hourMs } }]);
  const before = countTimers();
  const controller = new AbortController();
  const asked = mock.fetch(`http://localhost${chatPath}`, {
    method: 'POST',
    headers: { authorization: 'Bearer test' },
    body: writeBody(),
    signal: controller.signal,
  });
  await waitFor(() => countTimers() === before + 1);
  controller.abort();
  await asked.catch(() => undefined);

  expect(countTimers()).toBe(before);
  expect(mock.engine.journal.list()).toMatchObject([{ end: 'client-left', text: '' }]);
});

it.each(paths)('%s: on a clock that stands still nothing is waited for', async (path) => {
  const mock: LongCatMock = createLongCatMock({ clock: frozenClock(0) });
  const chunks = ['a', { text: 'b', atMs: hourMs }];
  const stream = { chunks, ttftMs: hourMs, tokensPerSecond: 0.001, heartbeatMs: hourMs / 2 };
  script(mock, [{ id: 'slow', respond: { stream, delay: hourMs } }]);
  const text = await (await ask({ stream: true }, { mock, path })).text();

  expect(listWords(text)).toEqual(expect.arrayContaining([': heartbeat', 'a', 'b', 'end']));
  expect(listWords(text).filter((words) => !words.startsWith(':'))).toEqual(['a', 'b', 'end']);
});

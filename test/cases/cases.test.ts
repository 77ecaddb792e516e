import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  frozenClock,
  type LongCatMockOptions,
  type RunningLongCatMock,
  startLongCatMock,
} from '../../src/index.ts';
import { chat } from './chat.ts';
import { chatStream } from './chat-stream.ts';
import { chatTools } from './chat-tools.ts';
import { connections } from './connections.ts';
import { faults } from './faults.ts';
import { messageStream } from './message-stream.ts';
import { messages } from './messages.ts';
import { routing } from './routing.ts';
import { streams } from './streams.ts';
import { createWire } from './wire.ts';

const rows = [
  ...routing,
  ...connections,
  ...chatTools,
  ...chat,
  ...chatStream,
  ...streams,
  ...messageStream,
  ...messages,
  ...faults,
].sort((left, right) => left.number - right.number);

let shared: RunningLongCatMock;

function start(options: LongCatMockOptions = {}): Promise<RunningLongCatMock> {
  return startLongCatMock({ port: 0, clock: frozenClock(new Date('2026-09-01')), ...options });
}

beforeAll(async () => {
  shared = await start();
});
afterAll(() => shared.close());

const table = rows.map((row) => [row.number, row.title, row] as const);

it.each(table)('case %i: %s', async (_number, _title, { options, prove }) => {
  expect.hasAssertions();
  if (!options) return prove(createWire(shared.port));
  await using own = await start(options);
  await prove(createWire(own.port));
});

it('every case from 1 to 64 has a row', () => {
  const numbers = [...new Set(rows.map(({ number }) => number))];
  const expected = Array.from({ length: 64 }, (_, index) => index + 1);

  expect(numbers).toEqual(expected);
});

it('no two rows have one title, and a decision is one sentence', () => {
  const titles = rows.map(({ title }) => title);

  expect(new Set(titles).size).toBe(titles.length);
  for (const { decision = 'None.' } of rows) expect(decision).toMatch(/^[A-Z`][^\n]*[^.]\.$/);
});

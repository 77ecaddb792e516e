import {
  createManualTimekeeper,
  createTimekeeper,
  frozenClock,
  type ManualTimekeeper,
  type Timekeeper,
} from '../engine/clock.ts';
import { defaultSession } from '../engine/session.ts';
import type { Handlers, Refusal } from './handler.ts';
import { peekSession } from './known-session.ts';

export const clockHandlers: Handlers<'setClock'> = {
  setClock({ body }, settings) {
    const { session = defaultSession, advanceMs, reset } = body;
    const { engine } = settings;
    const before = peekSession(session, settings).clock;
    const set = reset ? engine.clock : placeClock(before, body);
    const clock = advanceMs === undefined ? set : advance(set, advanceMs);
    if (!clock) return refuseAdvance(session);
    engine.sessions.change(session, { clock, hasHistory: true });
    return { status: 200, body: { session, clock: describeClock(clock) } };
  },
};

export interface Placing {
  readonly now?: number | undefined;
  readonly manual?: boolean | undefined;
}

/** The same clock again where it is as it is to be: what waits for it goes on waiting. */
export function placeClock(before: Timekeeper, { now, manual }: Placing): Timekeeper {
  if (manual) {
    if (before.kind === 'manual' && now === undefined) return before;
    return createManualTimekeeper(now ?? before.now());
  }
  if (now !== undefined) return createTimekeeper(frozenClock(now));
  if (manual === undefined) return before;
  return createTimekeeper(); // not by hand, and not standing still
}

function advance(clock: Timekeeper, milliseconds: number): Timekeeper | undefined {
  switch (clock.kind) {
    case 'manual':
      (clock as ManualTimekeeper).advance(milliseconds); // the only one of that kind
      return clock;
    case 'stamps':
      return createTimekeeper(frozenClock(clock.now() + milliseconds));
    case 'system':
      return undefined;
    default:
      return clock.kind satisfies never;
  }
}

function refuseAdvance(session: string): Refusal {
  const message = `The clock of session "${session}" runs by itself: send "manual": true or "now" with "advanceMs".`;
  return { status: 409, code: 'clock_runs', message };
}

const kinds = { system: 'system', stamps: 'frozen', manual: 'manual' } as const;

export function describeClock(clock: Timekeeper) {
  return { kind: kinds[clock.kind], now: clock.now() };
}

import { fixture, limit } from './fixtures.ts';

const session = 'checkout';
const now = 1_790_856_000_000;
const clock = { kind: 'frozen', now };

export const declaration = {
  scenario: 'quota-exhausted',
  seed: 'spring',
  clock: { now: '2026-10-01T12:00:00Z' },
  quirks: { 'usage-late': true },
  overrides: [fixture],
  rateLimits: [limit],
};

export const state = {
  session,
  scenario: 'quota-exhausted',
  seed: 'spring',
  clock,
  quirks: { 'usage-late': true },
  overrides: ['greeting'],
  hidden: [],
  rateLimits: ['two-a-minute'],
  states: { login: 'Closed' },
  requests: { seen: 3, kept: 3 },
};

export const declared = { ...state, warnings: [] };

export const list = { sessions: [state] };

export const removed = { removed: true };

export const verdict = {
  session,
  findings: [
    {
      rule: 'retried-what-must-not-be',
      message: 'The client sent the request again after a 402, which no retry helps.',
      requests: ['1', '2'],
    },
  ],
  checked: { 'retried-what-must-not-be': 'fail', storm: 'pass' },
  text: 'retried-what-must-not-be: The client sent the request again after a 402.',
};

export const clocks = {
  stop: { session, now: '2026-10-01T12:00:00Z' },
  advance: { session, manual: true, advanceMs: 60_000 },
  release: { session, reset: true },
};

export const clockSet = { session, clock };

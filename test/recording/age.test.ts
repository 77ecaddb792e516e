import { expect, it } from 'vitest';
import { explainAge, parseAge } from '../../src/recording/age.ts';

it.each([
  ['30s', 30_000],
  ['45m', 2_700_000],
  ['12h', 43_200_000],
  ['30d', 2_592_000_000],
  ['2w', 1_209_600_000],
  ['30', undefined],
  ['1.5d', undefined],
  ['d', undefined],
])('reads %s as %s ms', (text, milliseconds) => {
  expect(parseAge(text)).toBe(milliseconds);
});

const recording = { id: 'ab12cd34', recordedAt: '2026-09-01T00:00:00.000Z' };

it('says of a recording that is too old how old it is, and what to do', () => {
  const expiry = { maxAge: '30d', policy: 'warn', now: () => Date.parse('2026-11-22') } as const;
  expect(explainAge(recording, expiry)).toBe(
    'The recording "ab12cd34" is 82 days old, and --max-age is 30d. Record it anew with --record all, or with --on-expiry rerecord.',
  );
});

it('says nothing of one that is young enough', () => {
  const expiry = { maxAge: '30d', policy: 'warn', now: () => Date.parse('2026-10-01') } as const;
  expect(explainAge(recording, expiry)).toBeUndefined();
});

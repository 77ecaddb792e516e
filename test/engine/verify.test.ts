import { expect, it } from 'vitest';
import type { Entry } from '../../src/engine/entry.ts';
import { type VerifyCriteria, verify } from '../../src/engine/verify.ts';
import { compileMatch } from '../../src/scenario/match.ts';
import type { Match } from '../../src/scenario/match-schema.ts';
import { ask, makeEntry, toSubject } from './some-entries.ts';

/** One first attempt for each letter, with that letter as its fixture; a digit is an SDK's retry. */
function makeEntries(letters: string): Entry[] {
  return [...letters].map((letter, index) => {
    const attempt = Number(letter) || 0;
    return makeEntry(`r${index}`, { fixture: letter, attempt, body: ask(letter) });
  });
}

interface Asked extends Partial<VerifyCriteria> {
  readonly match?: Match;
  /** Requests that the journal has dropped. */
  readonly lost?: number;
}

function check(entries: readonly Entry[], { match = {}, lost = 0, ...criteria }: Asked = {}) {
  const counts = { seen: entries.length + lost, kept: entries.length };
  const conditions = compileMatch(match);
  return verify(entries, { session: 'w1', conditions, ...criteria }, { ...counts, toSubject });
}

const isA: Match = { messages: { last: { text: 'a' } } };

it.each<[string, Asked, string, string]>([
  ['a', {}, 'pass', 'received 1 request'],
  ['', {}, 'fail', 'expected at least 1 request, received 0 requests'],
  ['ab', { match: isA }, 'pass', 'received 1 request'],
  ['b', { match: isA }, 'fail', 'expected at least 1 request, received 0 requests'],
  ['ab', { fixture: 'b', times: { min: 1, max: 1 } }, 'pass', 'received 1 request'],
  ['ab', { fixture: 'c' }, 'fail', 'expected at least 1 request, received 0 requests'],
  ['aa', { times: { min: 1, max: 1 } }, 'fail', 'expected 1 request, received 2 requests'],
  ['aaa', { times: { max: 2 } }, 'fail', 'expected at most 2 requests, received 3 requests'],
  ['aaa', { times: { min: 1, max: 2 } }, 'fail', 'expected 1 to 2 requests, received 3 requests'],
  ['a', { times: { max: 0 } }, 'fail', 'expected 0 requests, received 1 request'],
  ['', { times: { max: 0 } }, 'pass', 'received 0 requests'],
  ['', { times: { max: 2 } }, 'pass', 'received 0 requests'],
  [
    'a1',
    { times: { max: 1 }, distinctCalls: true },
    'pass',
    'received 2 requests (1 call + 1 SDK retry)',
  ],
  [
    'a1',
    { times: { max: 1 } },
    'fail',
    'expected at most 1 request, received 2 requests (1 call + 1 SDK retry)',
  ],
  [
    'ab12',
    { times: { max: 1 }, distinctCalls: true },
    'fail',
    'expected at most 1 call, received 4 requests (2 calls + 2 SDK retries)',
  ],
])('after %j, %j is a %s: %s', (letters, asked, result, reason) => {
  expect(check(makeEntries(letters), asked)).toMatchObject({ result, reason });
});

it.each<[string, Asked, string]>([
  ['aa', { lost: 3, times: { min: 2 } }, 'pass'],
  ['aa', { lost: 3, times: { min: 3 } }, 'inconclusive'],
  ['aa', { lost: 3, times: { min: 5 } }, 'inconclusive'],
  ['aa', { lost: 3, times: { min: 6 } }, 'fail'],
  ['aa', { lost: 3, times: { max: 1 } }, 'fail'],
  ['aa', { lost: 3, times: { max: 4 } }, 'inconclusive'],
  ['aa', { lost: 3, times: { max: 5 } }, 'pass'],
  ['a1', { lost: 1, times: { max: 2 }, distinctCalls: true }, 'pass'],
])('after %j, with %j the dropped requests make it a %s', (letters, asked, result) => {
  expect(check(makeEntries(letters), asked).result).toBe(result);
});

it('an inconclusive result says how much was kept', () => {
  expect(check(makeEntries('a'), { lost: 4, times: { max: 2 } }).reason).toBe(
    'the journal of session "w1" kept 1 of 5 requests: verify earlier',
  );
});

it('a body that was too large to keep may have fitted, unless its fixture did not', () => {
  const large = makeEntry('large', { fixture: 'a', body: undefined, bodyOmitted: true });

  expect(check([large], { match: isA })).toMatchObject({
    result: 'inconclusive',
    reason:
      'the journal of session "w1" could not keep the bodies of 1 request, which were too large',
  });
  expect(check([large], { match: isA, fixture: 'b' }).result).toBe('fail');
  expect(check([large]).result).toBe('pass');
});

it('a body that was too large to keep may be what an order lacks', () => {
  const large = makeEntry('large', { fixture: 'a', body: undefined, bodyOmitted: true });
  const asked = { match: isA, times: { max: 9 }, order: ['a'] };

  expect(check([large], asked).result).toBe('inconclusive');
});

it('a request that was no JSON object fits no condition', () => {
  expect(check([makeEntry('broken', { body: undefined })], { match: isA }).result).toBe('fail');
});

it.each<[string, string[], number, string, string]>([
  ['abc', ['a', 'c'], 0, 'pass', 'received 3 requests'],
  [
    'ab',
    ['b', 'a'],
    0,
    'fail',
    'expected fixtures in the order "b", "a", and "a" did not answer after "b"',
  ],
  ['ab', ['a', 'c'], 0, 'fail', 'expected fixtures in the order "a", "c", and "c" did not answer'],
  [
    'ab',
    ['a', 'a'],
    0,
    'fail',
    'expected fixtures in the order "a", "a", and "a" did not answer after "a"',
  ],
  [
    'ab',
    ['b', 'a'],
    1,
    'inconclusive',
    'the journal of session "w1" kept 2 of 3 requests: verify earlier',
  ],
  [
    'ab',
    ['c', 'a', 'b'],
    1,
    'inconclusive',
    'the journal of session "w1" kept 2 of 3 requests: verify earlier',
  ],
  ['ab', ['b', 'c'], 1, 'fail', 'expected fixtures in the order "b", "c", and "c" did not answer'],
  ['ab', ['a', 'b'], 5, 'pass', 'received 2 requests'],
])('after %j the order %j with %i dropped is a %s: %s', (letters, order, lost, result, reason) => {
  expect(check(makeEntries(letters), { order, lost })).toMatchObject({ result, reason });
});

it('a result that must be a failure is one, whatever else could not be told', () => {
  const asked = { lost: 1, times: { max: 2 }, order: ['b', 'c', 'd'] };

  expect(check(makeEntries('ab'), asked).result).toBe('fail');
});

it('what was counted is told by number and by id', () => {
  expect(
    check(makeEntries('ab1'), { match: { messages: { any: { role: 'user' } } } }),
  ).toMatchObject({
    count: 3,
    calls: 2,
    requests: ['r0', 'r1', 'r2'],
  });
  expect(check(makeEntries('bab'), { match: isA }).requests).toEqual(['r1']);
});

it('when requests are missing, those that come nearest are told', () => {
  const { nearMisses } = check(makeEntries('bcde'), {
    match: { ...isA, model: 'LongCat-2.0' },
    fixture: 'e',
  });

  expect(nearMisses.map(({ request, met, of }) => [request, met, of])).toEqual([
    ['r3', 2, 3],
    ['r0', 1, 3],
    ['r1', 1, 3],
  ]);
  expect(nearMisses[1]?.differs).toEqual([
    { place: 'fixture', expected: '"e"', got: '"b"' },
    { place: 'messages[-1].content', expected: '"a"', got: '"b"' },
  ]);
});

it('a request that was counted is no near miss', () => {
  const { nearMisses } = check(makeEntries('ab'), { match: isA, times: { min: 2 } });

  expect(nearMisses.map(({ request }) => request)).toEqual(['r1']);
});

it.each<[string, Asked]>([
  ['ab', { match: isA }],
  ['aab', { match: isA, times: { max: 1 } }],
])('after %j, %j misses no request and has no near misses', (letters, asked) => {
  expect(check(makeEntries(letters), asked).nearMisses).toEqual([]);
});

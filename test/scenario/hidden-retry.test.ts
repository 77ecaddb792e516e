import { expect, it } from 'vitest';
import { findHiddenRetry } from '../../src/scenario/hidden-retry.ts';
import { FixtureSchema } from '../../src/scenario/schema.ts';

const limited = { error: 'rate_limit_exceeded' };
const told = { error: { name: 'rate_limit_exceeded', sdkRetry: false } };
const wanted = { error: { name: 'rate_limit_exceeded', sdkRetry: true } };
const first = { text: 'first' };
const second = { text: 'second' };

function findIn(respond: readonly object[], rest: object = {}) {
  return findHiddenRetry(FixtureSchema.parse({ id: 'a', respond, ...rest }), ['fixtures', 0]);
}

it.each([
  ['an error that two answers follow', [limited, first, second], 0, 2],
  ['two errors that two answers follow', [limited, limited, first, second], 0, 3],
  ['an error in the middle', [first, { error: 'internal_error' }, second, first], 1, 3],
  [
    'an error with a status that is retried',
    [{ error: 'invalid_json', status: 409 }, first, second],
    0,
    2,
  ],
])('%s is warned of', (_, respond, step, taken) => {
  expect(findIn(respond)).toEqual([
    expect.objectContaining({
      severity: 'warning',
      path: ['fixtures', 0, 'respond', step],
      message: expect.stringContaining(`takes step ${taken} in the same call`),
      fix: expect.stringContaining('sdkRetry: false'),
    }),
  ]);
});

it('an error before the last answer is warned of when the sequence ends in an error', () => {
  expect(findIn([limited, first], { afterLast: 'error' })).toHaveLength(1);
  expect(findIn([limited, first], { afterLast: 'repeat-last' })).toEqual([]);
  expect(findIn([limited, first], { afterLast: 'fallthrough' })).toEqual([]);
});

it.each([
  ['errors for every attempt of one call', [limited, limited, limited, first, second]],
  ['an error that lasts for every attempt', [{ ...limited, times: 3 }, first, second]],
  ['an error that is not retried', [{ error: 'invalid_json' }, first, second]],
  ['an error that SDKs are told not to retry', [told, first, second]],
  ['an error that SDKs are told to retry', [wanted, first, second]],
  ['answers', [first, second]],
])('%s is not warned of', (_, respond) => {
  expect(findIn(respond)).toEqual([]);
});

it.each([
  { turnIndex: 1 },
  { messages: { last: { text: 'a' } } },
  { headers: { 'x-stainless-retry-count': '0' } },
])('a fixture that matches %j is not warned of', (match) => {
  expect(findIn([limited, first, second], { match })).toEqual([]);
});

it('a fixture is warned of once', () => {
  expect(findIn([limited, first, limited, second, first])).toHaveLength(1);
});

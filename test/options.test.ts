import { expect, it } from 'vitest';
import {
  createLongCatMock,
  type ListeningOptions,
  MockError,
  startLongCatMock,
} from '../src/index.ts';

function refuse(options: unknown): string {
  try {
    createLongCatMock(options as ListeningOptions); // what a caller without types can pass
  } catch (error) {
    if (error instanceof MockError && error.code === 'invalid-config') return error.message;
    throw error;
  }
  return 'accepted';
}

it.each([
  [{ prt: 0 }, 'Unknown option "prt".'],
  [{ models: 'LongCat-2.0' }, 'Invalid option models: expected a list.'],
  [{ models: [] }, 'Invalid option models: expected a model, or *.'],
  [{ validate: 'loud' }, 'Invalid option validate: expected error, warn or off.'],
  [{ maxBody: '32mb' }, 'Invalid option maxBody: expected a size such as 32mb.'],
  [
    { corsOrigins: ['app'] },
    'Invalid option corsOrigins.0: expected an origin such as http://localhost:3000, or *.',
  ],
  [{ tokenizer: 5 }, 'Invalid option tokenizer: expected the path of a tokenizer.json.'],
  [{ tokenizer: '' }, 'Invalid option tokenizer: expected the path of a tokenizer.json.'],
  [
    { adminToken: 'two words' },
    'Invalid option adminToken: expected a token of printable characters, without spaces.',
  ],
  [{ clock: 5 }, 'Invalid option clock: expected a clock with now().'],
  [{ report: true }, 'Invalid option report: expected a function.'],
])('the options %j are refused', (options, message) => {
  expect(refuse(options)).toBe(message);
});

it('an unknown quirk is refused with the known ones', () => {
  expect(refuse({ quirks: { nope: true } })).toMatch(
    /^Invalid option quirks\.nope: expected a quirk among tool-delta-nulls, /,
  );
});

it('every mistake is told at once', () => {
  expect(refuse({ validate: 'loud', prt: 1, seed: 5 }).split('\n')).toHaveLength(3);
});

it('undefined is the default', () => {
  const options = { models: undefined, quirks: { 'usage-always': undefined }, seed: undefined };

  expect(refuse(options)).toBe('accepted');
});

it.each([
  -1,
  1.5,
  70_000,
  Number.NaN,
])('the port %d is refused before anything listens', async (port) => {
  await expect(startLongCatMock({ port })).rejects.toThrow('expected a port from 0 to 65535');
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLongCatMock, frozenClock, type LongCatMock } from '../../src/index.ts';
import { type Format, formats, nearBody } from './bodies.ts';
import { writeText } from './json.ts';
import { patience, runs } from './runs.ts';

interface Question {
  readonly format: Format;
  readonly session: string;
  readonly body: string;
}

const question: fc.Arbitrary<Question> = fc
  .constantFrom<Format>('openai', 'anthropic')
  .chain((format) =>
    fc.record({
      format: fc.constant(format),
      session: fc.constantFrom('one', 'two'),
      body: nearBody(format).map(writeText),
    }),
  );

/** Some of them asked twice, and the order in which they are asked another time. */
const questions = fc
  .array(question, { minLength: 2, maxLength: 6 })
  .chain((list) => fc.array(fc.constantFrom(...list), { minLength: 2, maxLength: 8 }))
  .chain((list) =>
    fc.tuple(
      fc.constant(list),
      fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
    ),
  );

function createMock(seed: string): LongCatMock {
  return createLongCatMock({ seed, validate: 'off', clock: frozenClock(1_772_000_000_000) });
}

async function answer(mock: LongCatMock, { format, session, body }: Question): Promise<string> {
  const response = await mock.fetch(`http://localhost${formats[format].path}`, {
    method: 'POST',
    headers: { authorization: `Bearer lcmock_${session}` },
    body,
  });
  return `${response.status} ${await response.text()}`;
}

/** The answers to each question; those to one asked twice are told apart by their ids alone. */
function group(questions: readonly Question[], answers: readonly string[]): [string, string][] {
  return questions
    .map((question, index): [string, string] => [JSON.stringify(question), answers[index] ?? ''])
    .sort(([left, first], [right, second]) => {
      if (left !== right) return left < right ? -1 : 1;
      return first < second ? -1 : Number(first > second);
    });
}

it(
  'questions get the same answers in any order, one by one and all at once',
  async () => {
    await fc.assert(
      fc.asyncProperty(questions, fc.constantFrom('', 'other'), async ([first, second], seed) => {
        const mock = createMock(seed);
        const inTurn: string[] = [];
        for (const question of first) inTurn.push(await answer(mock, question));

        const another = createMock(seed);
        const atOnce = await Promise.all(second.map((question) => answer(another, question)));
        expect(group(second, atOnce)).toEqual(group(first, inTurn));
      }),
      runs(60),
    );
  },
  patience,
);

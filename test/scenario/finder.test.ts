import { array, assert, constantFrom, property, stringMatching } from 'fast-check';
import { expect, it } from 'vitest';
import { openai } from '../../src/dialect/openai/index.ts';
import { createFinder, fits } from '../../src/scenario/finder.ts';
import { compileFixture } from '../../src/scenario/fixture.ts';
import { findRequiredLiteral } from '../../src/scenario/literal.ts';
import type { Subject } from '../../src/scenario/match.ts';
import { FixtureSchema } from '../../src/scenario/schema.ts';

function subjectOf(content: string): Subject {
  const body = { model: 'LongCat-2.0', messages: [{ role: 'user', content }] };
  return { api: 'openai', body, prompt: openai.decode(body), headers: new Headers() };
}

function fixtureOf(text: unknown, id: string) {
  const match = { messages: { last: { text } } };
  return compileFixture(FixtureSchema.parse({ id, match, respond: {} }));
}

const words = array(constantFrom('a', 'b', 'ab', 'ba', ' ', '猫', 'aba'), { maxLength: 6 }).map(
  (parts) => parts.join(''),
);

it('finds exactly the fixtures that fit, in their order', () => {
  const contains = words.filter((text) => text !== '').map((text) => ({ contains: text }));
  const matches = words.map((text) => ({ matches: text }));
  assert(
    property(
      array(contains),
      array(matches),
      array(words),
      words,
      (parts, patterns, exact, text) => {
        const all = [...parts, ...patterns, ...exact].map((matcher, at) =>
          fixtureOf(matcher, `f.${at}`),
        );
        const subject = subjectOf(text);

        expect(createFinder(all)(subject)).toEqual(
          all.filter(({ conditions }) => fits(conditions, subject)),
        );
      },
    ),
  );
});

it('looks at a few of thousands of fixtures', () => {
  let looked = 0;
  const fixtures = Array.from({ length: 5000 }, (_, number) => {
    const fixture = fixtureOf({ contains: `question ${number}.` }, `f.${number}`);
    const conditions = fixture.conditions.map((condition) => ({
      ...condition,
      holds(subject: Subject) {
        looked += 1;
        return condition.holds(subject);
      },
    }));
    return { ...fixture, conditions };
  });

  expect(createFinder(fixtures)(subjectOf('Answer question 4711.'))).toHaveLength(1);
  expect(looked).toBeLessThan(500);
});

it.each([
  ['burst', 'burst'],
  ['^burst$', 'burst'],
  ['colou?r me', 'colo'],
  ['a (very )?long way', 'long way'],
  ['(?i)burst', undefined],
  ['one|other', undefined],
  ['[abc]def', 'def'],
  ['a{3}bcd', 'bcd'],
  ['\\d+ degrees', ' degrees'],
  ['.*', undefined],
])('every match of %j contains %j', (pattern, literal) => {
  expect(findRequiredLiteral(pattern)).toBe(literal);
});

it('what every match of a pattern contains is in texts made by the pattern', () => {
  const pattern = /^ab+c?[de]f{2}(gh)*i\.j x$/;
  const literal = findRequiredLiteral(pattern.source) ?? '';

  assert(property(stringMatching(pattern), (text) => text.includes(literal)));
});

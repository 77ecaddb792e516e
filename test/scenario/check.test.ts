import { expect, it } from 'vitest';
import { checkAnswers } from '../../src/scenario/check.ts';
import { parseFixtures } from '../../src/scenario/parse.ts';

const text = `version: 1
fixtures:
  - id: one
    respond: { text: good }
  - id: two
    respond:
      - text: good
      - text: bad
  - id: three
    respond:
      text: bad
`;

it('an impossible answer is told at the place of its step', async () => {
  const file = await parseFixtures(text, { file: 'f.yaml' });
  const problems = checkAnswers([file], (step, { id }) =>
    step.text === 'bad' ? [`${id} is bad on openai`, `${id} is bad on anthropic`] : [],
  );

  expect(problems.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual([
    '8:9 Impossible answer: two is bad on openai',
    '8:9 Impossible answer: two is bad on anthropic',
    '11:7 Impossible answer: three is bad on openai',
    '11:7 Impossible answer: three is bad on anthropic',
  ]);
});

it('a file with errors is not checked any further', async () => {
  const file = await parseFixtures('version: 2', { file: 'f.yaml' });

  expect(checkAnswers([file], () => ['bad'])).toEqual([]);
});

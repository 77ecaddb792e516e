import { expect, it } from 'vitest';
import { hasErrors, type Problem, renderProblems } from '../../src/scenario/problem.ts';

const error: Problem = {
  severity: 'error',
  file: 'a,b:c.yaml',
  line: 3,
  column: 7,
  message: 'Unknown key "50%\n"',
  fix: 'Remove it.',
};
const warning: Problem = {
  severity: 'warning',
  file: 'b.yaml',
  line: 1,
  column: 1,
  message: 'Odd',
};

it('text is a line each, as compilers write it', () => {
  expect(renderProblems([{ ...error, message: 'Unknown key "a"' }, warning], 'text')).toBe(
    'a,b:c.yaml:3:7: error: Unknown key "a". Remove it.\nb.yaml:1:1: warning: Odd\n',
  );
});

it('GitHub gets its workflow commands with their escapes', () => {
  expect(renderProblems([error, warning], 'github')).toBe(
    '::error file=a%2Cb%3Ac.yaml,line=3,col=7::Unknown key "50%25%0A". Remove it.\n' +
      '::warning file=b.yaml,line=1,col=1::Odd\n',
  );
});

it('JSON is the list', () => {
  expect(JSON.parse(renderProblems([error, warning], 'json'))).toEqual([error, warning]);
  expect(renderProblems([], 'json')).toBe('[]\n');
});

it('warnings are no errors', () => {
  expect(hasErrors([warning])).toBe(false);
  expect(hasErrors([warning, error])).toBe(true);
});

import { RE2JS } from 're2js';
import { afterEach, expect, it, vi } from 'vitest';
import { compilePattern } from '../../../src/generate/value/pattern.ts';
import { readProgram } from '../../../src/generate/value/program.ts';
import { makeWith, object } from './schemas.ts';

const instruction = { op: 6, out: 0, arg: 0, runes: new Int32Array(0) };

afterEach(() => {
  vi.restoreAllMocks();
});

/** RE2JS as it is but for its compiled program. */
function changeProgram(program: unknown): void {
  vi.spyOn(RE2JS.prototype, 're2').mockReturnValue({ prog: program } as ReturnType<RE2JS['re2']>);
}

it('the program of the installed RE2JS is read', () => {
  expect(readProgram(RE2JS.compile('^[a-c]+x?$'))?.states).toContainEqual({
    kind: 'rune',
    next: expect.any(Number),
    runes: Int32Array.from([97, 99]),
  });
});

it.each<[string, unknown]>([
  ['none', undefined],
  ['one without instructions', { start: 0 }],
  ['one without a start', { inst: [instruction] }],
  ['an unknown operation', { start: 0, inst: [{ ...instruction, op: 99 }] }],
  ['an operation that is a text', { start: 0, inst: [{ ...instruction, op: 'match' }] }],
  ['no runes', { start: 0, inst: [{ ...instruction, runes: undefined }] }],
  ['runes beyond Unicode', { start: 0, inst: [{ ...instruction, runes: [0, 2 ** 31] }] }],
])('a program of another shape is not read: %s', (_title, program) => {
  changeProgram(program);
  expect(readProgram(RE2JS.compile('a'))).toBeUndefined();
});

it('without a program a pattern is still tested, and its text gets a problem', () => {
  changeProgram({ start: 0, instructions: [] });
  const { test, createSampler } = compilePattern('^a+$');
  expect([test?.('aa'), test?.('b')]).toEqual([true, false]);
  expect(createSampler({ min: 0, max: 5 })(() => 0)).toBeUndefined();
  expect(makeWith(object({ text: { type: 'string', pattern: '^a+$' } }))).toEqual({
    value: { text: expect.any(String) },
    problem: 'At "#/text": Neither "enum" nor "pattern" allows it.',
  });
  expect(makeWith({ pattern: '^a+$', enum: ['b', 'aa'] })).toEqual({ value: 'aa' });
});

it('operations with other meanings give no wrong text', () => {
  const { prog } = RE2JS.compile('^[b-d]{3}$').re2();
  const turned = prog.inst.map((one: typeof instruction) => ({ ...one, op: 14 - one.op }));
  changeProgram({ start: prog.start, inst: turned });
  const sample = compilePattern('^[b-d]{3}$').createSampler({ min: 0, max: 5 });
  expect(sample(() => 0.5)).toBeUndefined();
});

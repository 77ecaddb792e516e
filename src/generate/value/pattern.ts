import { RE2JS } from 're2js';
import { readProgram } from './program.ts';
import { createSampler, type Lengths, type Sampler } from './sampler.ts';

/** A pattern of a JSON Schema under RE2, whose time is linear in the text whatever the pattern. */
export interface Pattern {
  /** Absent when RE2 cannot express the pattern: then nothing can be said about a text. */
  readonly test?: (text: string) => boolean;
  /** Makes texts that match, as far as `test` can tell; undefined where none was found. */
  createSampler(lengths: Lengths): Sampler;
}

const longestSource = 5000;

/** Compiles once; the engine's own RegExp never runs the pattern, because it may backtrack. */
export function compilePattern(source: string): Pattern {
  const exact = compile(source);
  const model = exact ?? compile(relax(source));
  const program = model && readProgram(model);
  const accepts = (text: string) => model?.test(text) === true;
  return {
    ...(exact && { test: accepts }),
    createSampler: (lengths) =>
      program ? createSampler(program, lengths, accepts) : () => undefined,
  };
}

function compile(source: string): RE2JS | undefined {
  // RE2JS reads the back reference `\k<name>` as the plain text "k<name>".
  if (source.length > longestSource || source.includes('\\k<')) return undefined;
  try {
    return RE2JS.compile(RE2JS.translateRegExp(toRe2(source)), RE2JS.LOOKBEHINDS);
  } catch {
    return undefined;
  }
}

/** RE2 knows the general categories of Unicode by their short names alone. */
const categories = new Map(
  Object.entries({
    Letter: 'L',
    Uppercase_Letter: 'Lu',
    Lowercase_Letter: 'Ll',
    Mark: 'M',
    Number: 'N',
    Decimal_Number: 'Nd',
    digit: 'Nd',
    Punctuation: 'P',
    punct: 'P',
    Symbol: 'S',
    Separator: 'Z',
    Space_Separator: 'Zs',
    Other: 'C',
  }),
);

/** Spells what RE2 writes otherwise; RE2 counts to 1,000, so a larger upper bound becomes none. */
function toRe2(source: string): string {
  return source
    .replace(/\\([pP])\{(?:Script|sc|Script_Extensions|scx|General_Category|gc)=/g, '\\$1{')
    .replace(/(?<=\\[pP]\{)\w+(?=\})/g, (name) => categories.get(name) ?? name)
    .replace(/\{(\d{1,4}),(?:1\d{3}|[2-9]\d{3}|\d{5,})\}/g, '{$1,}');
}

/** Without look-around and upper bounds: a model to imitate, not one to judge by. */
function relax(source: string): string {
  let kept = '';
  let index = 0;
  while (index < source.length) {
    if (/^\(\?<?[=!]/.test(source.slice(index, index + 4))) {
      index = findGroupEnd(source, index) + 1;
      continue;
    }
    const width = source[index] === '\\' ? 2 : 1;
    kept += source.slice(index, index + width);
    index += width;
  }
  return kept.replace(/\{(\d{1,3}),\d+\}/g, '{$1,}');
}

function findGroupEnd(source: string, start: number): number {
  let depth = 0;
  let inClass = false;
  for (let index = start; index < source.length; index += 1) {
    const unit = source[index];
    if (unit === '\\') index += 1;
    else if (unit === '[') inClass = true;
    else if (unit === ']') inClass = false;
    else if (!inClass && unit === '(') depth += 1;
    else if (!inClass && unit === ')') depth -= 1;
    if (depth === 0) return index;
  }
  return source.length;
}

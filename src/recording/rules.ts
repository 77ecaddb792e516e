import { MockError } from '../errors.ts';
import { type JsonPath, parsePath } from '../exchange/json-path.ts';
import { compilePattern, explainPattern, type TextPattern } from '../exchange/pattern.ts';
import type { MatchRules } from './cassette.ts';

export interface Replacement {
  readonly pattern: TextPattern;
  readonly text: string;
}

/** The rules of a user, ready for use. */
export interface Rules {
  readonly ignore: readonly JsonPath[];
  readonly replace: readonly Replacement[];
}

/** Throws a MockError for a rule that cannot be followed. */
export function compileRules({ ignore, replace }: MatchRules): Rules {
  const replacements = replace.map(({ pattern, with: text }) => ({
    pattern: compileReplace(pattern),
    text,
  }));
  for (const [index, { with: text, pattern }] of replace.entries()) {
    const settled = replaceTexts(text, replacements.slice(index + 1));
    if (replaceTexts(settled, replacements) === settled) continue;
    throw invalid(
      `What stands for a match of "${pattern}" is "${text}", which the patterns would change again. Choose a text that no pattern matches, such as TEXT in capitals.`,
    );
  }
  return { ignore: ignore.map(compileIgnore), replace: replacements };
}

export function replaceTexts(text: string, replacements: readonly Replacement[]): string {
  return replacements.reduce((kept, { pattern, text: other }) => {
    return pattern.isIn(kept) ? pattern.replaceIn(kept, other) : kept;
  }, text);
}

/** `PATTERN=>TEXT`, as the flag has it; the last arrow parts the two. */
export function parseReplace(value: string): MatchRules['replace'][number] {
  const arrow = value.lastIndexOf('=>');
  if (arrow > 0) return { pattern: value.slice(0, arrow), with: value.slice(arrow + 2) };
  throw invalid(
    `Cannot read the replacement "${value}": write it as PATTERN=>TEXT, such as "[0-9]+=>N".`,
  );
}

function compileReplace(pattern: string): TextPattern {
  const problem = explainPattern(pattern);
  if (problem) throw invalid(`Cannot replace "${pattern}": ${problem}.`);
  const compiled = compilePattern(pattern);
  if (!compiled.isIn('')) return compiled;
  throw invalid(`Cannot replace "${pattern}": it matches where there is nothing. Use + for *.`);
}

function compileIgnore(text: string): JsonPath {
  const parsed = parsePath(text);
  if ('problem' in parsed) throw invalid(`Cannot ignore "${text}": ${parsed.problem}.`);
  if (parsed.path.length > 0) return parsed.path;
  throw invalid(`Cannot ignore "${text}": nothing would be left. Name a member, such as $.seed.`);
}

function invalid(message: string): MockError {
  return new MockError('invalid-config', message);
}

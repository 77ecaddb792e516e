/*
 * LongCat's tokenizer is not public, so tokens are counted by rule: one scan over the UTF-16 units,
 * without look-behind, so that a text cut at a token's end has exactly the tokens before the cut.
 * A word takes its leading space with it, as byte-pair tokenizers do.
 */

const longestWord = 12;
const longestNumber = 3;
const longestSpace = 16;
const longestMarks = 2;

/** How many tokens a text has. */
export function countTokens(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index = endOfToken(text, index)) count += 1;
  return count;
}

/** The tokens of a text; together they spell it, and none splits a surrogate pair. */
export function splitTokens(text: string): string[] {
  const tokens: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = endOfToken(text, start);
    tokens.push(text.slice(start, end));
    start = end;
  }
  return tokens;
}

/** The beginning of a text, at most so many tokens long, and how many it has. */
export function cutTokens(text: string, limit: number): { text: string; tokens: number } {
  let tokens = 0;
  let end = 0;
  while (end < text.length && tokens < limit) {
    end = endOfToken(text, end);
    tokens += 1;
  }
  return { text: text.slice(0, end), tokens };
}

function endOfToken(text: string, start: number): number {
  const first = text.charCodeAt(start);
  const body = first === space && isWord(text.charCodeAt(start + 1)) ? start + 1 : start;
  const unit = text.charCodeAt(body);
  if (isWord(unit)) return endOfRun(text, body, longestWord, isWord);
  if (isDigit(unit)) return endOfRun(text, body, longestNumber, isDigit);
  if (isSpace(unit)) return endOfRun(text, body, longestSpace, isSpaceBeforeSpace);
  if (isIdeograph(unit)) return endOfIdeographs(text, body);
  if (isHighSurrogate(unit)) return isLowSurrogate(text.charCodeAt(body + 1)) ? body + 2 : body + 1;
  return endOfRun(text, body, longestMarks, isMark);
}

type UnitTest = (unit: number, next: number) => boolean;

/** At least one unit, then as many as pass the test; NaN, past the end, passes none. */
function endOfRun(text: string, start: number, longest: number, passes: UnitTest): number {
  const limit = Math.min(start + longest, text.length);
  let end = start + 1;
  while (end < limit && passes(text.charCodeAt(end), text.charCodeAt(end + 1))) end += 1;
  return end;
}

/** Two ideographs in every other token: about 1.5 of them a token, as o200k_base has it. */
function endOfIdeographs(text: string, start: number): number {
  const paired = text.charCodeAt(start) % 2 === 0 && isIdeograph(text.charCodeAt(start + 1));
  return paired ? start + 2 : start + 1;
}

const space = 0x20;

function isWord(unit: number): boolean {
  return (
    (unit >= 0x61 && unit <= 0x7a) ||
    (unit >= 0x41 && unit <= 0x5a) ||
    unit === 0x27 ||
    (unit >= 0xc0 && unit < 0x2000)
  );
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function isSpace(unit: number): boolean {
  return unit === space || (unit >= 0x09 && unit <= 0x0d);
}

/** The last space before a word belongs to the word. */
function isSpaceBeforeSpace(unit: number, next: number): boolean {
  return isSpace(unit) && (isSpace(next) || Number.isNaN(next) || unit !== space);
}

function isIdeograph(unit: number): boolean {
  return (unit >= 0x3040 && unit <= 0x9fff) || (unit >= 0xac00 && unit <= 0xd7a3);
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function isMark(unit: number): boolean {
  return (
    !isWord(unit) &&
    !isDigit(unit) &&
    !isSpace(unit) &&
    !isIdeograph(unit) &&
    !isHighSurrogate(unit)
  );
}

import { budget, classes, costs, ideographPairs, ranges } from './token-rules.ts';

/*
 * LongCat's tokenizer is not public, so tokens are counted by rule, about as o200k_base has them: a
 * token takes the next unit while the measured costs of its neighbours stay within a budget. That is
 * one scan over the UTF-16 units, without look-behind, so that a text cut at a token's end has
 * exactly the tokens before the cut.
 */

/** How many tokens a text has. */
export function countTokens(text: string): number {
  return countSome(text, 0, text.length).tokens;
}

/** The tokens that begin in so many units from a token's start on, and where the next one begins. */
export function countSome(
  text: string,
  start: number,
  units: number,
): { readonly tokens: number; readonly end: number } {
  const limit = Math.min(start + units, text.length);
  let tokens = 0;
  let end = start;
  for (; end < limit; end = endOfToken(text, end)) tokens += 1;
  return { tokens, end };
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
  const first = classOfUnit[text.charCodeAt(start)] as number; // no token begins past the end
  if (first > space && first < classes.tab) return endOfGrowth(text, start, first);
  if (first === classes.ideograph) return isPair(text, start) ? start + 2 : start + 1;
  if (first === classes.highSurrogate) return start + (isLowSurrogate(text, start + 1) ? 2 : 1);
  if (isSpace(first) && (first === classes.lineEnd || isSpace(classAt(text, start + 1)))) {
    return endOfSpace(text, start);
  }
  return endOfGrowth(text, start, first);
}

/**
 * Up to the last line end of a run. A run without, mostly an even indent, leaves its last space to
 * the next token; an odd one is a token, so that a cut between the two changes no count.
 */
function endOfSpace(text: string, start: number): number {
  const limit = Math.min(start + longestSpace, text.length);
  let end = start;
  let lineEnd = start;
  for (let unit = classAt(text, end); end < limit && isSpace(unit); unit = classAt(text, end)) {
    end += 1;
    if (unit === classes.lineEnd) lineEnd = end;
  }
  if (lineEnd > start) return lineEnd;
  return (end - start) % 2 === 0 ? end - 1 : end;
}

/** Millions of units go through here: casts stand where defaults would be checked for each. */
function endOfGrowth(text: string, start: number, first: number): number {
  const { length } = text;
  let last = first;
  let cost = firstSteps[(beginning << rowBits) | first] as number;
  let steps = firstSteps;
  let end = start + 1;
  for (; end < length; end += 1) {
    const next = classOfUnit[text.charCodeAt(end)] as number;
    const sum = cost + (steps[(last << rowBits) | next] as number);
    if (sum > budget) break;
    cost = sum;
    last = next;
    steps = laterSteps;
  }
  if (!isLowerCase(last) || end === length || text.charCodeAt(end) !== quoteMark) return end;
  return cost + costOf(last, apostrophe) > budget ? end : end + lengthOfContraction(text, end);
}

/** The 's of "it's" belongs to the word: 's, 't, 'm, 'd, 're, 've, 'll. */
function lengthOfContraction(text: string, start: number): number {
  if (['s', 't', 'm', 'd'].includes(text.charAt(start + 1))) return 2;
  return ['re', 've', 'll'].includes(text.slice(start + 1, start + 3)) ? 3 : 0;
}

/** Odd, as a run is that is one token. */
const longestSpace = 125;
const space = 0;
const apostrophe = 7;
const quoteMark = 0x27;
const beginning = costs.length - 1;

const classOfUnit = new Uint8Array(0x10000).fill(classes.mark);
for (let unit = 0x20; unit <= 0x7e; unit += 1) classOfUnit[unit] = unit - 0x20;
for (const [from, to, kind] of ranges) classOfUnit.fill(classes[kind], from, to + 1);

/** The costs of a token's first step and of those after it, a row of a power of two each class. */
const rowBits = 7;
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const firstSteps = new Uint8Array(costs.length << rowBits);
const laterSteps = new Uint8Array(costs.length << rowBits);
for (let last = 0; last <= beginning; last += 1) {
  for (let next = 0; next < beginning; next += 1) {
    const contracts = isLowerCase(last) && next === apostrophe;
    const joins = isWord(next) && !isWord(last);
    const index = (last << rowBits) | next;
    firstSteps[index] = contracts ? budget + 1 : costOf(last, next);
    // A mark joins the word after it only where the token begins with that mark.
    laterSteps[index] = contracts || joins ? budget + 1 : costOf(last, next);
  }
}

/** The pairs of ideographs by hash, in a table with open addressing. */
const pairBits = 13;
const pairTable = new Int32Array(1 << pairBits);
for (let index = 0; index < ideographPairs.length; index += 2) {
  pairTable[slotOf(pairAt(ideographPairs, index))] = pairAt(ideographPairs, index);
}

function slotOf(pair: number): number {
  let slot = Math.imul(pair, 0x9e3779b1) >>> (32 - pairBits);
  while (pairTable[slot] !== 0 && pairTable[slot] !== pair) slot = (slot + 1) % pairTable.length;
  return slot;
}

function pairAt(text: string, index: number): number {
  return (text.charCodeAt(index) << 16) | text.charCodeAt(index + 1);
}

function isPair(text: string, index: number): boolean {
  const pair = pairAt(text, index);
  return pairTable[slotOf(pair)] === pair;
}

function costOf(last: number, next: number): number {
  const digit = costs[last]?.[next] ?? '.';
  return digit === '.' ? budget + 1 : digits.indexOf(digit);
}

/** Past the end there is no class. */
function classAt(text: string, index: number): number {
  return index < text.length ? (classOfUnit[text.charCodeAt(index)] ?? -1) : -1;
}

function isSpace(unit: number): boolean {
  return unit === space || unit === classes.tab || unit === classes.lineEnd;
}

function isWord(unit: number): boolean {
  return isLowerCase(unit) || (unit >= 0x21 && unit <= 0x3a) || isForeign(unit);
}

function isLowerCase(unit: number): boolean {
  return unit >= 0x41 && unit <= 0x5a;
}

function isForeign(unit: number): boolean {
  return unit >= classes.latin && unit <= classes.ideograph;
}

function isLowSurrogate(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xdc00;
}

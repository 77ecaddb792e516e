import { readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';

export const rulesFile = new URL('../../../src/generate/token-rules.ts', import.meta.url);
export const source = readFileSync(rulesFile, 'utf8');
const { code } = transformSync(source, { loader: 'ts', format: 'esm' });
export const { classes, ranges, budget } = await import(
  `data:text/javascript,${encodeURIComponent(code)}`
);

// What o200k_base never joins across, as its own pattern has it.
export const chunkPattern =
  /[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+/gu;

export const beginning = classes.highSurrogate + 1;
export const never = budget + 1;
export const apostrophe = 7;
export const classOf = new Uint8Array(0x10000).fill(classes.mark);
for (let unit = 0x20; unit <= 0x7e; unit += 1) classOf[unit] = unit - 0x20;
for (const [from, to, kind] of ranges) classOf.fill(classes[kind], from, to + 1);

export const isDigit = (unit) => unit >= 16 && unit <= 25;
export const isUpper = (unit) => unit >= 33 && unit <= 58;
export const isLower = (unit) => unit >= 65 && unit <= 90;
export const isForeign = (unit) => unit >= classes.latin && unit <= classes.ideograph;
export const isWord = (unit) => isUpper(unit) || isLower(unit) || isForeign(unit);
export const isMark = (unit) =>
  unit !== 0 &&
  unit < classes.highSurrogate &&
  unit !== classes.tab &&
  unit !== classes.lineEnd &&
  !isWord(unit) &&
  !isDigit(unit);

/** Whether a token may grow from the one class to the other at all. */
export function mayJoin(last, next) {
  if (last === beginning) return true;
  if (last === classes.highSurrogate || next === classes.highSurrogate) return false;
  if (last === 0) return isWord(next) || isMark(next);
  if (last === classes.tab) return isWord(next);
  if (last === classes.lineEnd) return next === classes.lineEnd;
  if (isDigit(last)) return isDigit(next);
  if (isMark(last)) return isMark(next) || isWord(next) || next === classes.lineEnd;
  if (next === apostrophe) return isLower(last);
  if (!isWord(next) || last === classes.ideograph) return false;
  const small = isLower(last) || last === classes.latin || last === classes.letter;
  return !(small && isUpper(next));
}

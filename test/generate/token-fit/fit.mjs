/*
 * Fits the costs and the pairs in src/generate/token-rules.ts to o200k_base:
 * node fit.mjs texts.jsonl [rounds] [file], with { kind, text, weight? } on a line. It starts from how often a
 * token ends between two classes, then moves one cost at a time where that lowers the squared error
 * over words and over pieces.
 */
import { readFileSync, writeFileSync } from 'node:fs';

import {
  apostrophe,
  beginning,
  budget,
  chunkPattern,
  classes,
  classOf,
  isDigit,
  isLower,
  isMark,
  isWord,
  mayJoin,
  never,
  rulesFile,
  source,
} from './classes.mjs';
import { add, findPairs, spelled } from './pairs.mjs';

const [textsFile, rounds = '10'] = process.argv.slice(2);
const pieces = readFileSync(textsFile, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));

const pairs = findPairs(pieces);
const isPair = new Set(pairs);
const cellOf = (last, next) => last * (beginning + 1) + next;
const costs = new Uint8Array((beginning + 1) ** 2).fill(never);

// The same walk as endOfToken in tokens.ts.
function endOfToken(text, start) {
  let last = classOf[text.charCodeAt(start)];
  if (last === classes.ideograph) return start + (isPair.has(text.slice(start, start + 2)) ? 2 : 1);
  let cost = costs[cellOf(beginning, last)];
  let end = start + 1;
  for (; end < text.length; end += 1) {
    const next = classOf[text.charCodeAt(end)];
    if (end > start + 1 && isWord(next) && !isWord(last)) break;
    if (next === apostrophe && isLower(last)) {
      const [suffix] = text.slice(end).match(/^'(?:[stmd]|re|ve|ll)/) ?? [''];
      return cost + costs[cellOf(last, next)] > budget ? end : end + suffix.length;
    }
    if (cost + costs[cellOf(last, next)] > budget) break;
    cost += costs[cellOf(last, next)];
    last = next;
  }
  return end;
}

function count(text) {
  let tokens = 0;
  for (let index = 0; index < text.length; index = endOfToken(text, index)) tokens += 1;
  return tokens;
}

const chunks = new Map();
const kinds = new Map();
for (const { kind } of pieces) add(kinds, kind, 1);
for (const piece of pieces) {
  Object.assign(piece, {
    weight: piece.weight ?? 1 / kinds.get(piece.kind),
    size: spelled(piece.text).length,
    off: 0,
  });
  for (const text of piece.text.match(chunkPattern) ?? []) {
    if (/^\s*$/.test(text) || text.length > 120) continue;
    if (!chunks.has(text)) {
      chunks.set(text, { text, tokens: spelled(text), weight: 0, counted: 0, pieces: new Map() });
    }
    const chunk = chunks.get(text);
    chunk.weight += piece.weight / piece.size;
    add(chunk.pieces, piece, 1);
  }
}

function start() {
  const times = new Map();
  const boundaries = new Map();
  for (const { text, tokens, pieces: where } of chunks.values()) {
    if (tokens.some((token) => token.includes('\ufffd'))) continue;
    const weight = 1 + Math.log(where.size);
    let offset = 0;
    const ends = new Set(tokens.map((token) => (offset += token.length)));
    for (let i = 1; i < text.length; i += 1) {
      const cell = cellOf(classOf[text.charCodeAt(i - 1)], classOf[text.charCodeAt(i)]);
      add(times, cell, weight);
      if (ends.has(i)) add(boundaries, cell, weight);
    }
  }
  for (let last = 0; last <= beginning; last += 1) {
    for (let next = 0; next < beginning; next += 1) {
      const cell = cellOf(last, next);
      const share = ((boundaries.get(cell) ?? 0) + 1.5) / ((times.get(cell) ?? 0) + 3);
      if (last === beginning) costs[cell] = isWord(next) || isMark(next) ? 10 : 0;
      else if (isDigit(last) && isDigit(next)) costs[cell] = budget / 2;
      else if (mayJoin(last, next)) {
        costs[cell] = Math.max(1, Math.min(never, Math.round(-Math.log(1 - share) * budget)));
      }
    }
  }
}

function recount(list) {
  const changes = [];
  const offs = new Map();
  let gain = 0;
  for (const chunk of list) {
    const counted = count(chunk.text);
    if (counted === chunk.counted) continue;
    changes.push([chunk, counted]);
    const real = chunk.tokens.length;
    gain += chunk.weight * ((counted - real) ** 2 - (chunk.counted - real) ** 2);
    for (const [piece, times] of chunk.pieces) add(offs, piece, times * (counted - chunk.counted));
  }
  for (const [{ weight, size, off }, more] of offs) {
    gain += 50 * weight * (((off + more) / size) ** 2 - (off / size) ** 2);
  }
  return { gain, changes, offs };
}

function accept({ changes, offs }) {
  for (const [chunk, counted] of changes) chunk.counted = counted;
  for (const [piece, more] of offs) piece.off += more;
}

function descend() {
  const users = new Map();
  for (const chunk of chunks.values()) {
    for (const [piece, times] of chunk.pieces) piece.off -= times * chunk.tokens.length;
    const cells = new Set();
    for (let i = 0; i < chunk.text.length; i += 1) {
      const next = classOf[chunk.text.charCodeAt(i)];
      cells.add(cellOf(beginning, next));
      if (i > 0) cells.add(cellOf(classOf[chunk.text.charCodeAt(i - 1)], next));
    }
    for (const cell of cells) {
      if (!users.has(cell)) users.set(cell, []);
      users.get(cell).push(chunk);
    }
  }
  accept(recount(chunks.values()));
  for (let round = 0; round < Number(rounds); round += 1) {
    for (const [cell, list] of users) improve(cell, list, steps[round % 2]);
  }
}

const steps = [
  [1, -2, 3, -4, 6, -7, 12, -12, 25, -25],
  [1, -1, 2, -2, 4, -4, 8, -8, 16, -16],
];

function improve(cell, list, moves) {
  const last = Math.floor(cell / (beginning + 1));
  const next = cell % (beginning + 1);
  if (!mayJoin(last, next) || isDigit(last) || isDigit(next) || (last === beginning && !next))
    return;
  const current = costs[cell];
  let best = { gain: -3e-6, cost: current };
  for (const cost of new Set(moves.map((move) => current + move))) {
    if (cost < (last === beginning ? 0 : 1) || cost > never) continue;
    costs[cell] = cost;
    const result = recount(list);
    if (result.gain < best.gain) best = { ...result, cost };
  }
  costs[cell] = best.cost;
  if (best.changes) accept(best);
}

function writeRules() {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  const quote = (text) => `  '${text.replace(/[\\']/g, '\\$&')}',`;
  const rows = Array.from({ length: beginning + 1 }, (_, last) => {
    const row = costs.subarray(cellOf(last, 0), cellOf(last, beginning));
    return quote(Array.from(row, (cost) => (cost > budget ? '.' : digits[cost])).join(''));
  });
  const lines = [];
  for (let i = 0; i < pairs.length; i += 100) lines.push(quote(pairs.slice(i, i + 100).join('')));
  return source
    .replace(/(costs = \[\n)[\s\S]*?(\n\];)/, (_, open, close) => open + rows.join('\n') + close)
    .replace(/(Pairs = \[\n)[\s\S]*?(\n\])/, (_, open, close) => open + lines.join('\n') + close);
}

start();
descend();
writeFileSync(process.argv[4] ?? rulesFile, writeRules());

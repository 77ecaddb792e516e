import { decode, encode } from 'gpt-tokenizer/encoding/o200k_base';

export const spelled = (text) =>
  encode(text, { disallowedSpecial: new Set() }).map((id) => decode([id]));
export const add = (map, key, amount) => map.set(key, (map.get(key) ?? 0) + amount);

/** The pairs of ideographs that are one token more often than not. */
export function findPairs(pieces) {
  const seen = new Map();
  const joined = new Map();
  for (const { text } of pieces) {
    for (const run of text.match(/[\u4e00-\u9fff]+/g) ?? []) {
      for (let i = 0; i + 1 < run.length; i += 1) add(seen, run.slice(i, i + 2), 1);
      for (const token of spelled(run).filter((token) => !token.includes('\ufffd'))) {
        for (let i = 0; i + 1 < token.length; i += 1) add(joined, token.slice(i, i + 2), 1);
      }
    }
  }
  const mostly = [...joined].filter(([pair, times]) => times > seen.get(pair) / 2);
  return mostly
    .sort((a, b) => b[1] - a[1])
    .slice(0, 1600)
    .map(([pair]) => pair);
}

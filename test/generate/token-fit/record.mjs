// Records in held-out.jsonl how many tokens o200k_base has for each text: node record.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';

const file = new URL('held-out.jsonl', import.meta.url);
const pieces = readFileSync(file, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));
const lines = pieces.map(({ kind, text }) => {
  return JSON.stringify({
    kind,
    tokens: countTokens(text, { disallowedSpecial: new Set() }),
    text,
  });
});
writeFileSync(file, `${lines.join('\n')}\n`);

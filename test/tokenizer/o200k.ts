import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { O200K_TOKEN_SPLIT_REGEX } from 'gpt-tokenizer/esm/encodingParams/constants';
import { toLetters } from './byte-level.ts';

const data = createRequire(import.meta.url).resolve('gpt-tokenizer/data/o200k_base.tiktoken');

/** A tokenizer.json that counts as o200k_base does, made of the ranks that gpt-tokenizer has. */
export function writeO200k(): string {
  const ranks = new Map(
    readFileSync(data, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line): [string, number] => {
        const [token = '', rank] = line.split(' ');
        return [Buffer.from(token, 'base64').toString('latin1'), Number(rank)];
      }),
  );
  const letters = (bytes: string) => toLetters(Buffer.from(bytes, 'latin1'));
  const pairs = [...ranks.keys()].filter(({ length }) => length > 1);
  return JSON.stringify({
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        {
          type: 'Split',
          pattern: { Regex: O200K_TOKEN_SPLIT_REGEX.source },
          behavior: 'Isolated',
          invert: false,
        },
        { type: 'ByteLevel', add_prefix_space: false, use_regex: false },
      ],
    },
    post_processor: null,
    decoder: null,
    model: {
      type: 'BPE',
      vocab: Object.fromEntries([...ranks].map(([bytes, rank]) => [letters(bytes), rank])),
      merges: pairs.map((bytes) => findMerge(bytes, ranks).map(letters)),
      ignore_merges: true,
    },
  });
}

/** The two tokens that a token is merged of: what the merges before its own make of it. */
function findMerge(token: string, ranks: ReadonlyMap<string, number>): string[] {
  const parts = [...token];
  while (parts.length > 2) {
    let best = 0;
    let bestRank = Number.POSITIVE_INFINITY;
    for (let index = 0; index + 1 < parts.length; index += 1) {
      const rank = ranks.get(`${parts[index]}${parts[index + 1]}`) ?? Number.POSITIVE_INFINITY;
      if (rank < bestRank) [best, bestRank] = [index, rank];
    }
    parts.splice(best, 2, `${parts[best]}${parts[best + 1]}`);
  }
  return parts;
}

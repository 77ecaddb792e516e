import type { TokenCounter } from '../generate/prompt-tokens.ts';
import { countSome, countTokens } from '../generate/tokens.ts';
import { nextTurn } from './turn.ts';

const unitsATurn = 1024 * 1024;

/** Counts by rule, and lets others have their turn while it does what takes long. */
export const estimator: TokenCounter = {
  count(texts) {
    const units = texts.reduce((total, text) => total + text.length, 0);
    return units < unitsATurn ? texts.map(countTokens) : countInTurns(texts);
  },
};

async function countInTurns(texts: readonly string[]): Promise<readonly number[]> {
  const counts: number[] = [];
  let left = unitsATurn;
  for (const text of texts) {
    let tokens = 0;
    for (let start = 0; start < text.length; ) {
      const some = countSome(text, start, left);
      tokens += some.tokens;
      left -= some.end - start;
      start = some.end;
      if (left <= 0) {
        await nextTurn();
        left = unitsATurn;
      }
    }
    counts.push(tokens);
  }
  return counts;
}

const mostKnown = 1000;
const longestKnown = 10_000;

/** The same for texts that come again and again, as those of fixtures do. */
export function createScriptEstimator(): TokenCounter {
  const known = new Map<string, number>();

  function countKnown(text: string): number {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size === mostKnown) known.clear();
    const tokens = countTokens(text);
    known.set(text, tokens);
    return tokens;
  }

  return {
    count: (texts) =>
      texts.every(({ length }) => length <= longestKnown)
        ? texts.map(countKnown)
        : estimator.count(texts),
  };
}

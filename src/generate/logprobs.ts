import type { TokenLogprob } from '../exchange/reply.ts';
import type { Random } from './random.ts';
import type { Writer } from './text.ts';
import { splitTokens } from './tokens.ts';

/** A log probability for each token of a text, with so many alternatives, the likeliest first. */
export function makeLogprobs(
  text: string,
  alternatives: number,
  { writer, random }: { readonly writer: Writer; readonly random: Random },
): TokenLogprob[] {
  return splitTokens(text).map((token) => {
    const chosen = { token, logprob: round(-0.3 * random.next()) };
    const others: { token: string; logprob: number }[] = [];
    for (let rank = 1; rank < alternatives; rank += 1) {
      others.push({ token: ` ${writer.word(random)}`, logprob: round(-1 - rank - random.next()) });
    }
    return { ...chosen, alternatives: alternatives > 0 ? [chosen, ...others] : [] };
  });
}

function round(logprob: number): number {
  return Math.round(logprob * 1e6) / 1e6;
}

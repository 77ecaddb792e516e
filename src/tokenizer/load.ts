import { Tokenizer } from '@huggingface/tokenizers';
import { cutRuns } from './spans.ts';

/** How many tokens a text has. */
export type Count = (text: string) => number;

/** What we use of the package, whose own types cannot be resolved under NodeNext. */
interface Inner {
  /** Splits a text where no token crosses; none in some tokenizers. */
  pre_tokenizer: ((text: string, options: object) => string[]) | null;
  tokenize(text: string): readonly string[];
}

/**
 * The count by the text of a tokenizer.json. Special tokens count where a text holds them.
 *
 * @throws Error with what is wrong with it
 */
export function loadCount(json: string): Count {
  const file = attempt('It is not JSON', () => JSON.parse(json));
  return attempt('It is not a tokenizer', () => {
    const inner: Inner = new Tokenizer(file, {});
    const split = inner.pre_tokenizer;
    inner.pre_tokenizer = (text, options) =>
      (split ? split(text, options) : [text]).flatMap(cutRuns);
    const count: Count = (text) => inner.tokenize(text).length;
    count('Does it count? 你好!');
    return count;
  });
}

function attempt<Value>(complaint: string, make: () => Value): Value {
  try {
    return make();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${complaint}: ${reason}`, { cause });
  }
}

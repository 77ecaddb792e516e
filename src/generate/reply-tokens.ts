import type { Prompt } from '../exchange/prompt.ts';
import type { Choice, Reply, Usage } from '../exchange/reply.ts';
import type { TokenCounter } from './prompt-tokens.ts';

/**
 * What a reply used, by another counter than the one that cut it.
 *
 * An answer cut by the limit used the limit, as a model's does, and every other at most that. Hidden
 * reasoning keeps its count: nothing is left of it to count again.
 */
export async function countReply(
  { choices, usage }: Reply,
  prompt: Prompt,
  counter: TokenCounter,
): Promise<Usage> {
  const hidden = prompt.thinking.hidden ? usage.reasoning : 0;
  const uses = await Promise.all(
    choices.map((choice) => countChoice(choice, { prompt, counter, hidden })),
  );
  return {
    ...usage,
    output: uses.reduce((total, { output }) => total + output, 0),
    reasoning: uses.reduce((total, { reasoning }) => total + reasoning, 0),
  };
}

interface Counting {
  readonly prompt: Prompt;
  readonly counter: TokenCounter;
  /** Tokens of reasoning that the choice does not show. */
  readonly hidden: number;
}

async function countChoice(
  { thinking, text = '', toolCalls, stop }: Choice,
  { prompt, counter, hidden }: Counting,
): Promise<Pick<Usage, 'output' | 'reasoning'>> {
  const calls = toolCalls.flatMap(({ name, input }) => [name, input]);
  const counts = await counter.count([thinking?.text ?? '', text, ...calls]);
  const [thoughts = 0, ...spoken] = counts;
  const limit = Math.max(0, Math.floor(prompt.maxTokens));
  const reasoning = Math.min(thoughts + hidden, prompt.thinking.budget ?? limit, limit);
  const whole = spoken.reduce((total, count) => total + count, reasoning);
  return { reasoning, output: stop.kind === 'limit' ? limit : Math.min(whole, limit) };
}

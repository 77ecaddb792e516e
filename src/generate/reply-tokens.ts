import type { Prompt } from '../exchange/prompt.ts';
import type { Choice, Reply, Usage } from '../exchange/reply.ts';
import type { TokenCounter } from './prompt-tokens.ts';

/**
 * What a reply used, by another counter than the one that cut it.
 *
 * An answer cut by the limit used the limit, as a model's does, and every other at most that. Hidden
 * reasoning keeps its count: nothing is left of it to count again.
 */
export function countReply(
  reply: Reply,
  prompt: Prompt,
  counter: TokenCounter,
): Usage | Promise<Usage> {
  const counts = counter.count(reply.choices.flatMap(listTexts));
  return counts instanceof Promise
    ? counts.then((counted) => addUp(reply, prompt, counted))
    : addUp(reply, prompt, counts);
}

/** The reasoning first. */
function listTexts({ thinking, text = '', toolCalls }: Choice): readonly string[] {
  const calls = toolCalls.flatMap(({ name, input }) => [name, input]);
  return [thinking?.text ?? '', text, ...calls];
}

/** `counts`: of the texts of all choices in turn. */
function addUp({ choices, usage }: Reply, prompt: Prompt, counts: readonly number[]): Usage {
  const hidden = prompt.thinking.hidden ? usage.reasoning : 0;
  const limit = Math.max(0, Math.floor(prompt.maxTokens));
  const most = Math.min(prompt.thinking.budget ?? limit, limit);
  let next = 0;
  let output = 0;
  let reasoning = 0;
  for (const { toolCalls, stop } of choices) {
    const [thoughts = 0, ...spoken] = counts.slice(next, next + 2 + 2 * toolCalls.length);
    next += 1 + spoken.length;
    const thought = Math.min(thoughts + hidden, most);
    const whole = spoken.reduce((total, count) => total + count, thought);
    output += stop.kind === 'limit' ? limit : Math.min(whole, limit);
    reasoning += thought;
  }
  return { ...usage, output, reasoning };
}

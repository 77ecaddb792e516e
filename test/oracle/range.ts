import { defaultModel, describeModel, maxThinkingBudget } from '../../src/contract/models.ts';
import { hello } from '../ask.ts';

type Body = Readonly<Record<string, unknown>>;

/** The types know no ranges. These are LongCat's and, where it publishes none, those of the formats. */
const ranges: Readonly<Record<string, (value: number) => number>> = {
  max_tokens: whole(0, describeModel(defaultModel).maxOutput),
  max_completion_tokens: whole(0, describeModel(defaultModel).maxOutput),
  budget_tokens: whole(0, maxThinkingBudget),
  top_p: (value) => between(0.01, 1, value),
  top_k: whole(-1, 100),
  n: whole(1, 4),
  top_logprobs: whole(0, 20),
  seed: whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  frequency_penalty: (value) => between(-2, 2, value),
  presence_penalty: (value) => between(-2, 2, value),
};

export const rangedMembers: readonly string[] = Object.keys(ranges);

/**
 * The body with every number inside its range, the model that is served, and a message where there
 * was none: nothing else is changed, so that whatever is refused then is the types' own.
 */
export function bringIntoRange(body: Body): Body {
  const messages = body['messages'] as readonly unknown[]; // as both clients declare
  return {
    ...bringNumbers(body),
    ...(typeof body['thinking'] === 'object' && {
      thinking: bringNumbers(body['thinking'] as Body),
    }),
    model: defaultModel,
    messages: messages.length > 0 ? messages : hello.messages,
  };
}

function bringNumbers(body: Body): Body {
  const entries = Object.entries(body).map(([name, value]) => [
    name,
    typeof value === 'number' ? (ranges[name]?.(value) ?? value) : value,
  ]);
  return Object.fromEntries(entries);
}

function whole(least: number, most: number): (value: number) => number {
  return (value) => between(least, most, Math.round(value));
}

function between(least: number, most: number, value: number): number {
  return Math.min(Math.max(value, least), most);
}

import { writeJson } from '../exchange/json.ts';
import type { Prompt } from '../exchange/prompt.ts';
import { hashText } from './random.ts';

/**
 * A number for what was asked, equal for equal conversations: whether the answer is streamed, how
 * long it may be and where it stops do not count, so that those only cut the same words.
 */
export function identify(
  { model, messages, tools, toolChoice, format }: Prompt,
  seed: string,
): number {
  let hash = hashText(model, hashText(seed));
  for (const { role, text, toolCalls = [] } of messages) {
    hash = hashText(text, hashText(role, hash));
    for (const { name, input } of toolCalls) hash = hashText(input, hashText(name, hash));
  }
  for (const { name, schema } of tools) hash = hashText(writeJson(schema), hashText(name, hash));
  return hashText(JSON.stringify([toolChoice, format]), hash);
}

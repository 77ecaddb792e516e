import { writeJson } from '../exchange/json.ts';
import type { Prompt, Tool, Turn } from '../exchange/prompt.ts';

/** Counts the tokens of texts, all of a request's at once. */
export interface TokenCounter {
  count(texts: readonly string[]): Promise<readonly number[]>;
}

/** Role and separators of a turn in the chat template. Assumed. */
const tokensATurn = 4;

/** The input tokens of a request. */
export async function countPrompt(
  { messages, tools, format }: Prompt,
  counter: TokenCounter,
): Promise<number> {
  const schema = format.kind === 'json-schema' ? [writeJson(format.schema)] : [];
  const texts = [...messages.flatMap(listTurn), ...tools.flatMap(listTool), ...schema];
  const counts = await counter.count(texts.filter((text) => text !== ''));
  return counts.reduce((total, count) => total + count, tokensATurn * messages.length);
}

function listTurn({ text, thinking = '', toolCalls = [] }: Turn): string[] {
  return [text, thinking, ...toolCalls.flatMap(({ name, input }) => [name, input])];
}

function listTool({ name, description = '', schema }: Tool): string[] {
  return [name, description, writeJson(schema)];
}

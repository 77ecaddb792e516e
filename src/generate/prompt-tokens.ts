import { writeJson } from '../exchange/json.ts';
import type { Prompt, Tool, Turn } from '../exchange/prompt.ts';

/** Counts the tokens of texts, all of a request's at once. */
export interface TokenCounter {
  /** At once where nothing has to be waited for. */
  count(texts: readonly string[]): readonly number[] | Promise<readonly number[]>;
}

/** Role and separators of a turn in the chat template. Assumed. */
const tokensATurn = 4;

/** The input tokens of a request. */
export function countPrompt(prompt: Prompt, counter: TokenCounter): number | Promise<number> {
  const framing = tokensATurn * prompt.messages.length;
  const counts = counter.count(listTexts(prompt));
  return counts instanceof Promise
    ? counts.then((counted) => sum(counted, framing))
    : sum(counts, framing);
}

function sum(counts: readonly number[], start: number): number {
  return counts.reduce((total, count) => total + count, start);
}

function listTexts({ messages, tools, format }: Prompt): readonly string[] {
  const texts: string[] = [];
  for (const message of messages) pushTurn(texts, message);
  for (const tool of tools) pushTool(texts, tool);
  if (format.kind === 'json-schema') texts.push(writeJson(format.schema));
  return texts.filter((text) => text !== '');
}

function pushTurn(texts: string[], { text, thinking = '', toolCalls = [] }: Turn): void {
  texts.push(text, thinking);
  for (const { name, input } of toolCalls) texts.push(name, input);
}

function pushTool(texts: string[], { name, description = '', schema }: Tool): void {
  texts.push(name, description, writeJson(schema));
}

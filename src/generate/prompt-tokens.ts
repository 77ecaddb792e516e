import { writeJson } from '../exchange/json.ts';
import type { Prompt, Tool, Turn } from '../exchange/prompt.ts';
import { countTokens } from './tokens.ts';

/** Role and separators of a turn in the chat template. Assumed. */
const tokensATurn = 4;

/** The input tokens of a request. */
export function countPrompt({ messages, tools, format }: Prompt): number {
  const schema = format.kind === 'json-schema' ? countTokens(writeJson(format.schema)) : 0;
  return sum(messages.map(countTurn)) + sum(tools.map(countTool)) + schema;
}

function countTurn({ text, thinking = '', toolCalls = [] }: Turn): number {
  const calls = toolCalls.map(({ name, input }) => countTokens(name) + countTokens(input));
  return tokensATurn + countTokens(text) + countTokens(thinking) + sum(calls);
}

function countTool({ name, description = '', schema }: Tool): number {
  return countTokens(name) + countTokens(description) + countTokens(writeJson(schema));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

import { lastUserText, type Prompt, type Tool, type Turn } from '../exchange/prompt.ts';

/**
 * The tools that the answer calls; none for an answer in words.
 *
 * Left to choose, the mock calls a tool only when the newest user message names it, so that an
 * agent's tools do not fire by chance. After a tool's result it answers in words, or agents would
 * loop for ever; only a tool that has to be called by name, and was not, still is.
 */
export function chooseTools(prompt: Prompt): readonly Tool[] {
  const { toolChoice, tools, parallelToolCalls } = prompt;
  if (toolChoice.mode === 'none' || isAnswered(prompt)) return [];

  const { names } = toolChoice;
  const offered = names ? tools.filter((tool) => names.includes(tool.name)) : tools;
  const mentioned = findMentioned(offered, lastUserText(prompt));
  const called =
    toolChoice.mode === 'required' && mentioned.length === 0 ? offered.slice(0, 1) : mentioned;
  return parallelToolCalls ? called : called.slice(0, 1);
}

/** Whether the newest turn gives the results. Clients put system turns, or a begun answer, after it. */
function isAnswered({ messages, toolChoice: { mode, names } }: Prompt): boolean {
  const newest = messages.findLast(({ role }) => role === 'tool' || role === 'user');
  if (newest?.role !== 'tool') return false;
  return mode !== 'required' || !names || names.some((name) => hasResult(name, messages));
}

/** Whether a tool was called since the user last spoke. */
function hasResult(name: string, messages: readonly Turn[]): boolean {
  const question = messages.findLastIndex(({ role }) => role === 'user');
  const calls = messages.slice(question + 1).flatMap(({ toolCalls = [] }) => toolCalls);
  return calls.some((call) => call.name === name);
}

const namePattern = /[A-Za-z0-9_-]+/g;

/** The tools whose full name is a word of the text, in the order of the text. */
function findMentioned(tools: readonly Tool[], text: string): Tool[] {
  const wanted = new Map(tools.map((tool) => [tool.name, tool]));
  const mentioned = new Set<Tool>();
  for (const [word] of wanted.size === 0 ? [] : text.matchAll(namePattern)) {
    const tool = wanted.get(word);
    if (tool) mentioned.add(tool);
  }
  return [...mentioned];
}

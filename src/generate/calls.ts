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

/** The tools whose full name is a word of the text, in the order of the text. */
function findMentioned(tools: readonly Tool[], text: string): Tool[] {
  const wanted = new Map(tools.map((tool) => [tool.name, tool]));
  const lengths = new Set(tools.map(({ name }) => name.length));
  const mentioned = new Set<Tool>();
  for (let start = 0; wanted.size > 0 && start < text.length; ) {
    const end = endOfWord(text, start);
    // Only a word of the right length is looked up: a text may have a million others.
    const isLikely = end > start && lengths.has(end - start);
    const tool = isLikely ? wanted.get(text.slice(start, end)) : undefined;
    if (tool) mentioned.add(tool);
    start = end + 1;
  }
  return [...mentioned];
}

function endOfWord(text: string, start: number): number {
  let end = start;
  while (end < text.length && isOfWord[text.charCodeAt(end)] === 1) end += 1;
  return end;
}

const wordLetter = /[A-Za-z0-9_-]/;

/** By UTF-16 unit; what is beyond ASCII is of no word. */
const isOfWord = Uint8Array.from({ length: 128 }, (_, unit) =>
  wordLetter.test(String.fromCharCode(unit)) ? 1 : 0,
);

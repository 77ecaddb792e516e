import { lastUserText, type Prompt, type Tool } from '../exchange/prompt.ts';

/**
 * The tools that the answer calls; none for an answer in words.
 *
 * Left to choose, the mock calls a tool only when the newest user message names it, so that an
 * agent's tools do not fire by chance. After a tool's result it always answers in words, or agents
 * would loop for ever.
 */
export function chooseTools(prompt: Prompt): readonly Tool[] {
  const { toolChoice, tools, parallelToolCalls } = prompt;
  if (toolChoice.mode === 'none' || isToolResultLast(prompt)) return [];

  const { names } = toolChoice;
  const offered = names ? tools.filter((tool) => names.includes(tool.name)) : tools;
  const mentioned = findMentioned(offered, lastUserText(prompt));
  const called =
    toolChoice.mode === 'required' && mentioned.length === 0 ? offered.slice(0, 1) : mentioned;
  return parallelToolCalls ? called : called.slice(0, 1);
}

/** Clients put system turns, or the beginning of the answer, after a result. */
function isToolResultLast({ messages }: Prompt): boolean {
  return messages.findLast(({ role }) => role === 'tool' || role === 'user')?.role === 'tool';
}

/** The tools whose full name is a word of the text, in the order of the text. */
function findMentioned(tools: readonly Tool[], text: string): Tool[] {
  return tools
    .map((tool) => ({ tool, position: findWord(text, tool.name) }))
    .filter(({ position }) => position >= 0)
    .sort((left, right) => left.position - right.position)
    .map(({ tool }) => tool);
}

function findWord(text: string, word: string): number {
  if (word === '') return -1;
  let position = text.indexOf(word);
  while (position >= 0) {
    const before = text[position - 1];
    const after = text[position + word.length];
    if (!isNameCharacter(before) && !isNameCharacter(after)) return position;
    position = text.indexOf(word, position + 1);
  }
  return -1;
}

function isNameCharacter(character: string | undefined): boolean {
  return character !== undefined && /[A-Za-z0-9_-]/.test(character);
}

import { writeJson } from '../exchange/json.ts';
import { lastUserText, type Prompt, type Tool } from '../exchange/prompt.ts';
import type { Choice, Reasoning, Reply, Stop, ToolCall } from '../exchange/reply.ts';
import { chooseTools } from './calls.ts';
import { makeLogprobs } from './logprobs.ts';
import { createRandom, hashText, type Random } from './random.ts';
import { detectLanguage, type Language, loadWriter, type Writer } from './text.ts';
import { countTokens, cutTokens } from './tokens.ts';
import type { ValueMaker } from './value/make.ts';

export interface GenerationInput {
  /** Decides the words: see `identify`. */
  readonly identity: number;
  /** Where ids come from. */
  readonly ids: Random;
  readonly inputTokens: number;
}

/** Answers any prompt with plausible words: a pure function of the prompt and the input. */
export interface Generator {
  /** At once, unless words or what makes values have first to be loaded. */
  generate(prompt: Prompt, input: GenerationInput): Reply | Promise<Reply>;
}

export function createGenerator(): Generator {
  const writers = new Map<Language, Writer>();
  let values: ValueMaker | undefined;

  /** The maker is loaded for the first prompt with a schema: a start does not wait for it. */
  async function load(prompt: Prompt, language: Language): Promise<void> {
    if (!writers.has(language)) writers.set(language, await loadWriter(language));
    if (values || !needsValues(prompt)) return;
    const { createValueMaker } = await import('./value/make.ts');
    values ??= createValueMaker();
  }

  function generate(prompt: Prompt, input: GenerationInput): Reply | Promise<Reply> {
    const language = detectLanguage(lastUserText(prompt));
    const writer = writers.get(language);
    const maker = needsValues(prompt) ? values : noValues;
    if (writer && maker) return writeReply(prompt, input, { writer, values: maker });
    return load(prompt, language).then(() => generate(prompt, input));
  }

  return { generate };
}

interface Tools {
  readonly writer: Writer;
  readonly values: ValueMaker;
}

function writeReply(
  prompt: Prompt,
  { identity, ids, inputTokens }: GenerationInput,
  { writer, values }: Tools,
): Reply {
  const choices: Choice[] = [];
  const warnings = new Set<string>();
  let output = 0;
  let reasoning = 0;
  for (let index = 0; index < prompt.choices; index += 1) {
    const draft = draftChoice({ prompt, writer, values, ids, identity: identity + index });
    choices.push(draft.choice);
    for (const warning of draft.warnings) warnings.add(warning);
    output += draft.tokens;
    reasoning += draft.reasoningTokens;
  }
  const usage = { input: inputTokens, cached: 0, output, reasoning };
  return { choices, warnings: [...warnings], usage };
}

function needsValues({ tools, format }: Prompt): boolean {
  return tools.length > 0 || format.kind === 'json-schema';
}

const noValues: ValueMaker = { make: () => ({ value: {} }) };

interface Desk {
  readonly prompt: Prompt;
  readonly writer: Writer;
  readonly values: ValueMaker;
  readonly ids: Random;
  readonly identity: number;
}

interface Draft {
  readonly choice: Choice;
  /** Reasoning included. */
  readonly tokens: number;
  readonly reasoningTokens: number;
  readonly warnings: readonly string[];
}

function draftChoice(desk: Desk): Draft {
  const { prompt } = desk;
  const limit = Math.max(0, Math.floor(prompt.maxTokens));
  const reasoning = draftReasoning(desk, limit);
  const tools = chooseTools(prompt);
  const rest = limit - reasoning.tokens;
  const body = tools.length > 0 ? draftCalls(desk, tools, rest) : draftContent(desk, rest);
  const { text, logprobs, toolCalls, stop } = body.choice;
  return {
    choice: { thinking: reasoning.thinking, text, toolCalls, stop, logprobs },
    tokens: reasoning.tokens + body.tokens,
    reasoningTokens: reasoning.tokens,
    warnings: body.warnings,
  };
}

/** Each part of an answer has numbers of its own, so that one does not shift the others. */
function randomFor(part: string, { identity }: Desk): Random {
  return createRandom(hashText(part, identity));
}

/** Reasoning takes at most half of the limit, so that there is always an answer after it. */
function draftReasoning(desk: Desk, limit: number): { thinking?: Reasoning; tokens: number } {
  const { on, budget = limit, hidden } = desk.prompt.thinking;
  const most = on ? Math.min(budget, Math.floor(limit / 2)) : 0;
  if (most <= 0) return { tokens: 0 };

  const thoughts = desk.writer.ponder(lastUserText(desk.prompt), randomFor('thinking', desk));
  const { text, tokens } = cutTokens(thoughts, most);
  return {
    thinking: { text: hidden ? '' : text, signature: randomFor('signature', desk).hex(64) },
    tokens,
  };
}

interface Body {
  readonly choice: Omit<Choice, 'thinking'>;
  readonly tokens: number;
  readonly warnings: readonly string[];
}

function draftContent(desk: Desk, limit: number): Body {
  const { prompt, writer } = desk;
  const { text: whole, warnings } = writeContent(desk);
  const { text: spoken, stop } = cutAtStop(whole, prompt.stop);
  const { text, tokens } = cutTokens(spoken, limit);
  const logprobs =
    prompt.logprobs === undefined
      ? undefined
      : makeLogprobs(text, prompt.logprobs, { writer, random: randomFor('logprobs', desk) });
  return {
    choice: {
      text,
      logprobs,
      toolCalls: [],
      stop: text.length < spoken.length ? { kind: 'limit' } : stop,
    },
    tokens,
    warnings,
  };
}

function writeContent(desk: Desk): { text: string; warnings: string[] } {
  const { prompt, writer, values } = desk;
  const random = randomFor('content', desk);
  switch (prompt.format.kind) {
    case 'text':
      return { text: isBegun(prompt) ? writer.resume(random) : writer.write(random), warnings: [] };
    case 'json-object':
      return { text: writeJson({ answer: writer.write(random) }), warnings: [] };
    case 'json-schema': {
      const { value, problem } = values.make(prompt.format.schema, random);
      return { text: writeJson(value), warnings: problem ? [`response format: ${problem}`] : [] };
    }
    default:
      return prompt.format satisfies never;
  }
}

/** Whether the client has begun the answer itself, for the model to go on. */
function isBegun({ messages }: Prompt): boolean {
  const last = messages.at(-1);
  return last?.role === 'assistant' && last.text !== '';
}

/** The text before the stop text that comes first in it. */
function cutAtStop(text: string, stops: readonly string[]): { text: string; stop: Stop } {
  const hits = stops
    .map((stop) => ({ stop, position: text.indexOf(stop) }))
    .filter(({ position }) => position >= 0);
  const [first] = hits.sort((left, right) => left.position - right.position);
  if (!first) return { text, stop: { kind: 'end' } };
  return { text: text.slice(0, first.position), stop: { kind: 'stop-text', text: first.stop } };
}

/** Calls until the limit: the last one may be cut in its arguments, as a model's would be. */
function draftCalls(desk: Desk, tools: readonly Tool[], limit: number): Body {
  const random = randomFor('calls', desk);
  const toolCalls: ToolCall[] = [];
  const warnings: string[] = [];
  let left = limit;
  let stop: Stop = { kind: 'tool-calls' };
  for (const tool of tools) {
    const { input, warning } = writeInput(tool, desk, random);
    const nameTokens = countTokens(tool.name);
    const cut = cutTokens(input, left - nameTokens);
    if (left >= nameTokens) {
      toolCalls.push({ id: desk.ids.hex(24), kind: tool.kind, name: tool.name, input: cut.text });
    }
    if (warning) warnings.push(warning);
    left -= Math.min(left, nameTokens + cut.tokens);
    if (left === 0 && (toolCalls.length < tools.length || cut.text.length < input.length)) {
      stop = { kind: 'limit' };
      break;
    }
  }
  const text = toolCalls.length === 0 ? { text: '' } : {};
  return { choice: { ...text, toolCalls, stop }, tokens: limit - left, warnings };
}

function writeInput(
  tool: Tool,
  { writer, values }: Desk,
  random: Random,
): { input: string; warning?: string } {
  if (tool.kind === 'custom') return { input: writer.write(random) };
  const { value, problem } = values.make(tool.schema, random);
  const input = writeJson(value);
  return problem ? { input, warning: `tool "${tool.name}": ${problem}` } : { input };
}

import { describeModel, listModels } from '../contract/models.ts';
import type { JsonValue } from '../exchange/json.ts';
import type { Prompt } from '../exchange/prompt.ts';
import type { Match, TextMatcher } from '../scenario/match-schema.ts';
import { type Call, readPrompt } from './call.ts';

export function isLongCatModel(model: string): boolean {
  return listModels(['*']).some(({ id }) => id === describeModel(model).id && id === model);
}

/** What a fixture looks at in order to know this request among others. */
export function matchCall(call: Call): Match {
  const prompt = readPrompt(call);
  const names = [...new Set(prompt.tools.map(({ name }) => name).filter(Boolean))].toSorted();
  return {
    api: call.api,
    ...(isLongCatModel(prompt.model) && { model: prompt.model }),
    turnIndex: prompt.messages.filter(({ role }) => role === 'assistant').length,
    messages: matchMessages(prompt),
    tools: names.length === 0 ? { none: true } : { includes: names },
  };
}

/** Ids of calls change with every answer: a result is known by its text. */
function matchMessages({ messages }: Prompt): NonNullable<Match['messages']> {
  const last = messages.at(-1);
  const user = messages.findLast(({ role }) => role === 'user')?.text;
  return {
    ...(last && last.role !== 'user' && { last: { role: last.role, text: last.text } }),
    lastUser: user ?? { absent: true },
  };
}

/** What differs among requests that the usual conditions do not tell apart. */
export interface Variance {
  readonly system: boolean;
  readonly thinking: boolean;
  /** Members of the body. */
  readonly members: readonly string[];
}

export function findVariance(calls: readonly Call[]): Variance {
  const prompts = calls.map(readPrompt);
  const names = new Set(calls.flatMap(({ request }) => Object.keys(request)));
  return {
    system: varies(prompts.map(systemOf)),
    thinking: varies(prompts.map(({ thinking }) => thinking.on)),
    members: [...names]
      .filter((name) => /^\w+$/.test(name) && !otherMembers.has(name))
      .filter((name) => varies(calls.map(({ request }) => JSON.stringify(request[name])))),
  };
}

function varies(values: readonly unknown[]): boolean {
  return new Set(values).size > 1;
}

/** The conditions that tell a request from others by what differs. */
export function refineMatch(call: Call, { system, thinking, members }: Variance): Match {
  const prompt = readPrompt(call);
  const body = members
    .filter((name) => (JSON.stringify(call.request[name]) ?? '').length <= longestValue)
    .map((name) => matchMember(name, call.request[name]));
  return {
    ...(system && { messages: { system: systemMatcher(prompt) } }),
    ...(thinking && { thinking: prompt.thinking.on }),
    ...(body.length > 0 && { body }),
  };
}

function systemMatcher(prompt: Prompt): TextMatcher {
  return systemOf(prompt) || { absent: true };
}

function systemOf({ messages }: Prompt): string {
  const texts = messages.filter(({ role }) => role === 'system').map(({ text }) => text);
  return texts.join('\n');
}

/** Matched elsewhere, of the transport, or of no meaning for the answer. */
const otherMembers: ReadonlySet<string> = new Set([
  ...['model', 'messages', 'system', 'tools', 'thinking', 'enable_thinking', 'reasoning_effort'],
  ...['stream', 'stream_options', 'user', 'metadata', 'store', 'safety_identifier'],
  ...['prompt_cache_key', 'prompt_cache_retention'],
]);

const longestValue = 200;

function matchMember(name: string, value: JsonValue | undefined) {
  const path = `$.${name}`;
  return value === undefined ? { path, exists: false } : { path, equals: value };
}

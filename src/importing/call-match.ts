import { describeModel, listModels } from '../contract/models.ts';
import type { JsonObject, JsonValue } from '../exchange/json.ts';
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

/** More that a fixture can look at, where the usual does not tell requests apart. */
export function refineMatch(call: Call, others: readonly Call[]): Match {
  const [prompt, ...prompts] = [call, ...others].map(readPrompt);
  if (!prompt) return {};
  const varies = (read: (prompt: Prompt) => unknown) =>
    prompts.some((other) => read(other) !== read(prompt));
  const body = listVarying(call.request, others);
  return {
    ...(varies(systemOf) && { messages: { system: systemMatcher(prompt) } }),
    ...(varies(({ thinking }) => thinking.on) && { thinking: prompt.thinking.on }),
    ...(body.length > 0 && { body: [...body] }),
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

function listVarying(request: JsonObject, others: readonly Call[]): NonNullable<Match['body']> {
  const bodies = [request, ...others.map((other) => other.request)];
  const names = new Set(bodies.flatMap(Object.keys).filter((name) => /^\w+$/.test(name)));
  return [...names]
    .filter((name) => !otherMembers.has(name))
    .filter((name) => new Set(bodies.map((body) => JSON.stringify(body[name]))).size > 1)
    .filter((name) => (JSON.stringify(request[name]) ?? '').length <= longestValue)
    .map((name) => matchMember(name, request[name]));
}

function matchMember(name: string, value: JsonValue | undefined) {
  const path = `$.${name}`;
  return value === undefined ? { path, exists: false } : { path, equals: value };
}

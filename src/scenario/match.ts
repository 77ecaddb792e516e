import { isEqualJson, type JsonObject, type JsonValue } from '../exchange/json.ts';
import { findValues, parsePath } from '../exchange/json-path.ts';
import { compilePattern } from '../exchange/pattern.ts';
import type { Prompt, Turn } from '../exchange/prompt.ts';
import { findRequiredLiteral } from './literal.ts';
import type { BodyMatcher, Match, TextMatcher, TurnMatcher } from './match-schema.ts';
import { compileTextMatcher, quote } from './text-test.ts';

/** What fixtures look at: the request in its neutral form and as it came. */
export interface Subject {
  readonly api: 'openai' | 'anthropic';
  readonly prompt: Prompt;
  readonly headers: { get(name: string): string | null };
  readonly body: JsonObject;
}

/** One thing that has to be so. */
export interface Condition {
  /** Where it looks, such as `messages[-1].content`. */
  readonly place: string;
  /** Such as `contains "burst"`. */
  readonly expected: string;
  holds(subject: Subject): boolean;
  /** What is there instead, for a message. */
  show(subject: Subject): string;
  /** Of a condition on the last message: what its text has to be, or to contain. */
  readonly lastText?: { readonly equals?: string; readonly contains?: string } | undefined;
}

/** The conditions of a fixture, the cheapest first. */
export function compileMatch(match: Match): readonly Condition[] {
  const {
    api,
    model,
    stream,
    turnIndex,
    messages,
    tools,
    thinking,
    headers = {},
    body = [],
  } = match;
  return [
    ...(api === undefined || api === 'any' ? [] : [onValue('api', api, (subject) => subject.api)]),
    ...when(stream, (on) => onValue('stream', on, ({ prompt }) => prompt.streamed)),
    ...when(thinking, (on) => onValue('thinking', on, ({ prompt }) => prompt.thinking.on)),
    ...when(turnIndex, (index) => onValue('turnIndex', index, ({ prompt }) => countTurns(prompt))),
    ...when(model, (matcher) => onText('model', matcher, ({ prompt }) => prompt.model)),
    ...when(messages?.last, (turn) => onLastTurn(turn)),
    ...when(messages?.lastUser, (text) => onText('messages.lastUser', text, readLastUser)),
    ...when(messages?.system, (text) => onText('system', text, ({ prompt }) => systemText(prompt))),
    ...when(tools?.includes, (names) => names.map(offersTool)),
    ...when(tools?.none, (none) =>
      onValue('tools.none', none, ({ prompt }) => prompt.tools.length === 0),
    ),
    ...Object.entries(headers).map(([name, matcher]) =>
      onText(`headers.${name}`, matcher, (subject) => subject.headers.get(name) ?? undefined),
    ),
    ...body.map(onBody),
    ...when(messages?.any, onAnyTurn),
  ];
}

function when<Value, Item>(
  value: Value | undefined,
  make: (value: Value) => Item | readonly Item[],
): readonly Item[] {
  if (value === undefined) return [];
  const made = make(value);
  return Array.isArray(made) ? made : [made as Item]; // narrowing does not reach a generic item
}

function onValue(
  place: string,
  value: JsonValue,
  read: (subject: Subject) => JsonValue,
): Condition {
  return {
    place,
    expected: quote(value),
    holds: (subject) => read(subject) === value,
    show: (subject) => quote(read(subject)),
  };
}

function onText(
  place: string,
  matcher: TextMatcher,
  read: (subject: Subject) => string | undefined,
): Condition {
  const { expected, holds } = compileTextMatcher(matcher);
  return {
    place,
    expected,
    holds: (subject) => holds(read(subject)),
    show: (subject) => quote(read(subject)),
  };
}

function onLastTurn({ role, text, toolCallId }: TurnMatcher): readonly Condition[] {
  const last = ({ prompt }: Subject) => prompt.messages.at(-1);
  return [
    ...when(role, (name) => onText('messages[-1].role', name, (subject) => last(subject)?.role)),
    ...when(text, (matcher) => ({
      ...onText('messages[-1].content', matcher, (subject) => last(subject)?.text),
      lastText: literalOf(matcher),
    })),
    ...when(toolCallId, (matcher) =>
      onText('messages[-1].tool_call_id', matcher, (subject) => last(subject)?.toolCallId),
    ),
  ];
}

function literalOf(matcher: TextMatcher): Condition['lastText'] {
  if (typeof matcher === 'string') return { equals: matcher };
  const { equals, contains, matches } = matcher;
  if (equals !== undefined) return { equals };
  const part = contains ?? (matches === undefined ? undefined : findRequiredLiteral(matches));
  return part === undefined ? undefined : { contains: part };
}

/** One message has to have all of it. */
function onAnyTurn({ role, text, toolCallId }: TurnMatcher): Condition {
  const tests: ((turn: Turn) => boolean)[] = [];
  const words: string[] = [];
  const add = (name: string, matcher: TextMatcher, read: (turn: Turn) => string | undefined) => {
    const { expected, holds } = compileTextMatcher(matcher);
    tests.push((turn) => holds(read(turn)));
    words.push(`${name} ${expected}`);
  };
  if (role !== undefined) add('role', role, (turn) => turn.role);
  if (text !== undefined) add('content', text, (turn) => turn.text);
  if (toolCallId !== undefined) add('tool_call_id', toolCallId, (turn) => turn.toolCallId);
  return {
    place: 'messages[*]',
    expected: `one with ${words.join(' and ')}`,
    holds: ({ prompt }) => prompt.messages.some((turn) => tests.every((test) => test(turn))),
    show: ({ prompt }) => `none among ${prompt.messages.length}`,
  };
}

function offersTool(name: string): Condition {
  return {
    place: 'tools',
    expected: quote(name),
    holds: ({ prompt }) => prompt.tools.some((tool) => tool.name === name),
    show: ({ prompt }) => quote(prompt.tools.map((tool) => tool.name)),
  };
}

function onBody({ path, equals, matches, exists }: BodyMatcher): Condition {
  const parsed = parsePath(path);
  const steps = 'path' in parsed ? parsed.path : []; // the schema has refused any other
  const pattern = matches === undefined ? undefined : compilePattern(matches);
  const fits = (value: unknown) =>
    (equals === undefined || isEqualJson(value, equals)) &&
    (pattern === undefined || (typeof value === 'string' && pattern.isIn(value)));
  const words = [
    ...when(equals, quote),
    ...when(matches, (source) => `matches ${quote(source)}`),
    ...when(exists, (there) => (there ? 'something' : 'nothing')),
  ];
  return {
    place: path,
    expected: words.join(' and '),
    holds: ({ body }) => {
      const values = findValues(body, steps);
      if (exists === false) return values.length === 0;
      return values.some(fits);
    },
    show: ({ body }) => {
      const [first] = findValues(body, steps);
      return quote(first);
    },
  };
}

function readLastUser({ prompt }: Subject): string | undefined {
  return prompt.messages.findLast(({ role }) => role === 'user')?.text;
}

function countTurns({ messages }: Prompt): number {
  return messages.filter(({ role }) => role === 'assistant').length;
}

function systemText({ messages }: Prompt): string | undefined {
  const texts = messages.filter(({ role }) => role === 'system').map(({ text }) => text);
  return texts.length === 0 ? undefined : texts.join('\n');
}

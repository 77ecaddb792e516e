import { isJsonObject, type JsonObject, type JsonValue } from '../exchange/json.ts';

/** The request with `call_1`, `call_2` … for the ids of tool calls, in order of appearance. */
export function renumberCalls(body: JsonObject): JsonObject {
  const { messages } = body;
  if (!Array.isArray(messages)) return body;
  const numbers = new Map<string, string>();
  const rename = (id: JsonValue): JsonValue => {
    if (typeof id !== 'string') return id;
    const known = numbers.get(id) ?? `call_${numbers.size + 1}`;
    numbers.set(id, known);
    return known;
  };
  const renumbered = messages.map((message) => renameInMessage(message, rename));
  return withMembers(body, { messages: renumbered });
}

/** Whether a member holds an id as `renumberCalls` writes it. */
export function isCallId(name: string, value: JsonValue): boolean {
  return idMembers.has(name) && typeof value === 'string' && /^call_\d+$/.test(value);
}

const idMembers: ReadonlySet<string> = new Set(['id', 'tool_call_id', 'tool_use_id']);

type Rename = (id: JsonValue) => JsonValue;

/** In one order whatever that of the members, so that it does not matter to the numbers. */
function renameInMessage(message: JsonValue, rename: Rename): JsonValue {
  if (!isJsonObject(message)) return message;
  return withMembers(message, {
    ...renameInList(message, 'tool_calls', rename),
    ...renameMember(message, 'tool_call_id', rename),
    ...renameInList(message, 'content', rename),
  });
}

/** Calls of the OpenAI format, and content blocks of Anthropic's, calls and results. */
function renameInList(holder: JsonObject, name: string, rename: Rename): JsonObject {
  const list = holder[name];
  if (!Array.isArray(list)) return {};
  const items = list.map((item) => {
    if (!isJsonObject(item)) return item;
    return withMembers(item, {
      ...renameMember(item, 'id', rename),
      ...renameMember(item, 'tool_use_id', rename),
    });
  });
  return { [name]: items };
}

function renameMember(holder: JsonObject, name: string, rename: Rename): JsonObject {
  return Object.hasOwn(holder, name) ? { [name]: rename(holder[name] ?? null) } : {};
}

/** The object with other values for members that it has; `__proto__` stays a member. */
function withMembers(object: JsonObject, values: JsonObject): JsonObject {
  if (Object.keys(values).length === 0) return object;
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name,
      Object.hasOwn(values, name) ? (values[name] ?? null) : value,
    ]),
  );
}

import { isJsonObject, type JsonObject, type JsonValue } from '../../exchange/json.ts';
import type { Subject } from '../../scenario/match.ts';

const longestText = 2048;

/** A request with its texts cut: enough to rank thousands of fixtures by, and cheap for patterns. */
export function sketch(subject: Subject): Subject {
  const { prompt, body } = subject;
  const messages = prompt.messages.map((turn) => ({ ...turn, text: cut(turn.text) }));
  return { ...subject, prompt: { ...prompt, messages }, body: cutMembers(body) };
}

/** The given value itself where there is nothing to cut: of millions of values no copy is made. */
function cutTexts(value: JsonValue): JsonValue {
  if (typeof value === 'string') return cut(value);
  if (typeof value !== 'object' || value === null) return value;
  return isJsonObject(value) ? cutMembers(value) : cutItems(value);
}

function cutItems(items: readonly JsonValue[]): readonly JsonValue[] {
  let copy: JsonValue[] | undefined;
  let index = 0;
  for (const item of items) {
    const short = cutTexts(item);
    if (short !== item) {
      copy ??= [...items];
      copy[index] = short;
    }
    index += 1;
  }
  return copy ?? items;
}

function cutMembers(members: JsonObject): JsonObject {
  let cuts: Map<string, JsonValue> | undefined;
  for (const name of Object.keys(members)) {
    const member = members[name] as JsonValue; // it has the name
    const short = cutTexts(member);
    if (short !== member) cuts = (cuts ?? new Map()).set(name, short);
  }
  if (!cuts) return members;
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => [name, cuts.get(name) ?? member]),
  );
}

function cut(text: string): string {
  return text.length <= longestText ? text : text.slice(0, longestText);
}

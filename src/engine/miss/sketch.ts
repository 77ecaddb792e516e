import type { JsonObject, JsonValue } from '../../exchange/json.ts';
import type { Subject } from '../../scenario/match.ts';

const longestText = 2048;

/** A request with its texts cut: enough to rank thousands of fixtures by, and cheap for patterns. */
export function sketch(subject: Subject): Subject {
  const { prompt, body } = subject;
  const messages = prompt.messages.map((turn) => ({ ...turn, text: cut(turn.text) }));
  return { ...subject, prompt: { ...prompt, messages }, body: cutTexts(body) as JsonObject }; // the same shape
}

function cutTexts(value: JsonValue): JsonValue {
  if (typeof value === 'string') return cut(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(cutTexts);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, cutTexts(member)]));
}

function cut(text: string): string {
  return text.length <= longestText ? text : text.slice(0, longestText);
}

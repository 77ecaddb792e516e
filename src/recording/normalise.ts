import { isJsonObject, type JsonObject, type JsonValue } from '../exchange/json.ts';
import type { JsonPath } from '../exchange/json-path.ts';
import { isCallId, renumberCalls } from './call-ids.ts';
import { type Replacement, type Rules, replaceTexts } from './rules.ts';

/** Members of a request that do not bear on its answer; those of `prompt_cache_` besides. */
export const ignoredMembers = ['user', 'metadata', 'safety_identifier', 'store'] as const;

const ignoredPrefix = 'prompt_cache_';

/**
 * A request less what may differ between two that are the same. A request that was normalised
 * before stays as it is, so a recorded one can be compared again.
 */
export function normalise(body: JsonObject, { ignore, replace }: Rules): JsonObject {
  const kept = Object.entries(body).filter(([name]) => !isIgnored(name));
  const relevant: JsonObject = Object.fromEntries(kept);
  const asked = ignore.reduce(removeAt, relevant);
  const renumbered = renumberCalls(asked);
  return replace.length === 0 ? renumbered : replaceIn(renumbered, replace);
}

function isIgnored(name: string): boolean {
  return name.startsWith(ignoredPrefix) || (ignoredMembers as readonly string[]).includes(name);
}

/** Items of a list become null: others keep their places. */
function removeAt<Value extends JsonValue>(value: Value, [step, ...rest]: JsonPath): Value {
  if (typeof value !== 'object' || value === null || !step) return value;
  const isLast = rest.length === 0;
  if (Array.isArray(value)) {
    const isMeant = chooseItems(step, value.length);
    const items = value.map((item, at) => {
      if (!isMeant(at)) return item;
      return isLast ? null : removeAt(item, rest);
    });
    return items as unknown as Value; // a list for a list
  }
  const members = Object.entries(value).flatMap(([name, member]): [string, JsonValue][] => {
    if (!('all' in step) && !('key' in step && step.key === name)) return [[name, member]];
    return isLast ? [] : [[name, removeAt(member as JsonValue, rest)]];
  });
  return Object.fromEntries(members) as unknown as Value; // an object for an object
}

function chooseItems(step: JsonPath[number], length: number): (at: number) => boolean {
  if ('all' in step) return () => true;
  if ('key' in step) return () => false;
  const wanted = step.index < 0 ? length + step.index : step.index;
  return (at) => at === wanted;
}

/** In every text but the renumbered ids, which would no longer tell calls apart. */
function replaceIn<Value extends JsonValue>(value: Value, replace: readonly Replacement[]): Value {
  if (typeof value === 'string') return replaceTexts(value, replace) as Value; // a text for a text
  if (Array.isArray(value))
    return value.map((item) => replaceIn(item, replace)) as unknown as Value;
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(([name, member]) => [
    name,
    isCallId(name, member) ? member : replaceIn(member, replace),
  ]);
  return Object.fromEntries(members) as Value; // an object for an object
}

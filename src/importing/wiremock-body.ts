import { readList, readText } from '../dialect/read.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../exchange/json.ts';
import type { Match } from '../scenario/match-schema.ts';
import { joinConditions } from './join.ts';
import { escapePattern } from './pattern.ts';
import { convertEqualJson } from './wiremock-json.ts';
import { convertJsonPath } from './wiremock-path.ts';
import { type ConvertedPart, matchValue, onBody } from './wiremock-place.ts';

/** The conditions of a stub on the body, or the one that a fixture cannot have. */
export function convertBodyPatterns(patterns: JsonValue | undefined): ConvertedPart {
  let match: Match = {};
  for (const pattern of readList(patterns)) {
    const part = isJsonObject(pattern) ? convertBody(pattern) : { problem: 'it is no object' };
    if ('problem' in part) return { problem: `bodyPatterns: ${part.problem}` };
    const joined = joinConditions(match, part.match) ?? joinElsewhere(match, part.match);
    if (!joined) return { problem: 'bodyPatterns: two conditions on one place' };
    match = joined;
  }
  return { match };
}

function convertBody(pattern: JsonObject): ConvertedPart {
  const { equalToJson, matchesJsonPath, contains, equalTo, matches, and } = pattern;
  if (equalToJson !== undefined) return convertEqualJson(pattern);
  if (matchesJsonPath !== undefined) return convertJsonPath(matchesJsonPath);
  if (typeof contains === 'string') return convertContained(contains);
  if (typeof equalTo === 'string') return convertEqualJson({ equalToJson: equalTo });
  if (typeof matches === 'string') return convertMatched(matches);
  if (Array.isArray(and)) return convertBodyPatterns(and);
  return { problem: `fixtures have no "${Object.keys(pattern)[0] ?? 'empty condition'}"` };
}

/** What a body contains: a member with its value, or words, which the messages are to have. */
function convertContained(text: string): ConvertedPart {
  const [, name, json = ''] =
    /^[{,\s]*"(\w+)"\s*:\s*("(?:[^"\\]|\\.)*"|true|false|null|-?[\d.]+)[},\s]*$/.exec(text) ?? [];
  if (name !== undefined && topMembers.includes(name)) {
    return matchValue(`$.${name}`, JSON.parse(json) as JsonValue); // as the pattern has it
  }
  const words = unquote(text);
  if (words === undefined)
    return { problem: `fixtures cannot look for ${JSON.stringify(text)} in a body` };
  return { match: { messages: { any: { text: { contains: words } } } } };
}

const topMembers = ['model', 'stream', 'temperature', 'max_tokens', 'tool_choice', 'user'];

/** Words as a message has them: not in JSON’s quotes, and without what JSON is made of. */
function unquote(text: string): string | undefined {
  const plain = text.replace(/^"(.*)"$/s, '$1');
  if (plain === '' || /[{}[\]"\\]/.test(plain)) return undefined;
  return plain;
}

/** A pattern on the whole body, where it is about words anywhere in it. */
function convertMatched(pattern: string): ConvertedPart {
  const [, words] = /^\^?\.\*(.*?)\.\*\$?$/s.exec(pattern) ?? [];
  const problem = `fixtures cannot match a whole body with ${JSON.stringify(pattern)}`;
  if (words === undefined || words === '') return words === '' ? { match: {} } : { problem };
  const literal = words.replaceAll(/\\([^\w\s])/g, '$1').replaceAll(/\\s\*/g, '');
  const isLiteral = escapePattern(literal) === words || /^[^\\.*+?()[\]{}|^$]+$/.test(literal);
  return isLiteral ? convertContained(literal) : { problem };
}

/** A second text anywhere in the messages is looked for in their contents. */
function joinElsewhere(left: Match, right: Match): Match | undefined {
  const text = right.messages?.any?.text;
  const words = typeof text === 'object' ? readText(text.contains) : undefined;
  if (words === undefined) return undefined;
  const part = onBody('$.messages[*].content', { matches: escapePattern(words) });
  return 'problem' in part ? undefined : joinConditions(left, part.match);
}

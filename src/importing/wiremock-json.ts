import { readText } from '../dialect/read.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../exchange/json.ts';
import type { Match } from '../scenario/match-schema.ts';
import { joinConditions } from './join.ts';
import { readJson } from './json.ts';
import { type ConvertedPart, matchValue, onBody } from './wiremock-place.ts';
import { convertPattern } from './wiremock-text.ts';

/** `equalToJson`: the whole body, or every member of it that is named. */
export function convertEqualJson(pattern: JsonObject): ConvertedPart {
  const given = pattern['equalToJson'];
  const read = typeof given === 'string' ? readJson(given) : { value: given };
  if ('problem' in read) return { problem: `of its equalToJson, ${read.problem}` };
  const value = read.value as JsonValue; // parsed, or of a parsed file
  if (pattern['ignoreArrayOrder'] === true && hasOrder(value)) {
    return { problem: 'fixtures cannot ignore the order of a list' };
  }
  const isLoose = pattern['ignoreExtraElements'] === true;
  if (!isLoose && !holdsPlaceholder(value)) return onBody('$', { equals: value });
  if (!isLoose) return { problem: 'fixtures know placeholders only where more may be there' };
  return joinParts(listLeaves(value, '$'));
}

function joinParts(parts: readonly ConvertedPart[]): ConvertedPart {
  let match: Match = {};
  for (const part of parts) {
    if ('problem' in part) return part;
    const joined = joinConditions(match, part.match);
    if (!joined) return { problem: 'it asks for one thing twice' };
    match = joined;
  }
  return { match };
}

function listLeaves(value: JsonValue, path: string): readonly ConvertedPart[] {
  if (typeof value !== 'object' || value === null) return [matchLeaf(value, path)];
  const members = Array.isArray(value)
    ? value.map((item, index) => [`${path}[${index}]`, item] as const)
    : Object.entries(value).map(([name, member]) => [`${path}${step(name)}`, member] as const);
  if (members.length === 0) return [onBody(path, { exists: true })];
  return members.flatMap(([place, member]) => listLeaves(member as JsonValue, place));
}

function step(name: string): string {
  return /^[\w-]+$/.test(name) ? `.${name}` : `['${name}']`;
}

/** Placeholders are those of JsonUnit: `${json-unit.any-string}`. */
function matchLeaf(value: JsonValue, path: string): ConvertedPart {
  const text = readText(value) ?? '';
  const [, kind, rest = ''] = /^\$\{json-unit\.([\w-]+)\}(.*)$/s.exec(text) ?? [];
  if (kind === undefined) return matchValue(path, value);
  if (kind === 'regex') {
    const pattern = convertPattern(`(?s)^(?:${rest})$`);
    return 'problem' in pattern
      ? pattern
      : onBody(path, { matches: pattern.matcher.matches ?? '' });
  }
  if (kind === 'any-string') return onBody(path, { matches: '' });
  const isLoose = kind === 'ignore' || kind === 'ignore-element' || kind.startsWith('any-');
  return isLoose ? onBody(path, { exists: true }) : { problem: `fixtures have no "${kind}"` };
}

function holdsPlaceholder(value: JsonValue): boolean {
  return JSON.stringify(value).includes('${json-unit.');
}

function hasOrder(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.length > 1 || value.some(hasOrder);
  return isJsonObject(value) && Object.values(value).some(hasOrder);
}

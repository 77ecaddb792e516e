import { readNumber, readText, readTexts } from '../dialect/read.ts';
import type { JsonObject, JsonValue } from '../exchange/json.ts';
import type { Match, TextMatcher, TurnMatcher } from '../scenario/match-schema.ts';
import { isLongCatModel } from './call-match.ts';
import type { Loss } from './leftover.ts';
import { escapePattern } from './pattern.ts';

export interface ConvertedMatch {
  readonly match: Match;
  readonly losses: readonly Loss[];
  /** The models in it that LongCat does not have. */
  readonly models: readonly string[];
}

/** The conditions of an aimock fixture as ours, or why it can have none. */
export function convertMatch(match: JsonObject): ConvertedMatch | { readonly problem: string } {
  const endpoint = readText(match['endpoint']);
  if (endpoint !== undefined && endpoint !== 'chat') {
    return { problem: `it answers the endpoint "${endpoint}", which LongCat does not have` };
  }
  if (match['inputText'] !== undefined) {
    return { problem: 'it answers embeddings, which LongCat does not have' };
  }
  const unknown = Object.keys(match).filter((name) => !knownConditions.includes(name));
  if (unknown.length > 0) return { problem: `it has the unknown condition "${unknown[0]}"` };
  const turnIndex = readNumber(match['turnIndex']);
  if (turnIndex !== undefined && turnIndex < 0) {
    return { problem: `its turnIndex ${turnIndex} stands for no request` };
  }
  const system = convertSystem(match['systemMessage']);
  if (system && 'problem' in system) return system;
  const model = readText(match['model']);
  return {
    match: { ...toMatch(match, system?.matcher), ...(turnIndex !== undefined && { turnIndex }) },
    losses: [],
    models: model === undefined || isLongCatModel(model) ? [] : [model],
  };
}

const knownConditions = [
  ...['userMessage', 'systemMessage', 'inputText', 'toolCallId', 'toolResultContains', 'toolName'],
  ...['model', 'responseFormat', 'sequenceIndex', 'turnIndex', 'hasToolResult', 'endpoint'],
  'context',
];

function toMatch(match: JsonObject, system: TextMatcher | undefined): Match {
  const model = readText(match['model']);
  const toolName = readText(match['toolName']);
  const format = readText(match['responseFormat']);
  const context = readText(match['context']);
  const last = convertLast(match);
  const user = readText(match['userMessage']);
  const messages = {
    ...(last && { last }),
    ...(user !== undefined && { lastUser: user === '' ? { matches: '' } : { contains: user } }),
    ...(system !== undefined && { system }),
  };
  return {
    ...(model !== undefined && { model: convertModel(model) }),
    ...(Object.keys(messages).length > 0 && { messages }),
    ...(toolName !== undefined && { tools: { includes: [toolName] } }),
    ...(context !== undefined && { headers: { 'x-aimock-context': context } }),
    ...(format !== undefined && { body: [{ path: '$.response_format.type', equals: format }] }),
  };
}

/** A model fits by its name, and by its name with a date or version after it. */
function convertModel(model: string): TextMatcher {
  return isLongCatModel(model) ? model : { matches: `^${escapePattern(model)}(?:-\\d.*)?$` };
}

function convertLast(match: JsonObject): TurnMatcher | undefined {
  const id = readText(match['toolCallId']);
  const result = readText(match['toolResultContains']);
  const { hasToolResult } = match;
  if (id !== undefined || result !== undefined) {
    return {
      role: 'tool',
      ...(id !== undefined && { toolCallId: convertId(id) }),
      ...(result && { text: { contains: result } }),
    };
  }
  if (typeof hasToolResult !== 'boolean') return undefined;
  return { role: hasToolResult ? 'tool' : 'user' };
}

/** The mock’s ids have a prefix of their own on each format. */
function convertId(id: string): TextMatcher {
  return { matches: `^(?:call_|toolu_)?${escapePattern(withoutPrefix(id))}$` };
}

export function withoutPrefix(id: string): string {
  return id.replace(/^(?:call_|toolu_)/, '');
}

type System = { readonly matcher: TextMatcher } | { readonly problem: string };

/** Several texts in any order: one by itself, the others in each order that there is. */
function convertSystem(value: JsonValue | undefined): System | undefined {
  const texts = readTexts(value);
  const [first, ...others] = texts;
  if (first === undefined) return value === '' ? { matcher: { absent: false } } : undefined;
  if (others.length === 0) return { matcher: { contains: first } };
  if (others.length > mostOrdered) {
    return { problem: `it wants ${texts.length} texts in the system message; four are the most` };
  }
  const orders = listOrders(others.map(escapePattern)).map((order) => order.join('.*'));
  return { matcher: { contains: first, matches: `(?s)${orders.join('|')}` } };
}

const mostOrdered = 3;

function listOrders(items: readonly string[]): readonly (readonly string[])[] {
  if (items.length <= 1) return [items];
  return items.flatMap((item, index) =>
    listOrders(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}

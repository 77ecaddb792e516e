import { readObject, readText } from '../dialect/read.ts';
import type { JsonValue } from '../exchange/json.ts';
import type { TurnMatcher } from '../scenario/match-schema.ts';
import { type ConvertedPart, isRole, matchPlace, onBody } from './wiremock-place.ts';
import { type ConvertedText, convertPattern, convertText } from './wiremock-text.ts';

/** `matchesJsonPath`: an expression that finds something, or one whose text fits a condition. */
export function convertJsonPath(value: JsonValue): ConvertedPart {
  if (typeof value === 'string') return convertExpression(value);
  const { expression, ...condition } = readObject(value);
  const path = readText(expression);
  if (path === undefined) return { problem: 'it has no expression' };
  if (path.includes('?'))
    return { problem: `fixtures cannot filter by "${path}" and look further` };
  const text = convertText(condition);
  return 'problem' in text ? text : matchPlace(path, text.matcher);
}

const filterPattern = /^(?<path>\$[^?]*?)\[\s*\?\s*\(?(?<test>.*?)\)?\s*\]$/s;
const clausePattern =
  /^@(?:\.|\[')(?<name>[\w.[\]*'-]+?)(?:'\])?\s*(?<operator>===?|=~)\s*(?<value>.+)$/s;

function convertExpression(expression: string): ConvertedPart {
  const filter = filterPattern.exec(expression.trim())?.groups;
  if (!filter) return onBody(expression, { exists: true });
  const { path = '', test = '' } = filter;
  const clauses = test.split('&&').map((clause) => readClause(clause.trim()));
  const problem = clauses.find((clause) => 'problem' in clause);
  if (problem) return { problem: `fixtures cannot read the filter "${test.trim()}"` };
  const tests = clauses.flatMap((clause) => ('problem' in clause ? [] : [clause]));
  if (path === '$.messages') return convertTurn(tests);
  const [first, ...others] = tests;
  if (!first || others.length > 0) {
    return { problem: 'fixtures cannot ask for several members of one item' };
  }
  const place = path === '$' ? `$.${first.name}` : `${path}[*].${first.name}`;
  return matchPlace(place, first.matcher);
}

interface Clause {
  readonly name: string;
  readonly matcher: Extract<ConvertedText, { matcher: unknown }>['matcher'];
}

function readClause(text: string): Clause | { readonly problem: string } {
  const { name, operator, value = '' } = clausePattern.exec(text)?.groups ?? {};
  if (name === undefined) return { problem: text };
  if (operator === '=~') {
    const [, source, flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(value.trim()) ?? [];
    if (source === undefined) return { problem: text };
    const options = flags.includes('i') ? 'is' : 's';
    const pattern = convertPattern(`(?${options})^(?:${source})$`);
    return 'problem' in pattern ? pattern : { name, matcher: pattern.matcher };
  }
  const equals = /^(?:'(.*)'|"(.*)"|([\w.-]+))$/s.exec(value.trim())?.slice(1).find(isGiven);
  return equals === undefined ? { problem: text } : { name, matcher: { equals } };
}

function isGiven(text: string | undefined): boolean {
  return text !== undefined;
}

/** Members of one message. */
function convertTurn(clauses: readonly Clause[]): ConvertedPart {
  let turn: TurnMatcher = {};
  for (const { name, matcher } of clauses) {
    if (name === 'role' && isRole(matcher.equals)) turn = { ...turn, role: matcher.equals };
    else if (name === 'content') turn = { ...turn, text: matcher };
    else if (name === 'tool_call_id') turn = { ...turn, toolCallId: matcher };
    else return { problem: `fixtures cannot ask for "${name}" of a message` };
  }
  return { match: { messages: { any: turn } } };
}

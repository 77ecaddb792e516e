import { readText } from '../dialect/read.ts';
import type { JsonObject } from '../exchange/json.ts';
import { compilePattern, explainPattern } from '../exchange/pattern.ts';
import { apiOf } from './call.ts';
import type { Api } from './read-answer.ts';

/** Where clients ask, with the prefixes that vendors put before them. */
const usualPaths = ['', '/openai', '/anthropic', '/api', '/s/any'].flatMap((prefix) =>
  ['/v1/chat/completions', '/chat/completions', '/v1/messages'].map((path) => prefix + path),
);

/** The format that a stub answers, whatever its host; undefined when it answers neither. */
export function apiOfStub(request: JsonObject): Api | 'any' | undefined {
  const path = readText(request['urlPath']) ?? readText(request['url'])?.split('?')[0];
  if (path !== undefined) return apiOf(path);
  const template = readText(request['urlPathTemplate']);
  if (template !== undefined) return apiOf(template);
  const pattern = readText(request['urlPathPattern']) ?? readText(request['urlPattern']);
  return pattern === undefined ? 'any' : apiOfPattern(pattern);
}

function apiOfPattern(pattern: string): Api | 'any' | undefined {
  const whole = `^(?:${pattern})$`;
  if (explainPattern(whole) !== undefined) return undefined;
  const compiled = compilePattern(whole);
  const apis = new Set(usualPaths.filter((path) => compiled.isIn(path)).map(apiOf));
  if (apis.size > 1) return 'any';
  const [api] = apis;
  // A pattern may name a prefix of its own before a path that we know.
  return api ?? apiOf(pattern.replaceAll('\\', '').replace(/[.*$]+$/, ''));
}

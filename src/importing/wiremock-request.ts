import { isSecretName } from '../contract/credentials.ts';
import { readObject } from '../dialect/read.ts';
import { isJsonObject, type JsonObject } from '../exchange/json.ts';
import type { Match, TextMatcher } from '../scenario/match-schema.ts';
import { joinConditions } from './join.ts';
import type { Loss } from './leftover.ts';
import { convertBodyPatterns } from './wiremock-body.ts';
import { convertText } from './wiremock-text.ts';
import { apiOfStub } from './wiremock-url.ts';

export interface ConvertedRequest {
  readonly match: Match;
  readonly losses: readonly Loss[];
}

/** Of the transport: without them a fixture fits more requests, and says the same to each. */
const transport = [
  ...['queryParameters', 'cookies', 'basicAuthCredentials', 'basicAuth', 'host', 'port', 'scheme'],
  ...['clientIp', 'pathParameters'],
];

const known = [
  ...['method', 'url', 'urlPath', 'urlPattern', 'urlPathPattern', 'urlPathTemplate', 'headers'],
  ...['bodyPatterns', ...transport],
];

/** The conditions of a stub, or why a fixture cannot have them. */
export function convertRequest(
  request: JsonObject,
): ConvertedRequest | { readonly problem: string } {
  const { method = 'ANY' } = request;
  const api = apiOfStub(request);
  if (api === undefined || (method !== 'POST' && method !== 'ANY')) {
    return { problem: 'it answers another endpoint than chats and messages' };
  }
  const unknown = Object.keys(request).find((name) => !known.includes(name));
  if (unknown !== undefined) return { problem: `fixtures have no "${unknown}"` };
  const headers = convertHeaders(readObject(request['headers']));
  if ('problem' in headers) return headers;
  const body = convertBodyPatterns(request['bodyPatterns']);
  if ('problem' in body) return body;
  const heads = Object.keys(headers.kept).length > 0 ? { headers: headers.kept } : {};
  const named = api === 'any' ? {} : { api };
  const match = joinConditions({ ...named, ...heads }, body.match);
  if (!match) return { problem: 'it has two conditions on one place' };
  return { match, losses: [...headers.losses, ...listTransport(request)] };
}

function listTransport(request: JsonObject): readonly Loss[] {
  const why = 'fixtures do not look at it; this one fits more requests than the stub';
  const url = request['url'];
  const asks = typeof url === 'string' && url.includes('?');
  return [
    ...transport.filter((name) => request[name] !== undefined),
    ...(asks ? ['the query'] : []),
  ].map((what) => ({ what: what === 'the query' ? what : `request.${what}`, why }));
}

interface Headers {
  readonly kept: Readonly<Record<string, TextMatcher>>;
  readonly losses: readonly Loss[];
}

function convertHeaders(headers: JsonObject): Headers | { readonly problem: string } {
  const kept: [string, TextMatcher][] = [];
  const losses: Loss[] = [];
  for (const [name, pattern] of Object.entries(headers)) {
    if (isSecretName(name)) {
      const why = 'keys do not belong into fixtures: --accept-key asks for one';
      losses.push({ what: `the header "${name}"`, why });
      continue;
    }
    const text = convertText(isJsonObject(pattern) ? pattern : { equalTo: pattern });
    if ('problem' in text) return { problem: `the header "${name}": ${text.problem}` };
    kept.push([name.toLowerCase(), text.matcher]);
  }
  return { kept: Object.fromEntries(kept), losses };
}

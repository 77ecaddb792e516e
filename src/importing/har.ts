import {
  credentialHeaders,
  credentialQueryParameters,
  isSecretName,
  parseKey,
} from '../contract/credentials.ts';
import { readNumber, readObject, readObjects, readText } from '../dialect/read.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../exchange/json.ts';
import { apiOf, type Call, type Timing } from './call.ts';
import { importCalls } from './calls.ts';
import { readBytes } from './decompress.ts';
import type { Imported } from './draft.ts';
import { readJson } from './json.ts';
import type { Leftover } from './leftover.ts';
import type { WireAnswer } from './read-answer.ts';

export interface HarOptions {
  readonly file: string;
  /** Whether the answers take the time that they took. */
  readonly timing?: boolean;
}

/**
 * The calls of an HTTP archive (HAR 1.2) as fixtures: those to any host whose path is that of a chat
 * or a message. Undefined when the text is no such archive.
 */
export function importHar(text: string, options: HarOptions): Imported | undefined {
  const read = readJson(text);
  const log = 'value' in read && isJsonObject(read.value) ? readObject(read.value['log']) : {};
  if (!Array.isArray(log['entries'])) return undefined;
  const entries = readObjects(log['entries']);
  const results = entries.map((entry, index) => readEntry(entry, `entry ${index + 1}`));
  const calls = results.flatMap((result) =>
    result !== 'other' && 'api' in result ? [result] : [],
  );
  const problems = results.flatMap((result): readonly Leftover[] =>
    result !== 'other' && 'why' in result ? [{ file: options.file, ...result }] : [],
  );
  const others = results.filter((result) => result === 'other').length;
  const imported = importCalls(calls, options);
  return {
    ...imported,
    leftovers: [...problems, ...imported.leftovers],
    notices: [
      ...(others > 0
        ? [
            `${options.file}: passed over ${others} ${others === 1 ? 'entry' : 'entries'} of other endpoints.`,
          ]
        : []),
      ...imported.notices,
    ],
  };
}

type EntryProblem = Omit<Leftover, 'file'>;

function readEntry(entry: JsonObject, name: string): Call | EntryProblem | 'other' {
  const request = readObject(entry['request']);
  const url = readUrl(readText(request['url']));
  const api = url && apiOf(url.pathname);
  if (!url || !api || request['method'] !== 'POST') return 'other';
  const problem = (why: string) => ({ entry: name, what: 'the whole call', why });

  const asked = readJson(readPosted(readObject(request['postData'])) ?? '');
  if ('problem' in asked) return problem(`of its request body, ${asked.problem}`);
  if (!isJsonObject(asked.value)) return problem('its request body is no JSON object');
  const answer = readResponse(readObject(entry['response']));
  if (typeof answer === 'string') return problem(answer);
  const target = `POST ${url.host}${url.pathname}`;
  const secrets = listSecrets(url, request['headers'], request['cookies']);
  const timing = readTiming(readObject(entry['timings']));
  return { entry: name, target, api, request: asked.value, answer, secrets, timing };
}

function readUrl(text = ''): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** HAR has no place for a request’s encoding; some recorders write one all the same. */
function readPosted({ text, encoding }: JsonObject): string | undefined {
  const posted = readText(text);
  if (encoding !== 'base64' || posted === undefined) return posted;
  return readBytes(Buffer.from(posted, 'base64'), 'gzip');
}

/** The answer, or why there is none. */
function readResponse(response: JsonObject): WireAnswer | string {
  const status = readNumber(response['status']) ?? 0;
  if (status < 200 || status > 599) return 'it has no answer';
  if (status > 299 && status < 400) return `it was answered with a redirect, ${status}`;
  const headers = readHeaders(response['headers']);
  const content = readObject(response['content']);
  const text = readText(content['text']);
  if (text === undefined) {
    const why =
      content['_file'] === undefined ? 'save the archive with content' : 'embed the bodies';
    return `the body of its answer is not in the archive; ${why}`;
  }
  const bytes = content['encoding'] === 'base64' ? Buffer.from(text, 'base64') : undefined;
  const body = bytes ? readBytes(bytes, headers['content-encoding'] ?? '') : text;
  if (body === undefined) return 'the body of its answer is no text';
  const type = headers['content-type'] ?? readText(content['mimeType']);
  return { status, headers: { ...headers, ...(type && { 'content-type': type }) }, body };
}

function readHeaders(value: JsonValue | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readObjects(value).map(({ name, value: content }) => [
      (readText(name) ?? '').toLowerCase(),
      readText(content) ?? '',
    ]),
  );
}

/** Every value in a place that is there for keys. */
function listSecrets(
  url: URL,
  headers: JsonValue | undefined,
  cookies: JsonValue | undefined,
): readonly string[] {
  const named = Object.entries(readHeaders(headers)).filter(
    ([name]) => credentialHeaders.some((each) => each === name) || isSecretName(name),
  );
  const asked = [...url.searchParams].filter(
    ([name]) =>
      credentialQueryParameters.some((each) => each === name.toLowerCase()) || isSecretName(name),
  );
  const baked = readObjects(cookies).map(({ value }) => readText(value) ?? '');
  const values = [...named, ...asked].flatMap(([, value]) => [value, parseKey(value) ?? '']);
  return [...values, ...baked, url.password].filter(Boolean);
}

function readTiming({ wait, receive }: JsonObject): Timing {
  const known = (value: JsonValue | undefined) => Math.max(0, readNumber(value) ?? 0); // -1: none
  return { waitMs: known(wait), receiveMs: known(receive) };
}

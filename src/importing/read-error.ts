import { type ErrorName, errorCatalogue, errorNames } from '../contract/errors.ts';
import { readNumber, readObject, readText } from '../dialect/read.ts';
import { isJsonObject, type JsonObject } from '../exchange/json.ts';
import type { ScriptedError } from '../scenario/error-schema.ts';
import type { Step } from '../scenario/step-schema.ts';
import { readJson } from './json.ts';
import type { WireAnswer } from './read-answer.ts';

/** An error by its name in the catalogue where that says the same; else its body as it came. */
export function readError(answer: WireAnswer): Step {
  const read = readJson(answer.body);
  const body = 'value' in read ? read.value : answer.body;
  const name = findError(answer.status, body);
  if (name === undefined) return sendRaw(answer);
  const error = { name, ...readWording(name, body), ...readRetry(answer) };
  return { error: Object.keys(error).length === 1 ? name : error };
}

/** The body itself, whether or not LongCat could have sent it. */
export function sendRaw({ status, headers, body }: WireAnswer): Step {
  const read = readJson(body);
  const isObject = 'value' in read && typeof read.value === 'object' && read.value !== null;
  const type = headers['content-type'];
  const kept = Object.entries(headers).filter(([name]) => retryHeaders.includes(name));
  const sent = Object.fromEntries([
    ...(isObject || type === undefined ? [] : [['content-type', type]]),
    ...kept,
  ]) as Record<string, string>; // of texts
  return {
    ...(status !== 200 && { status }),
    ...(Object.keys(sent).length > 0 && { headers: sent }),
    body: isObject ? read.value : body,
    raw: true,
  };
}

/** An error of the catalogue: the very one, or one that differs in its message alone. */
export function findError(status: number, body: unknown): ErrorName | undefined {
  const alike = errorNames.filter((name) => {
    const entry = errorCatalogue[name];
    return entry.status === status && isAlike(entry.body, body);
  });
  return alike.find((name) => messageOf(errorCatalogue[name].body) === messageOf(body)) ?? alike[0];
}

function isAlike(known: object | string, body: unknown): boolean {
  if (typeof known === 'string' || !isJsonObject(body)) return known === body;
  const [left, right] = [envelopeOf(known), envelopeOf(body)];
  if (!left || !right) return !left && !right && isJsonObject(known) && sameNames(known, body);
  return left['code'] === right['code'] && left['type'] === right['type'] && isEnvelope(body);
}

function envelopeOf(body: unknown): JsonObject | undefined {
  const error = isJsonObject(body) ? body['error'] : undefined;
  return isJsonObject(error) ? error : undefined;
}

/** A member more would be lost. */
function isEnvelope(body: JsonObject): boolean {
  const names = Object.keys(readObject(body['error']));
  const known = ['code', 'message', 'type', 'retry_after'];
  return Object.keys(body).length === 1 && names.every((name) => known.includes(name));
}

function sameNames(left: JsonObject, right: JsonObject): boolean {
  return Object.keys(left).toSorted().join() === Object.keys(right).toSorted().join();
}

function messageOf(body: unknown): string | undefined {
  if (!isJsonObject(body)) return undefined;
  return readText((envelopeOf(body) ?? body)['message']);
}

function readWording(name: ErrorName, body: unknown): Partial<ScriptedError> {
  const usual = errorCatalogue[name].body;
  const message = messageOf(body);
  const retryAfter = readNumber(envelopeOf(body)?.['retry_after']);
  const usualWait = readNumber(envelopeOf(usual)?.['retry_after']);
  return {
    ...(message !== undefined && message !== messageOf(usual) && { message }),
    ...(retryAfter !== undefined && retryAfter !== usualWait && { retryAfter }),
  };
}

const retryHeaders = ['retry-after', 'retry-after-ms', 'x-should-retry'];

function readRetry({ headers }: WireAnswer): Partial<ScriptedError> {
  const after = headers['retry-after'];
  const milliseconds = Number(headers['retry-after-ms'] ?? Number.NaN);
  const retry = headers['x-should-retry'];
  return {
    ...(after && { retryAfterHeader: Number.isFinite(Number(after)) ? Number(after) : after }),
    ...(milliseconds >= 0 && { retryAfterMs: milliseconds }),
    ...((retry === 'true' || retry === 'false') && { sdkRetry: retry === 'true' }),
  };
}

import { redacted } from '../contract/credentials.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../exchange/json.ts';
import type { RecordedEvent, RecordedResponse } from './cassette.ts';
import { listChannels } from './deltas.ts';
import { correctLength } from './headers.ts';
import type { Path } from './place.ts';
import { playBack } from './playback.ts';
import { findSecretMembers, findSecrets, redactText, type Secrets } from './secret-text.ts';
import { hideSpans, mergeSpans } from './spans.ts';

/**
 * A request without secrets. Both what is recorded and what is asked go through it before they are
 * compared; without secrets it is the request itself.
 */
export function redactRequest(body: JsonObject, secrets: Secrets): JsonObject {
  return redactValue(body, secrets);
}

/** An answer without secrets: what was kept to be exact, and holds some, is left out. */
export function redactResponse(response: RecordedResponse, secrets: Secrets): RecordedResponse {
  const clean = redactContent(response, secrets);
  const headers = redactHeaders(response.headers, secrets);
  if (clean !== response) return measureAgain({ ...clean, headers });
  return headers === response.headers ? response : { ...response, headers };
}

function redactContent(response: RecordedResponse, secrets: Secrets): RecordedResponse {
  const { events, body, raw, text } = response;
  if (events) {
    const clean = redactEvents(events, secrets);
    return clean === events ? response : { ...response, events: [...clean] };
  }
  if (body === undefined) {
    const clean = redactText(text ?? '', secrets);
    return text === undefined || clean === text ? response : { ...response, text: clean };
  }
  const clean = redactValue(body, secrets);
  if (clean === body && redactRaw(raw, secrets) === raw) return response;
  const { raw: _, ...rest } = response;
  return { ...rest, body: clean };
}

/** What tells which account was used. */
const accountHeaders: ReadonlySet<string> = new Set([
  'openai-organization',
  'openai-project',
  'anthropic-organization-id',
  'x-organization-id',
]);

function redactHeaders(
  headers: RecordedResponse['headers'],
  secrets: Secrets,
): RecordedResponse['headers'] {
  const kept = Object.entries(headers).map(([name, value]) => {
    const isSecret = secrets.isName(name) || accountHeaders.has(name);
    return [name, isSecret ? redacted : redactText(value, secrets)] as const;
  });
  return kept.every(([name, value]) => headers[name] === value)
    ? headers
    : Object.fromEntries(kept);
}

/** As it came: not only JSON, and with members that come twice. */
function redactRaw(raw: string | undefined, secrets: Secrets): string | undefined {
  if (raw === undefined) return undefined;
  const spans = mergeSpans([...findSecretMembers(raw, secrets), ...findSecrets(raw, secrets)]);
  return hideSpans(raw, spans);
}

/** First the texts that are spread over events, then each event by itself. */
function redactEvents(
  events: readonly RecordedEvent[],
  secrets: Secrets,
): readonly RecordedEvent[] {
  const clean = redactChannels(events, secrets).map((event) => redactEvent(event, secrets));
  return clean.every((event, index) => event === events[index]) ? events : clean;
}

function redactChannels(
  events: readonly RecordedEvent[],
  secrets: Secrets,
): readonly RecordedEvent[] {
  const changed = new Map<number, RecordedEvent>();
  for (const { pieces, text } of listChannels(events)) {
    const spans = findSecrets(text, secrets);
    if (spans.length === 0) continue;
    let offset = 0;
    for (const { index, path, text: piece } of pieces) {
      const hidden = hideSpans(piece, spans, offset);
      offset += piece.length;
      const event = changed.get(index) ?? events[index];
      if (hidden === piece || event?.data === undefined) continue;
      const { raw: _, ...rest } = event;
      changed.set(index, { ...rest, data: writeAt(event.data, path, hidden) });
    }
  }
  return changed.size === 0 ? events : events.map((event, index) => changed.get(index) ?? event);
}

function redactEvent(event: RecordedEvent, secrets: Secrets): RecordedEvent {
  const { raw, data, ...rest } = event;
  const clean = data === undefined ? undefined : redactValue(data, secrets);
  const cleanRaw = redactRaw(raw, secrets);
  if (clean === data && cleanRaw === raw) return event;
  return clean === undefined ? { ...rest, raw: cleanRaw } : { ...rest, data: clean };
}

/** The value itself where nothing in it is secret. */
function redactValue<Value extends JsonValue>(value: Value, secrets: Secrets): Value {
  if (typeof value === 'string') return redactText(value, secrets) as Value; // a text for a text
  if (Array.isArray(value)) {
    const items = value.map((item) => redactValue(item, secrets));
    return items.every((item, at) => item === value[at]) ? value : (items as unknown as Value);
  }
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(([name, member]) => {
    const isSecret = secrets.isName(name) && !isTokenOfText(name, value);
    return [name, isSecret ? hide(member, secrets) : redactValue(member, secrets)] as const;
  });
  const isSame = members.every(([name, member]) => member === value[name]);
  return isSame ? value : (Object.fromEntries(members) as Value); // an object for an object
}

/** In log probabilities, `token` is a piece of the answer. */
function isTokenOfText(name: string, holder: JsonObject): boolean {
  return name === 'token' && typeof holder['logprob'] === 'number';
}

/** An object may be the schema of a secret, and is not one. */
function hide(value: JsonValue, secrets: Secrets): JsonValue {
  if (typeof value === 'string') return value === '' ? value : redacted;
  if (!Array.isArray(value)) return redactValue(value, secrets);
  const items = value.map((item) => hide(item, secrets));
  return items.every((item, at) => item === value[at]) ? value : items;
}

function writeAt(value: JsonValue, path: Path, text: string): JsonValue {
  const [step, ...rest] = path;
  if (step === undefined) return text;
  if (Array.isArray(value)) {
    return value.map((item, at) => (at === step ? writeAt(item, rest, text) : item));
  }
  const members = Object.entries(isJsonObject(value) ? value : {}).map(([name, member]) => [
    name,
    name === step ? writeAt(member, rest, text) : member,
  ]);
  return Object.fromEntries(members);
}

/** Its length has changed, and where it was cut on its way has lost its meaning. */
function measureAgain({ chunks, ...response }: RecordedResponse): RecordedResponse {
  const bytes = playBack(response).chunks.reduce((sum, chunk) => sum + chunk.bytes.length, 0);
  const { atMs } = chunks?.at(-1) ?? response;
  const isLater = atMs !== response.atMs && !response.events && bytes > 0;
  return {
    ...response,
    headers: response.cut ? response.headers : correctLength(response.headers, bytes),
    ...(isLater && { chunks: [{ atMs, bytes }] }),
  };
}

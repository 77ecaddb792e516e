import { isJsonObject, type JsonObject, type JsonValue } from '../exchange/json.ts';
import type { Usage } from '../exchange/reply.ts';
import type { RecordedResponse } from './cassette.ts';

/** What a recorded answer says, whichever format and form it has. */
export interface Spoken {
  readonly text: string;
  /** Whether it shows reasoning. */
  readonly thinking: boolean;
  readonly callIds: readonly string[];
  readonly usage?: Usage | undefined;
}

/** A recording answers many requests, and each is read many times. */
const read = new WeakMap<RecordedResponse, Spoken>();

export function readSpoken(response: RecordedResponse): Spoken {
  const spoken = read.get(response) ?? hear(response);
  read.set(response, spoken);
  return spoken;
}

function hear({ body, events = [] }: RecordedResponse): Spoken {
  const frames = [body, ...events.map(({ data }) => data)].filter(isJsonObject);
  const parts = frames.flatMap((frame) => [...listChatParts(frame), ...listBlocks(frame)]);
  return {
    text: parts.map(textOf).join(''),
    thinking: parts.some(isThinking),
    callIds: parts.flatMap(listCallIds),
    usage: readUsage(frames),
  };
}

/** The messages of a chat, or what a chunk adds to them; of the first choice alone. */
function listChatParts({ choices }: JsonObject): readonly JsonObject[] {
  return listObjects(choices)
    .filter(({ index = 0 }) => index === 0)
    .flatMap(({ message, delta }) => [message, delta].filter(isJsonObject));
}

/** The blocks of a message, or what an event adds to them. */
function listBlocks({ content, content_block: block, delta }: JsonObject): readonly JsonObject[] {
  return [...listObjects(content), ...[block, delta].filter(isJsonObject)];
}

function textOf({ content, text }: JsonObject): string {
  return [content, text].filter((each) => typeof each === 'string').join('');
}

function isThinking(part: JsonObject): boolean {
  if (part['type'] === 'thinking' || part['type'] === 'redacted_thinking') return true;
  return typeof part['reasoning_content'] === 'string' && part['reasoning_content'] !== '';
}

function listCallIds({ type, id, tool_calls: calls }: JsonObject): readonly string[] {
  const own = type === 'tool_use' ? [id] : [];
  const ids = [...own, ...listObjects(calls).map((call) => call['id'])];
  return ids.filter((each) => typeof each === 'string');
}

/** Of a stream: its events tell it in parts, and the last word counts. */
function readUsage(frames: readonly JsonObject[]): Usage | undefined {
  const told = frames.flatMap(({ usage, message }) =>
    [usage, isJsonObject(message) ? message['usage'] : undefined].filter(isJsonObject),
  );
  if (told.length === 0) return undefined;
  const usage: JsonObject = Object.assign({}, ...told);
  const { prompt_tokens_details: asked, completion_tokens_details: answered } = usage;
  const cached = count(usage['cache_read_input_tokens']) || countIn(asked, 'cached_tokens');
  const fresh = count(usage['input_tokens']) + count(usage['cache_read_input_tokens']);
  return {
    input: count(usage['prompt_tokens']) || fresh,
    cached,
    output: count(usage['completion_tokens']) || count(usage['output_tokens']),
    reasoning: countIn(answered, 'reasoning_tokens'),
  };
}

function count(value: JsonValue | undefined): number {
  return typeof value === 'number' ? value : 0;
}

function countIn(details: JsonValue | undefined, name: string): number {
  return isJsonObject(details) ? count(details[name]) : 0;
}

function listObjects(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

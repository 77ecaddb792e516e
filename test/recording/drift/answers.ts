import type { JsonObject, JsonValue } from '../../../src/exchange/json.ts';
import type { RecordedResponse } from '../../../src/recording/cassette.ts';

const usage = {
  completion_tokens: 3,
  prompt_tokens: 5,
  total_tokens: 8,
  completion_tokens_details: { reasoning_tokens: 0 },
  prompt_tokens_details: {
    cached_tokens: 0,
    audio_tokens: 0,
    image_tokens: 0,
    video_tokens: 0,
    text_tokens: 5,
    cache_write_tokens: 0,
  },
};
const id = '725f48ccd59a4d0ab6261a399f1c6541';

export function whole(body: JsonValue, status = 200): RecordedResponse {
  return { status, headers: { 'content-type': 'application/json' }, atMs: 10, body };
}

/** A chat answer with this message. */
export function completion(message: JsonObject = {}, finish_reason = 'stop'): JsonObject {
  const said = { role: 'assistant', content: 'Meow.', ...message };
  const choice = { delta: null, index: 0, finish_reason, matched_stop: 2, logprobs: null };
  return {
    id,
    object: 'chat.completion',
    created: 1,
    model: 'LongCat-2.0',
    choices: [{ ...choice, message: said }],
    usage,
    lastOne: false,
  };
}

export const call: JsonObject = {
  id: 'call_1',
  index: 0,
  type: 'function',
  function: { name: 'get_weather', arguments: '{}' },
};

export function stream(...events: readonly JsonValue[]): RecordedResponse {
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    atMs: 10,
    events: events.map((data, index) => ({ atMs: 10 + index, data })),
  };
}

export function chunk(delta: JsonObject, finish_reason: string | null = null): JsonObject {
  const choice = { delta, index: 0, finish_reason, matched_stop: null, logprobs: null };
  return {
    id,
    object: 'chat.completion.chunk',
    created: 1,
    model: 'LongCat-2.0',
    choices: [choice],
    lastOne: false,
  };
}

export const usageChunk: JsonObject = { ...chunk({}), choices: [], usage, lastOne: true };
export const opening = chunk({ role: 'assistant', content: '' });

/** A chat stream around these deltas. */
export function chat(deltas: readonly JsonObject[], finish = 'stop'): RecordedResponse {
  const pieces = deltas.map((delta) => chunk(delta));
  return stream(opening, ...pieces, chunk({}, finish), usageChunk, '[DONE]');
}

/** A message stream, each event by the name of its type. */
export function messages(...events: readonly JsonObject[]): RecordedResponse {
  return {
    ...stream(),
    events: events.map((data, index) => ({
      atMs: index,
      event: String(data['type']),
      data,
    })),
  };
}

export const start: JsonObject = {
  type: 'message_start',
  message: {
    id: `msg_${id}`,
    type: 'message',
    role: 'assistant',
    content: [],
    model: 'LongCat-2.0',
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: 5, output_tokens: 0 },
  },
};
export const ping: JsonObject = { type: 'ping' };
export const over: JsonObject = { type: 'message_stop' };

export function ended(stop_reason: string): JsonObject {
  const delta = { stop_reason, stop_sequence: null };
  return { type: 'message_delta', delta, usage: { output_tokens: 3 } };
}

export function textBlock(index: number, ...pieces: readonly string[]): JsonObject[] {
  return block(
    { index, block: { type: 'text', text: '' } },
    pieces.map((text) => ({ type: 'text_delta', text })),
  );
}

export function toolBlock(index: number, ...pieces: readonly string[]): JsonObject[] {
  return block(
    { index, block: { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: {} } },
    pieces.map((partial_json) => ({ type: 'input_json_delta', partial_json })),
  );
}

function block(
  { index, block: content_block }: { readonly index: number; readonly block: JsonObject },
  deltas: readonly JsonObject[],
): JsonObject[] {
  return [
    { type: 'content_block_start', index, content_block },
    ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ];
}

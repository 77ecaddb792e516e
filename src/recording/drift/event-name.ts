import { isJsonObject, type JsonObject, type JsonValue } from '../../exchange/json.ts';
import type { RecordedEvent } from '../cassette.ts';

/** An event of a stream that has a payload, and its kind. */
export interface NamedEvent {
  readonly name: string;
  readonly data: JsonValue;
  /** The field of the frame. */
  readonly field?: string | undefined;
}

/**
 * The kind of each event, by its payload: in a message stream its type and that of the block it
 * belongs to, such as `content_block_delta/text_delta`; in a chat stream the path of the member
 * that makes it what it is, such as `choices[].delta.content`. Other texts are `text`.
 */
export function nameEvents(events: readonly RecordedEvent[]): NamedEvent[] {
  const opened = new Map<JsonValue | undefined, string>();
  return events.flatMap(({ event: field, data }): NamedEvent[] => {
    if (data === undefined) return [];
    const name = nameEvent(data);
    if (!isJsonObject(data)) return [{ name, data, field }];
    const { index } = data;
    const [type, block] = name.split('/');
    if (type === 'content_block_start' && block !== undefined) opened.set(index, block);
    const closed = type === 'content_block_stop' ? opened.get(index) : undefined;
    return [{ name: closed === undefined ? name : `${name}/${closed}`, data, field }];
  });
}

function nameEvent(data: JsonValue): string {
  if (data === '[DONE]') return '[DONE]';
  if (!isJsonObject(data)) return 'text';
  const { type, choices } = data;
  if (typeof type === 'string') return nameTyped(type, data);
  if (Array.isArray(choices)) return nameChunk(data, choices.filter(isJsonObject));
  return 'error' in data ? 'error' : 'other';
}

function nameTyped(type: string, { content_block: block, delta }: JsonObject): string {
  const carried = [block, delta].filter(isJsonObject).map((part) => part['type']);
  const [kind] = carried.filter((name) => typeof name === 'string');
  return kind === undefined ? type : `${type}/${kind}`;
}

function nameChunk(data: JsonObject, choices: readonly JsonObject[]): string {
  const [choice] = choices;
  if (!choice) return data['usage'] ? 'usage' : 'choices';
  if (choice['finish_reason']) return 'choices[].finish_reason';
  const { delta } = choice;
  return isJsonObject(delta) ? `choices[].delta${nameDelta(delta)}` : 'choices[]';
}

const contents = ['tool_calls', 'reasoning_content', 'content'] as const;

/** What a delta says names it; where it says nothing, its role, and else whatever it has. */
function nameDelta(delta: JsonObject): string {
  const names = Object.keys(delta);
  const spoken = contents.find((name) => !isEmpty(delta[name]));
  const silent = 'role' in delta ? 'role' : names.find((name) => !isEmpty(delta[name]));
  const name = spoken ?? silent ?? names[0];
  return name === undefined ? '' : `.${name}`;
}

function isEmpty(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === '';
}

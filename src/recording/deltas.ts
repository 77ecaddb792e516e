import { isJsonObject, type JsonValue } from '../exchange/json.ts';
import type { RecordedEvent } from './cassette.ts';
import type { Path } from './place.ts';

/** A text that a stream sends piece by piece. */
export interface Channel {
  /** Such as `choices#0.delta.content`. */
  readonly name: string;
  readonly text: string;
  readonly pieces: readonly Piece[];
}

interface Piece {
  /** Of the event. */
  readonly index: number;
  /** In its data. */
  readonly path: Path;
  readonly text: string;
}

/**
 * The texts under `delta` of a stream, each put together. Choices, tool calls and content blocks are
 * told apart by their `index`, which both formats give them.
 */
export function listChannels(events: readonly RecordedEvent[]): readonly Channel[] {
  const channels = new Map<string, Piece[]>();
  for (const [index, { data }] of events.entries()) {
    if (data === undefined) continue;
    visit({ value: data, path: [], name: '', isDelta: false }, (name, path, text) => {
      const pieces = channels.get(name) ?? [];
      pieces.push({ index, path, text });
      channels.set(name, pieces);
    });
  }
  return [...channels].map(([name, pieces]) => {
    return { name, pieces, text: pieces.map(({ text }) => text).join('') };
  });
}

interface Branch {
  readonly value: JsonValue;
  readonly path: Path;
  readonly name: string;
  readonly isDelta: boolean;
}

type Found = (name: string, path: Path, text: string) => void;

function visit({ value, path, name, isDelta }: Branch, found: Found): void {
  if (typeof value === 'string' && isDelta) found(name, path, value);
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) {
      const own = isJsonObject(item) && 'index' in item ? name : `${name}[${at}]`;
      visit({ value: item, path: [...path, at], name: own, isDelta }, found);
    }
    return;
  }
  if (!isJsonObject(value)) return;
  const { index } = value;
  const numbered = typeof index === 'number' ? `${name}#${index}` : name;
  for (const [key, member] of Object.entries(value)) {
    const own = numbered === '' ? key : `${numbered}.${key}`;
    const inDelta = isDelta || key === 'delta';
    visit({ value: member, path: [...path, key], name: own, isDelta: inDelta }, found);
  }
}

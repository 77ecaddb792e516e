import { readNumber, readObject, readObjects, readText } from '../dialect/read.ts';
import type { JsonObject, JsonValue } from '../exchange/json.ts';
import type { Step } from '../scenario/step-schema.ts';
import type { SentEvent } from './events.ts';
import type { Loss } from './leftover.ts';
import { endStream, readFrames } from './read-stream.ts';
import type { Spoken, SpokenCall } from './spoken.ts';

/** Whether a body is a whole answer of this format. */
export function isMessage(body: JsonObject): boolean {
  return body['type'] === 'message' && Array.isArray(body['content']);
}

/** What a whole answer said. */
export function readMessage(body: JsonObject): Spoken {
  const blocks = readObjects(body['content']);
  const { thinking, texts, calls } = readBlocks(blocks);
  return {
    thinking,
    text: texts.length === 0 && thinking !== '' ? null : texts.join(''),
    calls,
    finish: readStop(body['stop_reason']),
    usage: readUsage(readObject(body['usage'])),
    losses: [
      ...findBlockLosses(blocks),
      ...findStopLosses(body['stop_reason']),
      ...findUsageLosses(readObject(body['usage'])),
    ],
  };
}

/** What a streamed answer said, and how it ended. */
export function readMessageStream(events: readonly SentEvent[]): Spoken {
  const { frames, losses: broken } = readFrames(events);
  const deltas = ofType(frames, 'content_block_delta');
  const pieces = deltas
    .map(({ delta }) => readText(readObject(delta)['text']) ?? '')
    .filter(Boolean);
  const blocks = gatherBlocks(frames);
  const { thinking, texts, calls } = readBlocks(blocks);
  const start = readObject(ofType(frames, 'message_start')[0]?.['message']);
  const last = ofType(frames, 'message_delta').at(-1) ?? {};
  const usage = { ...readObject(start['usage']), ...readObject(last['usage']) };
  const stop = readObject(last['delta'])['stop_reason'];
  const spoken = {
    thinking,
    text: texts.length === 0 && thinking !== '' ? null : texts.join(''),
    pieces,
    calls,
    finish: readStop(stop),
    usage: readUsage(usage),
  };
  const [error] = ofType(frames, 'error');
  const end = endStream(spoken, { error, ended: ofType(frames, 'message_stop').length > 0 });
  return {
    ...spoken,
    // What was counted before a stream broke off is not the count of the answer.
    usage: spoken.finish === undefined ? undefined : spoken.usage,
    fault: end.fault,
    losses: [
      ...broken,
      ...findBlockLosses(blocks),
      ...findStopLosses(stop),
      ...findUsageLosses(usage),
      ...end.losses,
    ],
  };
}

function ofType(frames: readonly JsonObject[], type: string): readonly JsonObject[] {
  return frames.filter((frame) => frame['type'] === type);
}

interface Blocks {
  readonly thinking: string;
  readonly texts: readonly string[];
  readonly calls: readonly SpokenCall[];
}

/** LongCat’s documented form has the reasoning inside of the text block. */
function readBlocks(blocks: readonly JsonObject[]): Blocks {
  return {
    thinking: blocks.map(({ thinking }) => readText(thinking) ?? '').join(''),
    texts: blocks.map(({ text }) => readText(text) ?? '').filter(Boolean),
    calls: blocks
      .filter(({ type }) => type === 'tool_use')
      .map(({ name, input }) => ({
        name: readText(name) ?? '',
        input: typeof input === 'string' ? input : JSON.stringify(input ?? {}),
      })),
  };
}

/** Blocks grow by their index; a vendor may leave out the event that opens one. */
function gatherBlocks(frames: readonly JsonObject[]): readonly JsonObject[] {
  const blocks = new Map<number, JsonObject>();
  for (const frame of frames) {
    const index = readNumber(frame['index']) ?? 0;
    if (frame['type'] === 'content_block_start') {
      blocks.set(index, openBlock(readObject(frame['content_block'])));
    }
    if (frame['type'] === 'content_block_delta') {
      blocks.set(index, grow(blocks.get(index) ?? { type: 'text' }, readObject(frame['delta'])));
    }
  }
  return [...blocks].toSorted(([left], [right]) => left - right).map(([, block]) => block);
}

/** The input of a call comes as text, after an empty object that stands for it. */
function openBlock(block: JsonObject): JsonObject {
  return block['type'] === 'tool_use' ? { ...block, input: '' } : block;
}

const growing = { text_delta: 'text', thinking_delta: 'thinking' } as const;

function grow(block: JsonObject, delta: JsonObject): JsonObject {
  if (delta['type'] === 'input_json_delta') {
    const input = (readText(block['input']) ?? '') + (readText(delta['partial_json']) ?? '');
    return { ...block, input };
  }
  if (delta['type'] === 'citations_delta') return { ...block, citations: [{}] };
  const name = growing[delta['type'] as keyof typeof growing]; // undefined for any other
  if (name === undefined) return block;
  return { ...block, [name]: (readText(block[name]) ?? '') + (readText(delta[name]) ?? '') };
}

function readStop(reason: JsonValue | undefined): Spoken['finish'] {
  if (typeof reason !== 'string') return undefined;
  if (reason === 'max_tokens') return 'length';
  return reason === 'tool_use' ? 'tool_calls' : 'stop';
}

function readUsage(usage: JsonObject): Step['usage'] {
  const fresh = readNumber(usage['input_tokens']);
  const cached = readNumber(usage['cache_read_input_tokens']) ?? 0;
  const written = readNumber(usage['cache_creation_input_tokens']) ?? 0;
  const output = readNumber(usage['output_tokens']);
  return {
    ...(fresh !== undefined && { input: fresh + cached + written }),
    ...(output !== undefined && { output }),
    ...(cached > 0 && { cached }),
  };
}

/** In the order in which a fixture says them. */
const knownBlocks: readonly unknown[] = ['thinking', 'text', 'tool_use'];
const knownStops = ['end_turn', 'max_tokens', 'tool_use'];

function findBlockLosses(blocks: readonly JsonObject[]): readonly Loss[] {
  const strange = new Set(
    blocks.map(({ type }) => type).filter((type) => !knownBlocks.includes(type)),
  );
  const order = blocks.map(({ type }) => knownBlocks.indexOf(type)).filter((rank) => rank >= 0);
  const disordered = order.some((rank, index) => rank < (order[index - 1] ?? 0));
  const citations = blocks.some((block) => block['citations']);
  return [
    ...[...strange].map((type) => ({
      what: `a block of type "${type}"`,
      why: 'LongCat’s answers have none like it',
    })),
    ...(disordered
      ? [{ what: 'the order of the blocks', why: 'a fixture says thinking, text, then calls' }]
      : []),
    ...(citations ? [{ what: 'citations', why: 'LongCat’s answers have none' }] : []),
  ];
}

function findStopLosses(reason: JsonValue | undefined): readonly Loss[] {
  if (typeof reason !== 'string' || knownStops.includes(reason)) return [];
  const why = 'fixtures have no word for it; the answer finishes with "end_turn"';
  return [{ what: `stop_reason "${reason}"`, why }];
}

function findUsageLosses(usage: JsonObject): readonly Loss[] {
  const written = readNumber(usage['cache_creation_input_tokens']) ?? 0;
  if (written === 0) return [];
  const why = 'the tokens count as plain input; LongCat writes no cache';
  return [{ what: 'cache_creation_input_tokens', why }];
}

import { expect } from 'vitest';
import { Message } from '../../src/contract/anthropic/response.ts';
import { MessageStreamEvent } from '../../src/contract/anthropic/stream.ts';
import { ErrorBody } from '../../src/contract/errors.ts';
import { ChatCompletion } from '../../src/contract/openai/response.ts';
import { ChatChunk } from '../../src/contract/openai/stream.ts';
import type { Received } from './wire.ts';

export const page404 =
  '<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n' +
  '<hr><center>openresty</center>\r\n</body>\r\n</html>\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n';
export const missingKey =
  '{"error":{"code":"invalid_api_key","message":"missing_api_key","type":"authentication_error"}}';
export const unsupportedModel =
  '{"error":{"message":"Unsupported model","type":"invalid_request_error","code":"invalid_parameter"}}';
export const invalidJson =
  '{"error":{"message":"json format error","type":"invalid_request_error","code":"invalid_format"}}';

/** LongCat's page for a path that it does not have. */
export function expectNotFound(received: Received): void {
  expect(received.body).toBe(page404);
  expect(received.status).toBe(404);
  expect(received.headers['content-type']).toBe('text/html');
}

/** An error with exactly this body. */
export function expectError(received: Received, status: number, body: string): void {
  expect(received.body).toBe(body);
  expect(received.status).toBe(status);
  expect(received.headers['content-type']).toBe('application/json');
  ErrorBody.parse(JSON.parse(body));
}

export function readCompletion(received: Received): ChatCompletion {
  const value = readJson(received);
  ChatCompletion.parse(value);
  return value as ChatCompletion; // as sent: the schema would give its own order of members
}

/** The only choice of a whole answer. */
export function readChoice(received: Received): ChatCompletion['choices'][number] {
  const [choice, ...others] = readCompletion(received).choices;
  if (!choice) throw new Error('An answer without choices.');
  expect(others).toEqual([]);
  return choice;
}

export function readMessage(received: Received): Message {
  const value = readJson(received);
  Message.parse(value);
  return value as Message; // as sent
}

function readJson({ status, headers, body }: Received): unknown {
  expect(body).toMatch(/^\{.*\}$/);
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('application/json');
  return JSON.parse(body);
}

/** The chunks of a chat stream, which holds frames of one line each and `[DONE]`, and no other byte. */
export function readChunks({ status, headers, body }: Received): ChatChunk[] {
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/event-stream');
  expect(body).toMatch(/^(?:data: \{[^\r\n]*\}\n\n)*data: \[DONE\]\n\n$/);
  const frames = body.split('\n\n').slice(0, -2);
  return frames.map((frame) => {
    const value = JSON.parse(frame.slice('data: '.length));
    ChatChunk.parse(value);
    return value;
  });
}

type ChunkChoice = ChatChunk['choices'][number];

/** What the chunks of a stream say, one after the other. */
export function listChoices(chunks: readonly ChatChunk[]): ChunkChoice[] {
  return chunks.flatMap(({ choices }) => choices);
}

export function joinContent(choices: readonly ChunkChoice[]): string {
  return choices.map(({ delta }) => delta.content ?? '').join('');
}

/** The events of a message stream, each named after its type, and no other byte. */
export function readEvents({ status, headers, body }: Received): MessageStreamEvent[] {
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/event-stream');
  expect(body).toMatch(/^(?:event: \w+\ndata: \{[^\r\n]*\}\n\n)+$/);
  const frames = body.split('\n\n').slice(0, -1);
  return frames.map((frame) => {
    const [, name, data = ''] = /^event: (\w+)\ndata: (.*)$/.exec(frame) ?? [];
    const value = JSON.parse(data);
    MessageStreamEvent.parse(value);
    expect(name).toBe(value.type);
    return value;
  });
}

type EventOf<Type> = Extract<MessageStreamEvent, { type: Type }>;

/** The one event of a type. */
export function only<Type extends MessageStreamEvent['type']>(
  events: readonly MessageStreamEvent[],
  type: Type,
): EventOf<Type> {
  const [event, ...others] = events.filter(
    (candidate): candidate is EventOf<Type> => candidate.type === type,
  );
  if (!event || others.length > 0) throw new Error(`Not one event of the type ${type}.`);
  return event;
}

type BlockDelta = Extract<MessageStreamEvent, { type: 'content_block_delta' }>['delta'];

export interface StreamedBlock {
  readonly type: string;
  readonly deltas: readonly BlockDelta[];
}

/** The blocks of a message stream; opening, filling and closing them in any other order fails. */
export function readBlocks(events: readonly MessageStreamEvent[]): StreamedBlock[] {
  const blocks: { type: string; deltas: BlockDelta[] }[] = [];
  let open = -1;
  for (const event of events) {
    if (event.type === 'content_block_start') {
      expect([open, event.index]).toEqual([-1, blocks.length]);
      open = event.index;
      blocks.push({ type: event.content_block.type, deltas: [] });
    }
    if (event.type === 'content_block_delta') {
      expect(event.index).toBe(open);
      blocks[open]?.deltas.push(event.delta);
    }
    if (event.type === 'content_block_stop') {
      expect(event.index).toBe(open);
      open = -1;
    }
  }
  expect(open).toBe(-1);
  return blocks;
}

/** The text of the text blocks. */
export function textOf({ content }: Message): string {
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}

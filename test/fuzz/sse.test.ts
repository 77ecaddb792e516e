import { Stream as AnthropicStream } from '@anthropic-ai/sdk/streaming';
import { Stream as AnthropicStream0 } from 'anthropic-0/streaming';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import fc from 'fast-check';
import { Stream as OpenAIStream } from 'openai/streaming';
import { Stream as OpenAIStream6 } from 'openai-6/streaming';
import { expect, it } from 'vitest';
import { splitText } from '../../src/exchange/delivery.ts';
import { toReadable } from '../../src/http/flow.ts';
import { streamEvents } from '../../src/http/sse.ts';
import { anyJson, anyText } from './json.ts';
import { patience, runs } from './runs.ts';

const payloads = fc.array(fc.record({ text: anyText, value: anyJson }), { maxLength: 20 });

/** The sizes of the chunks, over and over: byte by byte, or split anywhere. */
const sizes = fc.oneof(
  fc.constant([1]),
  fc.array(fc.nat(40), { minLength: 1, maxLength: 20 }).filter((list) => list.some(Boolean)),
);

/** The same bytes in chunks of other sizes. */
async function rechunk(
  stream: ReadableStream<Uint8Array>,
  sizes: readonly number[],
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let start = 0;
  let turn = 0;
  return new ReadableStream({
    pull(controller) {
      const size = sizes[turn % sizes.length] ?? 1;
      controller.enqueue(bytes.slice(start, start + size));
      start += size;
      turn += 1;
      if (start >= bytes.length) controller.close();
    },
  });
}

type Reader = (response: Response) => Promise<unknown[]>;

const chatReaders: [string, Reader][] = [
  ['eventsource-parser', readByParser],
  ['openai 7', readBy(OpenAIStream)],
  ['openai 6', readBy(OpenAIStream6)],
];

const messageReaders: [string, Reader][] = [
  ['eventsource-parser', readByParser],
  ['anthropic 1', readBy(AnthropicStream)],
  ['anthropic 0', readBy(AnthropicStream0)],
];

async function readByParser({ body }: Response): Promise<unknown[]> {
  const read: unknown[] = [];
  const events = body
    ?.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>) // as fetch has it
    .pipeThrough(new EventSourceParserStream());
  for await (const { data } of events ?? []) {
    if (data !== '[DONE]') read.push(JSON.parse(data));
  }
  return read;
}

interface StreamClass {
  fromSSEResponse(response: Response, controller: AbortController): AsyncIterable<unknown>;
}

function readBy(Stream: StreamClass): Reader {
  return async (response) => {
    const read: unknown[] = [];
    const stream = Stream.fromSSEResponse(response, new AbortController());
    for await (const payload of stream) read.push(payload);
    return read;
  };
}

it.each(chatReaders)(
  '%s reads chat events as written, however the bytes are split',
  async (...[, read]) => {
    await fc.assert(
      fc.asyncProperty(payloads, sizes, async (sent, sizes) => {
        const events = [...sent.map((data) => ({ data })), { data: '[DONE]' as const }];
        const bytes = await rechunk(toReadable(streamEvents(events)), sizes);
        expect(JSON.stringify(await read(new Response(bytes)))).toBe(JSON.stringify(sent));
      }),
      runs(150),
    );
  },
  patience,
);

it.each(messageReaders)(
  '%s reads message events as written, however the bytes are split',
  async (...[, read]) => {
    await fc.assert(
      fc.asyncProperty(payloads, sizes, async (sent, sizes) => {
        const event = 'content_block_delta';
        const events = sent.map(({ text, value }) => ({
          event,
          data: { type: event, text, value },
        }));
        const bytes = await rechunk(toReadable(streamEvents(events)), sizes);
        const read_ = await read(new Response(bytes));
        expect(JSON.stringify(read_)).toBe(JSON.stringify(events.map(({ data }) => data)));
      }),
      runs(150),
    );
  },
  patience,
);

it(
  'the pieces of any text spell it, and none is empty or splits a pair',
  () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          fc.array(anyText).map((texts) => texts.join('')),
        ),
        (text) => {
          const pieces = splitText(text);
          expect(pieces.join('')).toBe(text);
          expect(pieces).not.toContain('');
          // A pair that is split adds a unit to either side that is no character.
          const characters = pieces.flatMap((piece) => [...piece]);
          expect(characters).toEqual([...text]);
        },
      ),
      runs(1000),
    );
  },
  patience,
);

import { expect } from 'vitest';
import { MessageStreamEvent } from '../../src/contract/anthropic/stream.ts';
import { renderError } from '../../src/contract/errors.ts';
import { ChatStreamEvent } from '../../src/contract/openai/stream.ts';
import { startLongCatMock } from '../../src/index.ts';
import type { FixtureInput } from '../../src/scenario/schema.ts';
import { chatPath } from '../ask.ts';
import { script } from '../script.ts';
import {
  expectError,
  listChoices,
  missingKey,
  readBlocks,
  readChoice,
  readChunks,
  readEvents,
  unsupportedModel,
} from './answers.ts';
import type { Row } from './row.ts';
import { createWire, type Wire, writeBody, writeRequest } from './wire.ts';

/** Cases 38 to 43: how a stream begins, breaks and ends, and what its frames may hold. */
export const streams: readonly Row[] = [
  {
    number: 38,
    title: 'what fails before the first byte of a stream has its real status and a JSON body',
    async prove({ chat, message }) {
      for (const post of [chat, message]) {
        const stream = true;
        expectError(await post({ stream }, { authorization: undefined }), 401, missingKey);
        expectError(await post({ stream, model: 'other' }), 400, unsupportedModel);
      }
    },
  },
  {
    number: 39,
    title: 'an error within a stream is one frame in the format’s own form, and the last',
    async prove() {
      for (const error of ['internal_error', 'rate_limit_exceeded', 'quota_exhausted'] as const) {
        const fault = { type: 'STREAM_ERROR_EVENT', afterChunks: 1, error } as const;
        await withStream({ text: 'Half an answer.', fault }, async ({ chat, message }) => {
          const { body } = renderError(error);
          const chatted = await chat({ stream: true });
          const answered = await message({ stream: true });

          expect(chatted.body.endsWith(`data: ${body}\n\n`)).toBe(true);
          const event = { type: 'error', ...JSON.parse(body) };
          const frame = `event: error\ndata: ${JSON.stringify(event)}\n\n`;
          expect(answered.body.endsWith(frame)).toBe(true);
          ChatStreamEvent.parse(JSON.parse(body));
          MessageStreamEvent.parse(event);
        });
      }
      expect(ChatStreamEvent.safeParse({ type: 'error', message: 'flat' }).success).toBe(false);
    },
  },
  {
    number: 40,
    title: 'no stream ends early by itself: each has its last frame and the last HTTP chunk',
    async prove({ chat, message }) {
      for (const request of [{}, { max_tokens: 0 }, { max_tokens: 3 }, { stop: ' ' }, { n: 40 }]) {
        const { body } = await chat({ ...request, stream: true });
        expect(body.endsWith('data: [DONE]\n\n')).toBe(true);
        const events = readEvents(await message({ ...request, stream: true }));
        expect(events.at(-1)).toEqual({ type: 'message_stop' });
      }
    },
  },
  {
    number: 40,
    title: 'a stream is cut short when it is asked for, and its connection closes in good order',
    async prove() {
      const fault = { type: 'STREAM_TRUNCATE', afterChunks: 1 } as const;
      await withStream({ text: 'Half of a whole answer.', fault }, async ({ chat, message }) => {
        const chatted = await chat({ stream: true });
        const answered = await message({ stream: true });

        expect(chatted.body).toContain('"content":"Half of a');
        expect(chatted.body).not.toMatch(/finish_reason":"|DONE/);
        expect(answered.body).not.toMatch(/message_delta|message_stop/);
      });
    },
  },
  {
    number: 41,
    title: 'no frame splits a character, whatever the request’s packets split',
    async prove({ open, message }) {
      for (const content of ['a', 'ab', '猫'].map((head) => head + '😀'.repeat(25))) {
        const request = { stream: true, messages: [{ role: 'user', content }] };
        const bytes = writeRequest({ path: chatPath, body: writeBody(request) });
        const middle = bytes.indexOf('😀') + 2;
        const connection = await open();
        await connection.write(bytes.subarray(0, middle));
        await connection.write(bytes.subarray(middle));
        const choices = listChoices(readChunks(await connection.readAnswer()));
        connection.destroy();
        const thinking = { type: 'enabled' };
        const [block] = readBlocks(readEvents(await message({ ...request, thinking })));

        const thoughts = (block?.deltas ?? []).map((delta) =>
          delta.type === 'thinking_delta' ? delta.thinking : '',
        );
        const reasoning = choices.map(({ delta }) => delta.reasoning_content ?? '');
        for (const pieces of [thoughts, reasoning]) {
          expect(pieces.join('')).toContain(content);
          expect(pieces.filter((piece) => !piece.isWellFormed())).toEqual([]);
        }
      }
    },
  },
  {
    number: 41,
    title: 'a long question is quoted without splitting its last character',
    async prove({ chat }) {
      const content = `a${' '.repeat(238)}😀 and more`;
      const { message } = readChoice(await chat({ messages: [{ role: 'user', content }] }));

      expect(message.reasoning_content?.isWellFormed()).toBe(true);
      expect(message.reasoning_content?.startsWith('\nThe user says: "a')).toBe(true);
    },
  },
  {
    number: 42,
    title: 'an invalid body that asks for a stream gets a 400 in JSON, with all its violations',
    async prove({ chat, message }) {
      const body =
        '{"error":{"message":"参数校验失败: \\n/messages: expected minimum item count: 1, found: 0\\n/top_p: 2 is not less or equal to 1\\n","type":"invalid_request_error","code":"invalid_parameter"}}';
      const request = { stream: true, messages: [], top_p: 2 };

      expectError(await chat(request), 400, body);
      expectError(await message(request), 400, body);
    },
  },
  {
    number: 43,
    title: 'a chat stream has no comments and no pings, and a message stream’s ping has data',
    decision: 'LongCat was seen to send no keep-alive comments: a fixture can add them.',
    async prove({ chat, message }) {
      const chatted = await chat({ stream: true });
      const events = readEvents(await message({ stream: true }));

      expect(chatted.body).not.toMatch(/^(?::|event|id|retry)/m);
      expect(events.filter(({ type }) => type === 'ping')).toEqual([{ type: 'ping' }]);
    },
  },
  {
    number: 43,
    title: 'a stream that falls silent sends comments in between when it is asked to',
    async prove() {
      const stream = { chunks: ['Hello', { text: '!', atMs: 50 }], heartbeatMs: 20 };
      await withStream({ stream }, async ({ chat, message }) => {
        for (const { body } of [await chat({ stream: true }), await message({ stream: true })]) {
          expect(body.match(/^: heartbeat\n\n/gm)).toHaveLength(2);
        }
      });
    },
  },
];

/** A mock on a socket whose every stream is scripted so. */
async function withStream(
  respond: FixtureInput['respond'],
  prove: (wire: Wire) => Promise<void>,
): Promise<void> {
  await using mock = await startLongCatMock({ port: 0 });
  script(mock, [{ id: 'scripted', match: { stream: true }, respond }]);
  await prove(createWire(mock.port));
}

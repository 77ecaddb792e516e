import { expect } from 'vitest';
import { MessageStreamEvent } from '../../src/contract/anthropic/stream.ts';
import { type ErrorName, renderError } from '../../src/contract/errors.ts';
import { ChatStreamEvent } from '../../src/contract/openai/stream.ts';
import { writeFrame } from '../../src/http/sse.ts';
import { chatPath } from '../ask.ts';
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
import { writeBody, writeRequest } from './wire.ts';

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
    title: 'an error within a stream is one frame in the format’s own form',
    decision:
      'No request breaks a stream off yet: the frame and its schema are held without a socket.',
    async prove() {
      const names: readonly ErrorName[] = [
        'internal_error',
        'rate_limit_exceeded',
        'quota_exhausted',
      ];
      for (const name of names) {
        const body = JSON.parse(renderError(name).body);
        const event = { type: 'error', ...body };
        ChatStreamEvent.parse(body);
        MessageStreamEvent.parse(event);
        expect(writeFrame({ data: body })).toBe(`data: ${renderError(name).body}\n\n`);
        expect(writeFrame({ event: 'error', data: event })).toBe(
          `event: error\ndata: ${JSON.stringify(event)}\n\n`,
        );
      }
      expect(ChatStreamEvent.safeParse({ type: 'error', message: 'flat' }).success).toBe(false);
    },
  },
  {
    number: 40,
    title: 'no stream ends early: each has its last frame and the last HTTP chunk',
    decision: 'Nothing cuts a stream short yet, so that its whole end is what can be held.',
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
    decision:
      'LongCat was seen to send no keep-alive comments, and nothing makes the mock fall silent yet.',
    async prove({ chat, message }) {
      const chatted = await chat({ stream: true });
      const events = readEvents(await message({ stream: true }));

      expect(chatted.body).not.toMatch(/^(?::|event|id|retry)/m);
      expect(events.filter(({ type }) => type === 'ping')).toEqual([{ type: 'ping' }]);
    },
  },
];

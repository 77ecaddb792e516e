import { expect } from 'vitest';
import { chatPath, hello, messagesPath } from '../ask.ts';
import {
  expectError,
  expectNotFound,
  invalidJson,
  missingKey,
  only,
  readChoice,
  readChunks,
  readCompletion,
  readEvents,
  readMessage,
  unsupportedModel,
} from './answers.ts';
import type { Row } from './row.ts';
import type { Received } from './wire.ts';

/** The body with its id blanked, which alone tells two askings of the same from each other. */
function withoutId(received: Received): string {
  return received.body.replace(readCompletion(received).id, '');
}

const wrongKey =
  '{"error":{"code":"invalid_api_key","message":"incorrect api key","type":"authentication_error"}}';
const paths = [chatPath, messagesPath];

/** Cases 1 to 9, 16 and 17: which request is answered at all, and by what. */
export const routing: readonly Row[] = [
  {
    number: 1,
    title: 'both chat paths give the same bytes',
    async prove({ send, chat }) {
      const short = await send({ path: '/openai/chat/completions', body: JSON.stringify(hello) });

      expect(withoutId(short)).toBe(withoutId(await chat()));
    },
  },
  {
    number: 2,
    title: 'a Bearer key counts on both formats, and x-api-key alone does not',
    decision:
      'LongCat answers 401 to x-api-key alone, in the one envelope that both formats share.',
    options: { acceptKeys: ['K'] },
    async prove({ chat, message }) {
      const key = 'Authorization: Bearer K';
      const bearer = { authorization: 'Bearer K' };
      for (const post of [chat, message]) {
        for (const also of [undefined, 'K', 'other', key]) {
          expect((await post({}, { ...bearer, 'x-api-key': also })).status).toBe(200);
        }
        for (const alone of [undefined, 'K', key]) {
          const headers = { authorization: undefined, 'x-api-key': alone };
          expectError(await post({}, headers), 401, missingKey);
        }
        expectError(await post({}, { authorization: 'Bearer k', 'x-api-key': 'K' }), 401, wrongKey);
      }
    },
  },
  {
    number: 2,
    title: 'with accept-x-api-key a key is read in every spelling, on both formats',
    options: { acceptKeys: ['K'], quirks: { 'accept-x-api-key': true } },
    async prove({ chat, message }) {
      for (const post of [chat, message]) {
        for (const alone of ['K', 'Bearer K', 'Authorization: Bearer K']) {
          const headers = { authorization: undefined, 'x-api-key': alone };
          expect((await post({}, headers)).status).toBe(200);
        }
        expectError(await post({}, { authorization: undefined }), 401, missingKey);
      }
    },
  },
  {
    number: 3,
    title: 'the body alone decides whether an answer is streamed',
    async prove({ chat, message }) {
      for (const accept of [undefined, 'application/json', '*/*', 'text/event-stream']) {
        readChunks(await chat({ stream: true }, { accept }));
        readEvents(await message({ stream: true }, { accept }));
        for (const stream of [undefined, false, null]) {
          readCompletion(await chat({ stream }, { accept }));
          readMessage(await message({ stream }, { accept }));
        }
      }
    },
  },
  {
    number: 4,
    title: 'no version, no beta and no query string changes whether a message is answered',
    async prove({ send }) {
      const body = JSON.stringify(hello);
      for (const version of [undefined, '2023-06-01', '2026-10-21', 'tomorrow']) {
        for (const beta of [undefined, 'context-1m-2025-08-07', 'a-2026-01-01,b-2026-01-01,,']) {
          const headers = { 'anthropic-version': version, 'anthropic-beta': beta };
          readMessage(await send({ path: `${messagesPath}?beta=true`, headers, body }));
        }
      }
      readCompletion(await send({ path: `${chatPath}?api-version=2026&beta`, body }));
    },
  },
  {
    number: 5,
    title: 'a member that is null is a member that is not there',
    async prove({ chat, message }) {
      const nulls = {
        stream: null,
        temperature: null,
        tools: null,
        max_tokens: null,
        thinking: null,
      };
      const chatNulls = { ...nulls, stop: null, n: null, response_format: null, tool_choice: null };
      const messageNulls = { ...nulls, stop_sequences: null, system: null, metadata: null };

      expect(withoutId(await chat(chatNulls))).toBe(withoutId(await chat()));
      expect(readMessage(await message(messageNulls)).content).toEqual(
        readMessage(await message()).content,
      );
    },
  },
  {
    number: 6,
    title: 'members that nobody documents pass at every depth of a chat',
    async prove({ chat }) {
      const call = { id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } };
      const plain = await chat();
      const dressed = await chat({
        context_management: { edits: [] },
        output_config: { effort: 'high' },
        thinking: { type: 'enabled', display: 'x' },
        enable_thinking: true,
        made_up: { deep: [{ deeper: null }] },
        messages: [{ role: 'user', content: 'Hello!', prompt_cache_breakpoint: { ttl: '5m' } }],
      });
      const cache_control = { type: 'ephemeral' };
      const agent = await chat({
        tools: [{ type: 'function', function: { name: 'f', made_up: 1 }, defer_loading: true }],
        messages: [
          { role: 'user', content: [{ type: 'text', text: 'Hi', cache_control }] },
          { role: 'assistant', reasoning_content: '\nHm.', tool_calls: [{ ...call, caller: 1 }] },
          { role: 'tool', tool_call_id: 'call_1', content: 'ok', made_up: true },
        ],
      });

      expect(readChoice(dressed)).toEqual(readChoice(plain));
      expect(readChoice(agent).finish_reason).toBe('stop');
    },
  },
  {
    number: 6,
    title: 'members that nobody documents pass at every depth of a message',
    async prove({ message }) {
      const cache_control = { type: 'ephemeral', ttl: '1h' };
      const tool = { name: 'f', input_schema: { type: 'object' }, defer_loading: true };
      const use = { type: 'tool_use', id: 'toolu_1', name: 'f', input: {} };
      const answer = await message({
        context_management: { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] },
        output_config: { effort: 'high', made_up: 1 },
        thinking: { type: 'adaptive', display: 'omitted', made_up: 1 },
        made_up: [{ deep: null }],
        system: [{ type: 'text', text: 'Be brief.', cache_control }],
        tools: [{ ...tool, eager_input_streaming: true, cache_control }],
        messages: [
          { role: 'user', content: [{ type: 'text', text: 'Hi', cache_control, citations: null }] },
          { role: 'assistant', content: [{ ...use, caller: { type: 'direct' } }] },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', made_up: 1 }] },
        ],
      });

      expect(readMessage(answer).stop_reason).toBe('end_turn');
    },
  },
  {
    number: 7,
    title: 'an unknown path and a wrong method are a page of HTML, at once',
    decision:
      'LongCat’s edge answers 404 in HTML, for a wrong method too, where others say 405 in JSON.',
    async prove({ send }) {
      const wrong: readonly (readonly [string, string])[] = [
        ['GET', '/nowhere'],
        ['POST', '/openai/v1/files'],
        ['POST', '/anthropic/v1/nothing'],
        ...['GET', 'PUT', 'PATCH', 'DELETE'].flatMap((method) =>
          paths.map((path) => [method, path] as const),
        ),
        ['POST', '/openai/v1/models'],
        ['DELETE', '/anthropic/v1/models/LongCat-2.0'],
      ];
      for (const [method, path] of wrong) {
        const received = await send({ method, path, body: '' });
        expectNotFound(received);
        expect(received.headers).not.toHaveProperty('x-should-retry');
      }
    },
  },
  {
    number: 8,
    title: 'what is no JSON object is a 400 in LongCat’s words, with or without a key',
    decision:
      'LongCat’s envelope is the same on both formats, and its code was observed as invalid_format.',
    async prove({ chat, message }) {
      const bodies = [
        '',
        ' ',
        '{"model":',
        '{]',
        'null',
        '[]',
        '"hello"',
        '7',
        'model=LongCat-2.0',
      ];
      for (const post of [chat, message]) {
        for (const body of bodies) expectError(await post(body), 400, invalidJson);
        expectError(await post('{', { authorization: undefined }), 400, invalidJson);
      }
    },
  },
  {
    number: 9,
    title: 'a GET that speaks of JSON and sends none is answered',
    async prove({ send }) {
      for (const length of [undefined, '0']) {
        for (const path of ['/openai/v1/models', '/openai/models', '/anthropic/v1/models']) {
          const received = await send({
            method: 'GET',
            path,
            headers: { 'content-length': length },
          });
          expect(received.status).toBe(200);
          expect(received.body).toBe(
            '{"object":"list","data":[{"id":"LongCat-2.0","object":"model","owned_by":"LongCat"}]}',
          );
        }
      }
    },
  },
  {
    number: 16,
    title: 'an unknown model is refused, and so is a known one in another case',
    decision: 'LongCat answers 400 with "Unsupported model", where others have a 404 of their own.',
    async prove({ chat, message }) {
      for (const model of ['gpt-4o', 'longcat-2.0', 'LongCat-2.0-Preview', 'LongCat 2.0', '']) {
        for (const stream of [false, true]) {
          expectError(await chat({ model, stream }), 400, unsupportedModel);
          expectError(await message({ model, stream }), 400, unsupportedModel);
        }
      }
    },
  },
  {
    number: 16,
    title: 'a mock of any model answers under the very name it was asked for',
    options: { models: ['*'] },
    async prove({ chat, message }) {
      for (const model of ['LongCat-2.0', 'longcat-2.0', 'some/Other:model']) {
        expect(readCompletion(await chat({ model })).model).toBe(model);
        expect(readMessage(await message({ model })).model).toBe(model);
        const chunks = readChunks(await chat({ model, stream: true }));
        expect(new Set(chunks.map((chunk) => chunk.model))).toEqual(new Set([model]));
        const [start] = readEvents(await message({ model, stream: true }));
        expect(start).toMatchObject({ type: 'message_start', message: { model } });
      }
    },
  },
  {
    number: 17,
    title: 'every answer has an id of its own, and a stream has one in all its chunks',
    decision:
      'LongCat sends no request-id header and none in errors, so the id has a header of the mock’s.',
    async prove({ chat, message }) {
      const ids: string[] = [];
      for (let asking = 0; asking < 3; asking += 1) {
        const whole = await chat();
        const answer = await message();
        const chunks = readChunks(await chat({ stream: true }));
        const start = only(readEvents(await message({ stream: true })), 'message_start');
        ids.push(readCompletion(whole).id, ...new Set(chunks.map(({ id }) => id)));
        ids.push(readMessage(answer).id, start.message.id);
        expect(whole.headers['x-longcat-mock-request-id']).toBe(readCompletion(whole).id);
        expect(`msg_${answer.headers['x-longcat-mock-request-id']}`).toBe(readMessage(answer).id);
      }

      expect(ids).toHaveLength(12);
      expect(new Set(ids).size).toBe(12);
    },
  },
];

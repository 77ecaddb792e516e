import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import { hello } from '../ask.ts';
import {
  expectError,
  expectNotFound,
  missingKey,
  only,
  readEvents,
  readMessage,
  textOf,
} from './answers.ts';
import type { Row } from './row.ts';
import type { Received } from './wire.ts';

const input_schema = {
  type: 'object',
  properties: { city: { type: 'string', minLength: 20 } },
  required: ['city'],
  additionalProperties: false,
};
const weather = { name: 'get_weather', input_schema };

function userTurn(...content: object[]) {
  return { role: 'user', content };
}

function expectText(received: Received): void {
  const message = readMessage(received);
  expect(message.stop_reason).toBe('end_turn');
  expect(textOf(message)).toMatch(/[\w一-龥]/);
}

/** Cases 50 to 57: the turns, limits, ids and errors of messages. */
export const messages: readonly Row[] = [
  {
    number: 50,
    title: 'a system text is accepted as text, as blocks, and as a turn within the messages',
    async prove({ message }) {
      const block = { type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } };
      const blocks = [block, { ...block, citations: null, cache_control: null }];
      for (const system of [undefined, '', 'Be brief.', [], blocks]) {
        expectText(await message({ system }));
      }
      for (const content of ['Be brief.', blocks]) {
        const turn = { role: 'system', content };
        expectText(await message({ messages: [...hello.messages, turn] }));
        expectText(await message({ messages: [turn, ...hello.messages], system: blocks }));
      }
    },
  },
  {
    number: 51,
    title: 'a tool’s result is accepted in every form, and is answered in words',
    async prove({ message }) {
      const uses = ['1', '2'].map((id) => ({
        type: 'tool_use',
        id,
        name: 'get_weather',
        input: {},
      }));
      const result = (id: string, more: object) => ({
        type: 'tool_result',
        tool_use_id: id,
        ...more,
      });
      const image = {
        type: 'image',
        source: { type: 'base64', media_type: 'image/png', data: 'AA' },
      };
      const text = { type: 'text', text: 'And now?' };
      const turns = [
        userTurn(result('1', {})),
        userTurn(result('1', { content: '' })),
        userTurn(result('1', { content: [] })),
        userTurn(result('1', { content: [text, image] })),
        userTurn(result('1', { content: 'failed', is_error: true })),
        userTurn(result('2', { content: '20' }), result('1', { content: '18' })),
        userTurn(result('1', { content: '18' }), text),
        userTurn(text, result('1', { content: '18' })),
      ];
      for (const turn of turns) {
        const asked = [userTurn({ type: 'text', text: 'Please get_weather.' })];
        const history = [...asked, { role: 'assistant', content: uses }, turn];
        expectText(await message({ messages: history, tools: [weather] }));
      }
    },
  },
  {
    number: 52,
    title: 'turns need not alternate, and an answer that was begun is only continued',
    async prove({ message }) {
      const assistant = { role: 'assistant', content: 'Hello.' };
      const [user] = hello.messages;
      for (const turns of [
        [assistant, user],
        [user, user, user],
        [user, assistant, assistant, user],
      ]) {
        expectText(await message({ messages: turns }));
      }
      const begun = { role: 'assistant', content: 'The capital of France is' };
      const received = await message({ messages: [user, begun] });
      expectText(received);
      expect(textOf(readMessage(received))).toMatch(/^ \w/);
      expect(received.body).not.toContain('The capital');
    },
  },
  {
    number: 53,
    title: 'a stop sequence and a limit are named as what they are, and no limit need be given',
    decision: 'LongCat documents max_tokens as optional, so that a message without it is answered.',
    async prove({ message }) {
      const text = textOf(readMessage(await message()));
      const stop = text.slice(9, 40);
      const cut = readMessage(await message({ stop_sequences: ['never', stop] }));
      const short = readMessage(await message({ max_tokens: 4 }));
      const events = readEvents(await message({ stop_sequences: [stop], stream: true }));

      expect(textOf(cut)).toBe(text.slice(0, 9));
      expect(cut).toMatchObject({ stop_reason: 'stop_sequence', stop_sequence: stop });
      expect(only(events, 'message_delta').delta).toEqual({
        stop_reason: 'stop_sequence',
        stop_sequence: stop,
      });
      expect(short).toMatchObject({ stop_reason: 'max_tokens', stop_sequence: null });
      expect(short.usage.output_tokens).toBe(4);
      expectText(await message(JSON.stringify(hello)));
    },
  },
  {
    number: 54,
    title: 'counting tokens is the 404 page, for 25 at once as for one',
    decision: 'No answer of LongCat to count_tokens is known, so the path is not served yet.',
    async prove({ send, message }) {
      const path = '/anthropic/v1/messages/count_tokens?beta=true';
      const body = JSON.stringify({ ...hello, tools: [] });
      const asked = Array.from({ length: 25 }, () => send({ path, body }));

      for (const received of await Promise.all(asked)) expectNotFound(received);
      expectText(await message());
    },
  },
  {
    number: 55,
    title: 'errors of messages have LongCat’s envelope, not Anthropic’s',
    decision:
      'LongCat sends one envelope on both formats, without an outer type or a request id, and 404 in HTML.',
    options: { maxBody: 1000 },
    async prove({ send, message }) {
      const tooLong =
        '{"error":{"message":"The body is longer than 1000 bytes, the limit of this mock: raise it with --max-body.","type":"invalid_request_error","code":"request_too_large"}}';
      const unnamed =
        '{"error":{"message":"参数校验失败: \\n: required key [model] not found\\n","type":"invalid_request_error","code":"invalid_parameter"}}';
      const refused = await message({}, { authorization: undefined });

      expectError(refused, 401, missingKey);
      expect(refused.headers).not.toHaveProperty('request-id');
      expectError(await message(JSON.stringify({ messages: hello.messages })), 400, unnamed);
      expectError(await message({ padding: 'x'.repeat(1000) }), 413, tooLong);
      expectNotFound(await send({ path: '/anthropic/v1/complete', body: '{}' }));
    },
  },
  {
    number: 56,
    title: 'ids have their prefixes, and no two in a conversation are the same',
    async prove({ message }) {
      const content = 'Please get_weather, then get_time.';
      const tools = [weather, { name: 'get_time', input_schema: { type: 'object' } }];
      const request = { tools, messages: [{ role: 'user', content }] };
      const ids: string[] = [];
      for (let turn = 0; turn < 3; turn += 1) {
        for (const stream of [false, true]) {
          const { body } = await message({ ...request, stream });
          ids.push(...(body.match(/"(?:msg_[0-9a-f]{32}|toolu_[0-9a-f]{24})"/g) ?? []));
        }
      }

      expect(ids.filter((id) => id.startsWith('"msg_'))).toHaveLength(6);
      expect(ids.filter((id) => id.startsWith('"toolu_'))).toHaveLength(12);
      expect(new Set(ids).size).toBe(18);
    },
  },
  {
    number: 57,
    title:
      'structured output satisfies its schema, as a format and as a tool that has to be called',
    async prove({ message }) {
      const isCity = new Ajv2020().compile(input_schema);
      const format = { type: 'json_schema', schema: input_schema };
      const [block] = readMessage(await message({ output_config: { format } })).content;
      const tool = { name: 'json', description: 'Respond with JSON.', input_schema };
      const tool_choice = { type: 'any', disable_parallel_tool_use: true };
      const called = readMessage(await message({ tools: [tool], tool_choice }));

      expect(isCity(JSON.parse(block?.type === 'text' ? block.text : ''))).toBe(true);
      expect(called.content).toMatchObject([{ type: 'tool_use', name: 'json' }]);
      const [use] = called.content;
      expect(isCity(use?.type === 'tool_use' && use.input)).toBe(true);
    },
  },
];

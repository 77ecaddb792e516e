import { expect } from 'vitest';
import type { ChatToolCallDelta } from '../../src/contract/openai/stream.ts';
import { hello } from '../ask.ts';
import { joinContent, listChoices, readChoice, readChunks } from './answers.ts';
import type { Row } from './row.ts';
import type { Wire } from './wire.ts';

const tools = ['get_weather', 'get_time'].map((name) => ({
  type: 'function',
  function: {
    name,
    parameters: {
      type: 'object',
      properties: { place: { type: 'string', minLength: 30 } },
      required: ['place'],
    },
  },
}));
const messages = [{ role: 'user', content: 'Please get_time, then get_weather.' }];

async function streamCalls({ chat }: Wire): Promise<ChatToolCallDelta[]> {
  const choices = listChoices(readChunks(await chat({ messages, tools, stream: true })));
  expect(choices.at(-1)).toMatchObject({ delta: {}, finish_reason: 'tool_calls' });
  return choices.flatMap(({ delta }) => delta.tool_calls ?? []);
}

/** The arguments of the call with this index, put together. */
function joinArguments(deltas: readonly ChatToolCallDelta[], index: number): string {
  const own = deltas.filter((delta) => delta.index === index);
  return own.map((delta) => (delta.type === 'function' ? delta.function.arguments : '')).join('');
}

/** Cases 31 to 37: what a streamed chat answer says. */
export const chatStream: readonly Row[] = [
  {
    number: 31,
    title: 'usage has the last chunk to itself, asked for or not, and no other chunk names it',
    decision:
      'LongCat sends usage unasked, and leaves the member out of other chunks rather than null.',
    async prove({ chat }) {
      for (const stream_options of [
        undefined,
        {},
        { include_usage: false },
        { include_usage: true },
      ]) {
        const chunks = readChunks(await chat({ stream: true, stream_options }));
        const last = chunks.at(-1);
        expect(last).toMatchObject({ choices: [], lastOne: true });
        expect(last?.usage?.total_tokens).toBeGreaterThan(0);
        for (const chunk of chunks.slice(0, -1)) {
          expect(chunk.lastOne).toBe(false);
          expect(chunk.choices).toHaveLength(1);
          expect(chunk).not.toHaveProperty('usage');
        }
      }
    },
  },
  {
    number: 31,
    title: 'without usage-always, usage comes only when it is asked for',
    options: { quirks: { 'usage-always': false } },
    async prove({ chat }) {
      const usagesOf = async (stream_options: object | undefined) =>
        readChunks(await chat({ stream: true, stream_options })).filter(
          (chunk) => 'usage' in chunk,
        );

      expect(await usagesOf(undefined)).toEqual([]);
      expect(await usagesOf({ include_usage: false })).toEqual([]);
      expect(await usagesOf({ include_usage: true })).toHaveLength(1);
    },
  },
  {
    number: 32,
    title: 'a call’s first delta has its id and name, and the later ones null in their place',
    decision: 'LongCat was recorded with these nulls and with a type in every delta.',
    async prove(wire) {
      const deltas = await streamCalls(wire);

      for (const index of [0, 1]) {
        const [first, ...later] = deltas.filter((delta) => delta.index === index);
        const name = index === 0 ? 'get_time' : 'get_weather';
        const id = expect.stringMatching(/^call_[0-9a-f]{24}$/);
        expect(first).toEqual({ id, index, type: 'function', function: { name, arguments: '' } });
        expect(later.length).toBeGreaterThan(1);
        for (const delta of later) {
          const rest = { name: null, arguments: expect.stringMatching(/./) };
          expect(delta).toEqual({ id: null, index, type: 'function', function: rest });
        }
        expect(JSON.parse(joinArguments(deltas, index))).toHaveProperty('place');
      }
    },
  },
  {
    number: 32,
    title: 'without tool-delta-nulls, an id and a name are sent once and then left out',
    options: { quirks: { 'tool-delta-nulls': false } },
    async prove(wire) {
      const deltas = await streamCalls(wire);

      expect(deltas.filter((delta) => 'id' in delta)).toHaveLength(2);
      expect(JSON.stringify(deltas).match(/"name":/g)).toHaveLength(2);
      expect(JSON.parse(joinArguments(deltas, 1))).toHaveProperty('place');
    },
  },
  {
    number: 33,
    title: 'the role comes first, the reason to finish last, and choices are a list throughout',
    async prove({ chat }) {
      for (const request of [
        {},
        { messages, tools },
        { max_tokens: 0 },
        { enable_thinking: false },
      ]) {
        const chunks = readChunks(await chat({ ...request, stream: true }));
        const [first, ...others] = listChoices(chunks);
        const last = others.pop();
        expect(first).toMatchObject({
          delta: { role: 'assistant', content: '' },
          finish_reason: null,
        });
        expect(last?.delta).toEqual({});
        expect(last?.finish_reason).toMatch(/^(?:stop|length|tool_calls)$/);
        for (const { delta, finish_reason } of others) {
          expect(delta).not.toHaveProperty('role');
          expect(finish_reason).toBeNull();
        }
        expect(chunks.every(({ choices }) => Array.isArray(choices))).toBe(true);
      }
    },
  },
  {
    number: 34,
    title:
      'a stream is data lines and blank lines from its first byte to [DONE] and its blank line',
    decision: 'Frames that are ready together share an HTTP chunk, which ends where a frame ends.',
    async prove({ chat }) {
      const { body, chunks, headers } = await chat({ stream: true, n: 8 });

      expect(body.startsWith('data: {"id":"')).toBe(true);
      expect(body.endsWith('}\n\ndata: [DONE]\n\n')).toBe(true);
      expect(body.match(/\[DONE\]/g)).toHaveLength(1);
      expect(body.replaceAll(/data: [^\n]+\n\n/g, '')).toBe('');
      expect(chunks.length).toBeGreaterThan(1);
      for (const chunk of chunks) expect(chunk.toString().endsWith('\n\n')).toBe(true);
      expect(headers['transfer-encoding']).toBe('chunked');
      expect(headers).not.toHaveProperty('content-length');
    },
  },
  {
    number: 35,
    title: 'of two calls the first is complete before the second begins',
    async prove(wire) {
      const indexes = (await streamCalls(wire)).map(({ index }) => index);

      expect(indexes).toEqual([...indexes].sort((left, right) => left - right));
      expect(new Set(indexes)).toEqual(new Set([0, 1]));
    },
  },
  {
    number: 36,
    title: 'reasoning is streamed before content, and no delta has both',
    decision: 'LongCat leaves content out of reasoning deltas, where others send null.',
    async prove({ chat }) {
      const [, ...choices] = listChoices(readChunks(await chat({ stream: true })));
      const members = choices.slice(0, -1).map(({ delta }) => Object.keys(delta).join());
      const border = members.indexOf('content');

      expect(border).toBeGreaterThan(0);
      expect(new Set(members.slice(0, border))).toEqual(new Set(['reasoning_content']));
      expect(new Set(members.slice(border))).toEqual(new Set(['content']));
      expect(choices[0]?.delta.reasoning_content).toBe('\n');
    },
  },
  {
    number: 36,
    title: 'reasoning that is replayed is accepted, and none is missed in a turn of tools',
    decision: 'LongCat was seen to accept replayed reasoning and never to demand it.',
    async prove({ chat }) {
      const tool_calls = [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }];
      const result = { role: 'tool', tool_call_id: 'c', content: 'ok' };
      for (const reasoning_content of ['\nI should call it.', '', null, undefined]) {
        const turn = { role: 'assistant', content: null, reasoning_content, tool_calls };
        const request = { messages: [...hello.messages, turn, result] };
        expect(readChoice(await chat(request)).finish_reason).toBe('stop');
      }
    },
  },
  {
    number: 37,
    title: 'two answers in one stream have a role, words and a reason to finish each',
    async prove({ chat }) {
      const choices = listChoices(readChunks(await chat({ stream: true, n: 2 })));
      const texts = [0, 1].map((index) => {
        const own = choices.filter((choice) => choice.index === index);
        expect(own[0]?.delta).toEqual({ role: 'assistant', content: '' });
        expect(own.filter((choice) => choice.finish_reason)).toEqual([own.at(-1)]);
        return joinContent(own);
      });

      expect(new Set(choices.map(({ index }) => index))).toEqual(new Set([0, 1]));
      expect(texts[0]).not.toBe(texts[1]);
      expect(texts[0]).toBe(readChoice(await chat()).message.content);
    },
  },
];

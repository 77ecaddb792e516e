import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import { hello } from '../ask.ts';
import { joinContent, listChoices, readChoice, readChunks, readCompletion } from './answers.ts';
import type { Row } from './row.ts';

const tooled = {
  messages: [{ role: 'user', content: 'Please get_weather.' }],
  tools: [{ type: 'function', function: { name: 'get_weather' } }],
};

const step = {
  type: 'object',
  properties: { name: { type: 'string' } },
  required: ['name'],
  additionalProperties: false,
};
const report = {
  type: 'object',
  properties: {
    kind: { const: 'report' },
    level: { enum: ['low', 'high'] },
    note: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    next: { anyOf: [{ $ref: '#/$defs/step' }, { type: 'null' }] },
    steps: { type: 'array', items: { $ref: '#/$defs/step' }, minItems: 2 },
  },
  required: ['kind', 'level', 'note', 'next', 'steps'],
  additionalProperties: false,
  $defs: { step },
};

/** Cases 23 to 30: what a whole chat answer says. */
export const chat: readonly Row[] = [
  {
    number: 23,
    title: 'a JSON answer is an object, and one of a schema satisfies it, whole or in fragments',
    async prove({ chat }) {
      const isReport = new Ajv2020().compile(report);
      const formats = [
        { type: 'json_object' },
        { type: 'json_schema', json_schema: { name: 'report', strict: true, schema: report } },
      ];
      for (const response_format of formats) {
        for (const content of ['Report!', 'Report again!', '请写报告']) {
          const request = { response_format, messages: [{ role: 'user', content }] };
          const whole = readChoice(await chat(request)).message.content ?? '';
          const value = JSON.parse(whole);
          expect(value).toEqual(expect.objectContaining({}));
          if (response_format.json_schema)
            expect([isReport(value), isReport.errors]).toEqual([true, null]);
          const choices = listChoices(readChunks(await chat({ ...request, stream: true })));
          expect(choices.length).toBeGreaterThan(3);
          expect(joinContent(choices)).toBe(whole);
        }
      }
    },
  },
  {
    number: 24,
    title: 'three answers have indexes 0 to 2, words of their own, and one sum of tokens',
    async prove({ chat }) {
      const { choices, usage } = readCompletion(await chat({ n: 3, max_tokens: 10 }));
      const texts = choices.map(({ message }) => message.content);

      expect(choices.map(({ index }) => index)).toEqual([0, 1, 2]);
      expect(choices.map((choice) => choice.finish_reason)).toEqual(['length', 'length', 'length']);
      expect(new Set(texts).size).toBe(3);
      expect(usage.completion_tokens).toBe(30);
    },
  },
  {
    number: 25,
    title: 'an answer has exactly as many tokens as its limit, and says that it was cut',
    async prove({ chat }) {
      const limits: readonly (readonly [object, number])[] = [
        [{ max_tokens: 7 }, 7],
        [{ max_completion_tokens: 7 }, 7],
        [{ max_completion_tokens: 5, max_tokens: 9 }, 5],
        [{ max_tokens: 1 }, 1],
        [{ max_tokens: 0 }, 0],
        [{ ...tooled, max_tokens: 1, enable_thinking: false }, 1],
      ];
      for (const [request, tokens] of limits) {
        const received = await chat(request);
        expect(readChoice(received).finish_reason).toBe('length');
        expect(readCompletion(received).usage.completion_tokens).toBe(tokens);
        const chunks = readChunks(await chat({ ...request, stream: true }));
        expect(listChoices(chunks).at(-1)?.finish_reason).toBe('length');
        expect(chunks.at(-1)?.usage?.completion_tokens).toBe(tokens);
      }
      expect(readChoice(await chat({ max_tokens: 0 })).message).toEqual({
        role: 'assistant',
        content: '',
      });
    },
  },
  {
    number: 26,
    title: 'the words end before the stop text, also when a stream would have sent it in pieces',
    async prove({ chat }) {
      const content = readChoice(await chat()).message.content ?? '';
      const stop = content.slice(8, 60);
      const pieces = listChoices(readChunks(await chat({ stream: true }))).map(
        ({ delta }) => delta.content ?? '',
      );
      expect(pieces.some((piece) => piece.includes(stop))).toBe(false);

      for (const stops of [stop, ['never said', stop, content.slice(20)]]) {
        const choice = readChoice(await chat({ stop: stops }));
        expect(choice.message.content).toBe(content.slice(0, 8));
        expect(choice).toMatchObject({ finish_reason: 'stop', matched_stop: stop });
        const streamed = listChoices(readChunks(await chat({ stop: stops, stream: true })));
        expect(joinContent(streamed)).toBe(content.slice(0, 8));
        expect(streamed.at(-1)).toMatchObject({ finish_reason: 'stop', matched_stop: stop });
      }
    },
  },
  {
    number: 27,
    title: 'log probabilities come with the bytes of every token, and are null unless asked for',
    decision:
      'The tokens of the mock are whole characters, so that none holds a part of a character’s bytes.',
    async prove({ chat }) {
      for (const content of ['Hello!', '你好，请介绍一下自己']) {
        const request = { messages: [{ role: 'user', content }], logprobs: true, top_logprobs: 3 };
        const { message, logprobs } = readChoice(await chat(request));
        const tokens = logprobs?.content ?? [];
        expect(tokens.map(({ token }) => token).join('')).toBe(message.content);
        for (const { token, bytes, logprob, top_logprobs } of tokens) {
          expect(bytes).toEqual([...Buffer.from(token)]);
          expect(logprob).toBeLessThanOrEqual(0);
          expect(top_logprobs).toHaveLength(3);
        }
      }
      for (const logprobs of [undefined, null, false]) {
        expect(readChoice(await chat({ logprobs })).logprobs).toBeNull();
      }
    },
  },
  {
    number: 28,
    title: 'usage adds up, reasoning is a part of the completion, and nothing is cached',
    async prove({ chat }) {
      const requests: readonly (readonly [object, boolean])[] = [
        [{}, true],
        [{ n: 2 }, true],
        [tooled, true],
        [{ enable_thinking: false }, false],
        [{ thinking: { type: 'disabled' } }, false],
      ];
      for (const [request, isReasoned] of requests) {
        const { usage } = readCompletion(await chat(request));
        const { reasoning_tokens } = usage.completion_tokens_details;
        expect(usage.total_tokens).toBe(usage.prompt_tokens + usage.completion_tokens);
        expect(usage.completion_tokens).toBeGreaterThan(reasoning_tokens);
        expect(reasoning_tokens > 0).toBe(isReasoned);
        expect(usage.prompt_tokens_details.cached_tokens).toBe(0);
      }
    },
  },
  {
    number: 29,
    title: 'an answer has LongCat’s members alone, and was created in a whole second',
    decision:
      'LongCat sends neither system_fingerprint nor service_tier, and a lastOne of its own.',
    async prove({ chat }) {
      const completion = readCompletion(await chat());

      expect(Object.keys(completion).join()).toBe('id,object,created,model,choices,usage,lastOne');
      expect(completion.created).toBe(Date.parse('2026-09-01') / 1000);
    },
  },
  {
    number: 30,
    title: 'what a client wants stored with an answer is accepted, and not sent back',
    async prove({ chat }) {
      const metadata = { run: '7', nested: { any: [1] } };
      const received = await chat({ metadata, store: true, user: 'u', service_tier: 'flex' });

      expect(readChoice(received)).toEqual(readChoice(await chat(hello)));
      expect(received.body).not.toMatch(/metadata|store|service_tier/);
    },
  },
];

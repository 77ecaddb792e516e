import { expect } from 'vitest';
import { joinContent, listChoices, readChoice, readChunks } from './answers.ts';
import type { Row } from './row.ts';
import type { Received } from './wire.ts';

const call = {
  id: 'call_1',
  type: 'function',
  function: { name: 'get_weather', arguments: '{"city": "Paris"}' },
};
const otherCall = { ...call, id: 'call_2' };
const result = { role: 'tool', tool_call_id: 'call_1', content: '18 degrees' };
const otherResult = { role: 'tool', tool_call_id: 'call_2', content: '20 degrees' };
const question = { role: 'user', content: 'Please get_weather.' };

const parameters = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};
const tools = ['get_weather', 'get_time'].map((name) => ({
  type: 'function',
  function: { name, parameters },
}));

/** The names that an answer calls, whose arguments have to be JSON text of the schema. */
function listCalled(received: Received): string[] {
  const { message } = readChoice(received);
  return (message.tool_calls ?? []).map((made) => {
    if (made.type !== 'function') throw new Error('A call of another kind.');
    expect(JSON.parse(made.function.arguments)).toEqual({ city: expect.any(String) });
    return made.function.name;
  });
}

/** Cases 18 to 22: tools in whole chat answers, and turns that replay them. */
export const chatTools: readonly Row[] = [
  {
    number: 18,
    title: 'an assistant’s turn is accepted in every form that clients replay it in',
    async prove({ chat }) {
      const turns = [
        { content: null, tool_calls: [call] },
        { tool_calls: [call] },
        { content: '', tool_calls: [call] },
        { content: [{ type: 'text', text: 'Let me see.' }], tool_calls: [call] },
        { content: [{ type: 'refusal', refusal: 'I cannot.' }], tool_calls: [call] },
        { content: null, refusal: 'I cannot.', tool_calls: [call], function_call: null },
        { content: 'Hm.', reasoning_content: '\nHm.', tool_calls: [call], audio: null },
      ];
      for (const turn of turns) {
        const messages = [question, { role: 'assistant', ...turn }, result];
        expect(readChoice(await chat({ messages })).finish_reason).toBe('stop');
      }
    },
  },
  {
    number: 19,
    title: 'tool results are accepted as text or parts, several of them, in any order',
    async prove({ chat }) {
      const asked = [question, { role: 'assistant', tool_calls: [call, otherCall] }];
      const parts = { ...result, content: [{ type: 'text', text: '18' }] };
      const results = [
        [result, otherResult],
        [otherResult, result],
        [parts, otherResult],
        [
          { ...result, content: '' },
          { ...otherResult, content: [] },
        ],
        [result],
      ];
      for (const given of results) {
        expect(readChoice(await chat({ messages: [...asked, ...given], tools })).message).toEqual({
          role: 'assistant',
          content: expect.stringMatching(/\w/),
          reasoning_content: expect.stringMatching(/^\n/),
        });
      }
    },
  },
  {
    number: 20,
    title: 'a call has its arguments as JSON text and no content beside it, and text has no calls',
    async prove({ chat }) {
      const choice = readChoice(await chat({ messages: [question], tools }));
      const [made] = choice.message.tool_calls ?? [];

      expect(choice).toMatchObject({ finish_reason: 'tool_calls', message: { content: null } });
      expect(made).toEqual({
        id: expect.stringMatching(/^call_[0-9a-f]{24}$/),
        index: 0,
        type: 'function',
        function: { name: 'get_weather', arguments: expect.stringMatching(/^\{"city": ".+"\}$/) },
      });
      expect(readChoice(await chat({ tools })).message).not.toHaveProperty('tool_calls');
    },
  },
  {
    number: 21,
    title: 'a tool choice is obeyed in each of its forms',
    async prove({ chat }) {
      const both = {
        tools,
        messages: [{ role: 'user', content: 'Use get_time and get_weather.' }],
      };
      const named = { type: 'function', function: { name: 'get_time' } };
      const allow = (mode: string) => ({
        type: 'allowed_tools',
        allowed_tools: { mode, tools: [named] },
      });
      const expected: readonly (readonly [object, string[]])[] = [
        [{ ...both, tool_choice: 'none' }, []],
        [{ ...both, tool_choice: 'auto' }, ['get_time', 'get_weather']],
        [{ ...both, tool_choice: 'auto', parallel_tool_calls: false }, ['get_time']],
        [{ ...both, tool_choice: 'required', parallel_tool_calls: false }, ['get_time']],
        [{ ...both, tool_choice: allow('auto') }, ['get_time']],
        [{ tools, tool_choice: 'auto' }, []],
        [{ tools, tool_choice: 'required' }, ['get_weather']],
        [{ tools, tool_choice: 'required', parallel_tool_calls: false }, ['get_weather']],
        [{ tools, tool_choice: named }, ['get_time']],
        [{ tools, tool_choice: allow('required') }, ['get_time']],
      ];
      for (const [request, called] of expected) {
        expect(listCalled(await chat(request))).toEqual(called);
      }
    },
  },
  {
    number: 22,
    title: 'after a tool’s result come words, whatever the tool choice, so that loops end',
    async prove({ chat }) {
      const messages = [question, { role: 'assistant', tool_calls: [call] }, result];
      const named = { type: 'function', function: { name: 'get_weather' } };
      for (const tool_choice of [undefined, 'auto', 'required', named]) {
        const request = { messages, tools, tool_choice };
        const { finish_reason, message } = readChoice(await chat(request));
        expect([finish_reason, message.tool_calls]).toEqual(['stop', undefined]);
        expect(message.content).toMatch(/\w/);
        const choices = listChoices(readChunks(await chat({ ...request, stream: true })));
        expect(joinContent(choices)).toBe(message.content);
      }
    },
  },
];

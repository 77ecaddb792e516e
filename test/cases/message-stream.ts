import { expect } from 'vitest';
import { hello } from '../ask.ts';
import { only, readBlocks, readCompletion, readEvents, readMessage } from './answers.ts';
import type { Row } from './row.ts';

const input_schema = {
  type: 'object',
  properties: { city: { type: 'string', minLength: 20 } },
  required: ['city'],
  additionalProperties: false,
};
const weather = { name: 'get_weather', input_schema };
const clock = { name: 'get_time', input_schema: { type: 'object', properties: {} } };
const both = {
  tools: [weather, clock],
  messages: [{ role: 'user', content: 'Please get_weather, then get_time.' }],
};
const thinking = { type: 'enabled' };

/** What makes a stream: one request of each kind of answer. */
const kinds = [{}, { thinking }, both, { ...both, thinking }, { max_tokens: 0 }, { max_tokens: 5 }];

/** Cases 44 to 49: the blocks of messages, whole and streamed. */
export const messageStream: readonly Row[] = [
  {
    number: 44,
    title: 'every event has its name, its data and a blank line, the last one too, and no [DONE]',
    async prove({ message }) {
      for (const kind of kinds) {
        const received = await message({ ...kind, stream: true });
        const types = readEvents(received).map(({ type }) => type);
        expect([types[0], types.at(-2)]).toEqual(['message_start', 'message_delta']);
        expect(
          received.body.endsWith('event: message_stop\ndata: {"type":"message_stop"}\n\n'),
        ).toBe(true);
        expect(received.body).not.toContain('[DONE]');
        expect(types).not.toContain('error');
      }
    },
  },
  {
    number: 45,
    title: 'blocks open, fill and close one at a time, with indexes from 0',
    async prove({ message }) {
      for (const kind of kinds) {
        const events = readEvents(await message({ ...kind, stream: true }));
        const whole = readMessage(await message(kind));
        const blocks = readBlocks(events);
        expect(blocks.map(({ type }) => type)).toEqual(whole.content.map(({ type }) => type));
        expect(blocks.every(({ deltas }) => deltas.length > 0)).toBe(true);
      }
    },
  },
  {
    number: 46,
    title:
      'usage is whole numbers at the start and at the end, where the output is counted in full',
    decision:
      'As documented and captured, message_delta counts the output alone: the input is in message_start.',
    async prove({ message, chat }) {
      const { prompt_tokens } = readCompletion(await chat()).usage;
      expect(readMessage(await message()).usage.input_tokens).toBe(prompt_tokens);
      for (const kind of kinds) {
        const events = readEvents(await message({ ...kind, stream: true }));
        const { usage } = readMessage(await message(kind));
        expect(only(events, 'message_start').message.usage).toEqual({ ...usage, output_tokens: 0 });
        expect(only(events, 'message_delta').usage).toEqual({ output_tokens: usage.output_tokens });
        expect(Object.values(usage).every(Number.isInteger)).toBe(true);
        expect(usage.input_tokens).toBeGreaterThan(0);
      }
    },
  },
  {
    number: 47,
    title: 'a tool’s input begins as {} and follows in pieces of JSON, the first of them empty',
    async prove({ message }) {
      const whole = readMessage(await message(both));
      const events = readEvents(await message({ ...both, stream: true }));
      const inputs = readBlocks(events).map(({ deltas }) =>
        deltas.map((delta) => (delta.type === 'input_json_delta' ? delta.partial_json : '?')),
      );

      expect(whole.content).toMatchObject([
        { type: 'tool_use', name: 'get_weather', input: { city: expect.any(String) } },
        { type: 'tool_use', name: 'get_time', input: {} },
      ]);
      expect(whole.stop_reason).toBe('tool_use');
      expect(only(events, 'message_delta').delta.stop_reason).toBe('tool_use');
      const starts = events.filter((event) => event.type === 'content_block_start');
      expect(starts.map(({ content_block }) => content_block)).toMatchObject([
        { type: 'tool_use', name: 'get_weather', input: {} },
        { type: 'tool_use', name: 'get_time', input: {} },
      ]);
      expect(inputs.map(([first]) => first)).toEqual(['', '']);
      expect(inputs[0]?.length).toBeGreaterThan(2);
      expect(JSON.parse(inputs[0]?.join('') ?? '')).toEqual({ city: expect.any(String) });
      expect(inputs[1]?.join('')).toBe('{}');
    },
  },
  {
    number: 48,
    title: 'thinking comes first and ends with its signature; omitted, it is only a signature',
    async prove({ message }) {
      for (const display of [undefined, 'summarized', 'omitted']) {
        const request = { thinking: { ...thinking, display } };
        const [thought, text] = readMessage(await message(request)).content;
        expect([thought?.type, text?.type]).toEqual(['thinking', 'text']);
        const shown = thought?.type === 'thinking' ? thought.thinking : undefined;
        expect(shown).toMatch(display === 'omitted' ? /^$/ : /^\n.*\w/);
        expect(thought).toHaveProperty('signature', expect.stringMatching(/^[0-9a-f]{64}$/));
        const [block] = readBlocks(readEvents(await message({ ...request, stream: true })));
        expect(block?.type).toBe('thinking');
        expect(block?.deltas.at(-1)?.type).toBe('signature_delta');
        const types = block?.deltas.slice(0, -1).map(({ type }) => type);
        expect(new Set(types)).toEqual(new Set(display === 'omitted' ? [] : ['thinking_delta']));
      }
    },
  },
  {
    number: 48,
    title: 'thinking that is replayed is accepted, redacted or not',
    async prove({ message }) {
      const blocks = [
        { type: 'thinking', thinking: '\nHm.', signature: 'abc' },
        { type: 'thinking', thinking: '', signature: 'abc' },
        { type: 'redacted_thinking', data: 'opaque' },
      ];
      for (const block of blocks) {
        const turn = { role: 'assistant', content: [block, { type: 'text', text: 'Hello.' }] };
        const request = { messages: [...hello.messages, turn, ...hello.messages], thinking };
        expect(readMessage(await message(request)).stop_reason).toBe('end_turn');
      }
    },
  },
  {
    number: 49,
    title: 'every kind of thinking is accepted, with a budget or without',
    decision:
      'LongCat documents no budget here, so one beyond max_tokens is cut to half of it, not refused.',
    async prove({ message }) {
      for (const type of ['enabled', 'adaptive', 'between_tools', 'disabled']) {
        for (const budget_tokens of [undefined, 1024, 32_000]) {
          const request = { max_tokens: 200, thinking: { type, budget_tokens } };
          const types = readMessage(await message(request)).content.map((block) => block.type);
          expect(types).toEqual(type === 'disabled' ? ['text'] : ['thinking', 'text']);
        }
      }
      const tight = { max_tokens: 20, thinking: { ...thinking, budget_tokens: 20 } };
      expect(readMessage(await message(tight)).usage.output_tokens).toBe(20);
    },
  },
];

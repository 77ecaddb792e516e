import type { MessageRequest } from '../../contract/anthropic/request.ts';
import type { Message } from '../../contract/anthropic/response.ts';
import type { MessageStreamEvent } from '../../contract/anthropic/stream.ts';
import type { Examples } from './example.ts';

const model = 'LongCat-2.0';

export const messageRequests: Examples<MessageRequest> = {
  greeting: {
    summary: 'A greeting (LongCat docs, Quick Start)',
    value: { model, max_tokens: 1000, messages: [{ role: 'user', content: 'Hello!' }] },
  },
  streamed: {
    summary: 'A streamed answer that begins with the reasoning',
    value: {
      model,
      max_tokens: 4096,
      system: 'Answer in one sentence.',
      messages: [{ role: 'user', content: 'What is a mock server?' }],
      stream: true,
      thinking: { type: 'enabled', budget_tokens: 1024 },
    },
  },
  tools: {
    summary: 'A question with a tool',
    value: {
      model,
      max_tokens: 1000,
      messages: [{ role: 'user', content: 'What is the weather in Beijing?' }],
      tools: [
        {
          name: 'get_weather',
          description: 'The weather in a city',
          input_schema: {
            type: 'object',
            properties: { city: { type: 'string' } },
            required: ['city'],
          },
        },
      ],
    },
  },
  toolResult: {
    summary: 'The result of a tool',
    value: {
      model,
      max_tokens: 1000,
      messages: [
        { role: 'user', content: 'What is the weather in Beijing?' },
        {
          role: 'assistant',
          content: [
            {
              type: 'tool_use',
              id: 'call_7a8008d63ce549a48e282846',
              name: 'get_weather',
              input: { city: 'Beijing' },
            },
          ],
        },
        {
          role: 'user',
          content: [
            {
              type: 'tool_result',
              tool_use_id: 'call_7a8008d63ce549a48e282846',
              content: 'Sunny, 24 degrees',
            },
          ],
        },
      ],
    },
  },
};

export const messages: Examples<Message> = {
  text: {
    summary: 'Text (assumed, after LongCat docs, Messages)',
    value: {
      id: 'msg_4f1d9a60c2b84e7f8a35d0916be27c54',
      type: 'message',
      role: 'assistant',
      content: [{ type: 'text', text: '你好！有什么可以帮你的吗？' }],
      model,
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: {
        input_tokens: 10,
        cache_read_input_tokens: 0,
        cache_creation_input_tokens: 0,
        output_tokens: 8,
      },
    },
  },
  toolUse: {
    summary: 'Reasoning and a use of a tool (assumed)',
    value: {
      id: 'msg_9b02c4e7d1a34f65b8e0f7a2c3d41596',
      type: 'message',
      role: 'assistant',
      content: [
        {
          type: 'thinking',
          thinking: '\nThe user wants the weather, so I call the tool.',
          signature: 'a7c41f0e5b9d3826f1c07be4925d6a830e4fb1c6d97a25380bfe6d14c2a98753',
        },
        {
          type: 'tool_use',
          id: 'call_7a8008d63ce549a48e282846',
          name: 'get_weather',
          input: { city: 'Beijing' },
        },
      ],
      model,
      stop_reason: 'tool_use',
      stop_sequence: null,
      usage: {
        input_tokens: 21087,
        cache_read_input_tokens: 7552,
        cache_creation_input_tokens: 0,
        output_tokens: 52,
      },
    },
  },
};

export const messageStreamEvents: Examples<MessageStreamEvent> = {
  messageStart: {
    summary: 'The first event (usage recorded)',
    value: {
      type: 'message_start',
      message: {
        id: 'msg_9b02c4e7d1a34f65b8e0f7a2c3d41596',
        type: 'message',
        role: 'assistant',
        content: [],
        model,
        stop_reason: null,
        stop_sequence: null,
        usage: {
          input_tokens: 21087,
          cache_read_input_tokens: 7552,
          cache_creation_input_tokens: 0,
          output_tokens: 0,
        },
      },
    },
  },
  blockStart: {
    summary: 'A text block opens',
    value: {
      type: 'content_block_start',
      index: 0,
      content_block: { type: 'text', text: '' },
    },
  },
  ping: { summary: 'A sign of life', value: { type: 'ping' } },
  thinkingDelta: {
    summary: 'A piece of the reasoning',
    value: {
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'thinking_delta', thinking: 'The user wants the weather' },
    },
  },
  signatureDelta: {
    summary: 'The signature of the reasoning, before its block closes',
    value: {
      type: 'content_block_delta',
      index: 0,
      delta: {
        type: 'signature_delta',
        signature: 'a7c41f0e5b9d3826f1c07be4925d6a830e4fb1c6d97a25380bfe6d14c2a98753',
      },
    },
  },
  textDelta: {
    summary: 'A piece of text',
    value: {
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'text_delta', text: '你好！' },
    },
  },
  toolUseStart: {
    summary: 'A block for the use of a tool opens',
    value: {
      type: 'content_block_start',
      index: 1,
      content_block: {
        type: 'tool_use',
        id: 'call_7a8008d63ce549a48e282846',
        name: 'get_weather',
        input: {},
      },
    },
  },
  inputDelta: {
    summary: 'A piece of a tool’s input',
    value: {
      type: 'content_block_delta',
      index: 1,
      delta: { type: 'input_json_delta', partial_json: '{"city": "' },
    },
  },
  blockStop: {
    summary: 'A block closes',
    value: { type: 'content_block_stop', index: 0 },
  },
  messageDelta: {
    summary: 'Why the answer ended (recorded)',
    value: {
      type: 'message_delta',
      delta: { stop_reason: 'tool_use', stop_sequence: null },
      usage: { output_tokens: 52 },
    },
  },
  messageStop: { summary: 'The last event', value: { type: 'message_stop' } },
  error: {
    summary: 'An error that ends the stream (assumed)',
    value: {
      type: 'error',
      error: { message: 'Internal server error', type: 'server_error', code: 'internal_error' },
    },
  },
};

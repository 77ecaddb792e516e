import type { ChatRequest } from '../../contract/openai/request.ts';
import type { ChatCompletion, ChatUsage } from '../../contract/openai/response.ts';
import type { ChatChunk, ChatDelta, ChatStreamEvent } from '../../contract/openai/stream.ts';
import type { Examples } from './example.ts';

const model = 'LongCat-2.0';

const weatherParameters = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
};

export const chatRequests: Examples<ChatRequest> = {
  greeting: {
    summary: 'A question (LongCat docs, Quick Start)',
    value: {
      model,
      messages: [{ role: 'user', content: 'Hello, please introduce yourself.' }],
      max_tokens: 1000,
      temperature: 0.7,
    },
  },
  streamed: {
    summary: 'A streamed answer without reasoning',
    value: {
      model,
      messages: [
        { role: 'system', content: 'Answer in one sentence.' },
        { role: 'user', content: 'What is a mock server?' },
      ],
      stream: true,
      thinking: { type: 'disabled' },
    },
  },
  tools: {
    summary: 'A question with a tool',
    value: {
      model,
      messages: [{ role: 'user', content: 'What is the weather in Beijing?' }],
      tools: [
        {
          type: 'function',
          function: {
            name: 'get_weather',
            description: 'The weather in a city',
            parameters: weatherParameters,
          },
        },
      ],
      tool_choice: 'auto',
    },
  },
  toolResult: {
    summary: 'The result of a tool',
    value: {
      model,
      messages: [
        { role: 'user', content: 'What is the weather in Beijing?' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            {
              id: 'call_7a8008d63ce549a48e282846',
              type: 'function',
              function: { name: 'get_weather', arguments: '{"city": "Beijing"}' },
            },
          ],
        },
        {
          role: 'tool',
          tool_call_id: 'call_7a8008d63ce549a48e282846',
          content: 'Sunny, 24 degrees',
        },
      ],
    },
  },
};

export const chatCompletions: Examples<ChatCompletion> = {
  text: {
    summary: 'Text after reasoning (recorded)',
    value: {
      id: '725f48ccd59a4d0ab6261a399f1c6541',
      object: 'chat.completion',
      created: 1788243528,
      model,
      choices: [
        {
          delta: null,
          index: 0,
          finish_reason: 'stop',
          matched_stop: 2,
          message: {
            role: 'assistant',
            content: 'GATEWAY_HTTP_OK:longcat_chat',
            reasoning_content:
              '\nWe are asked: "Gateway HTTP round smoke. Reply with exactly: GATEWAY_HTTP_OK:longcat_chat"\n\nThe instruction is clear: reply with exactly that string. No additional text. So I\'ll output: GATEWAY_HTTP_OK:longcat_chat',
          },
          logprobs: null,
        },
      ],
      usage: usage({ prompt: 25, completion: 67, reasoning: 55 }),
      lastOne: false,
    },
  },
  toolCall: {
    summary: 'A call of a tool (assumed)',
    value: {
      id: 'c1d0b3c87e6f4d3f9f0ab12c34d56e78',
      object: 'chat.completion',
      created: 1788243540,
      model,
      choices: [
        {
          delta: null,
          index: 0,
          finish_reason: 'tool_calls',
          matched_stop: null,
          message: {
            role: 'assistant',
            content: null,
            reasoning_content: '\nThe user wants the weather, so I call the tool.',
            tool_calls: [
              {
                id: 'call_7a8008d63ce549a48e282846',
                index: 0,
                type: 'function',
                function: { name: 'get_weather', arguments: '{"city": "Beijing"}' },
              },
            ],
          },
          logprobs: null,
        },
      ],
      usage: usage({ prompt: 142, completion: 31, reasoning: 12 }),
      lastOne: false,
    },
  },
};

export const chatStreamEvents: Examples<ChatStreamEvent> = {
  role: {
    summary: 'The first chunk (recorded)',
    value: chunk({ delta: { role: 'assistant', content: '' } }),
  },
  reasoning: {
    summary: 'A piece of reasoning (recorded)',
    value: chunk({ delta: { reasoning_content: 'We are asked' } }),
  },
  content: {
    summary: 'A piece of content (recorded)',
    value: chunk({ delta: { content: 'GATE' } }),
  },
  toolCallStart: {
    summary: 'The start of a tool call (delta recorded)',
    value: chunk({
      delta: {
        tool_calls: [
          {
            id: 'call_7a8008d63ce549a48e282846',
            index: 0,
            type: 'function',
            function: { name: 'exec_command', arguments: '' },
          },
        ],
      },
    }),
  },
  toolCallArguments: {
    summary: 'A piece of its arguments (delta recorded)',
    value: chunk({
      delta: {
        tool_calls: [
          {
            id: null,
            index: 0,
            type: 'function',
            function: { name: null, arguments: '{"cmd": "' },
          },
        ],
      },
    }),
  },
  finish: {
    summary: 'The end of the answer (recorded)',
    value: chunk({ delta: {}, finish_reason: 'stop', matched_stop: 2 }),
  },
  usage: {
    summary: 'The usage, before `[DONE]` (recorded)',
    value: {
      id: '0ff04eb0315a4a97a2c25303708351ed',
      object: 'chat.completion.chunk',
      created: 1788243531,
      model,
      choices: [],
      usage: usage({ prompt: 25, completion: 52, reasoning: 40 }),
      lastOne: true,
    },
  },
  error: {
    summary: 'An error that ends the stream, without `[DONE]` (assumed)',
    value: {
      error: { message: 'Internal server error', type: 'server_error', code: 'internal_error' },
    },
  },
};

function chunk(choice: {
  readonly delta: ChatDelta;
  readonly finish_reason?: 'stop';
  readonly matched_stop?: number;
}): ChatChunk {
  const { delta, finish_reason = null, matched_stop = null } = choice;
  return {
    id: '0ff04eb0315a4a97a2c25303708351ed',
    object: 'chat.completion.chunk',
    created: 1788243530,
    model,
    choices: [{ delta, index: 0, finish_reason, matched_stop, logprobs: null }],
    lastOne: false,
  };
}

/** LongCat leaves the details of the prompt at 0, whatever its length. */
function usage(tokens: {
  readonly prompt: number;
  readonly completion: number;
  readonly reasoning: number;
}): ChatUsage {
  return {
    completion_tokens: tokens.completion,
    prompt_tokens: tokens.prompt,
    total_tokens: tokens.prompt + tokens.completion,
    completion_tokens_details: { reasoning_tokens: tokens.reasoning },
    prompt_tokens_details: {
      cached_tokens: 0,
      audio_tokens: 0,
      image_tokens: 0,
      video_tokens: 0,
      text_tokens: 0,
      cache_write_tokens: 0,
    },
  };
}

import type { ZodTypeAny } from 'zod/v3';
import { MessageRequest } from './anthropic/request.ts';
import { Message } from './anthropic/response.ts';
import { MessageStreamEvent } from './anthropic/stream.ts';
import type { LongCatErrorName } from './errors.ts';
import { ModelDetail, ModelList } from './model-list.ts';
import { ChatRequest } from './openai/request.ts';
import { ChatCompletion } from './openai/response.ts';
import { ChatStreamEvent } from './openai/stream.ts';
import type { QuirkName } from './quirks.ts';
import type { Provenance } from './registry.ts';

export interface Operation {
  readonly id: string;
  readonly summary: string;
  readonly description: string;
  readonly method: 'GET' | 'POST';
  /** Where it is served, the documented path first; `{model}` stands for a name. */
  readonly paths: readonly [string, ...string[]];
  readonly provenance: Provenance;
  /** The switches that change its headers, or who may ask; those of bodies are at the schemas. */
  readonly quirks: readonly QuirkName[];
  readonly request?: ZodTypeAny;
  readonly response: ZodTypeAny;
  /** The payload of one event, where an answer can be streamed. */
  readonly streamEvent?: ZodTypeAny;
  /** What LongCat may refuse it with; the mock’s own refusals are not of the contract. */
  readonly errors: readonly LongCatErrorName[];
}

const keyErrors = ['missing_api_key', 'incorrect_api_key'] as const;

/** Those that LongCat’s overview lists for all of its API, and its firewall’s. */
const generalErrors = [
  ...keyErrors,
  'permission_denied',
  'rate_limit_exceeded',
  'waf_blocked',
  'internal_error',
  'bad_gateway',
  'service_unavailable',
] as const;

const answerErrors = [
  'invalid_json',
  'invalid_parameter',
  'unsupported_model',
  'context_length_exceeded',
  ...generalErrors,
  'insufficient_quota',
  'quota_exhausted',
  'request_too_large',
  'unsupported_encoding',
] as const;

/** Every operation of LongCat that the mock answers. The routes and the OpenAPI document are made from it. */
export const operations = {
  createChatCompletion: {
    id: 'createChatCompletion',
    summary: 'Answer a conversation in the OpenAI format',
    description:
      'The model reasons first, unless the request turns thinking off, and then answers or calls tools. With `stream: true` the answer comes in pieces as server-sent events: `data: ` and a chunk as JSON, then a blank line, without event names. The first chunk has the role, then come pieces of the reasoning, of the content and of tool calls, a chunk with the finish reason, one with the usage, and at last `data: [DONE]`.',
    method: 'POST',
    paths: ['/openai/v1/chat/completions', '/openai/chat/completions'],
    provenance: 'observed',
    quirks: ['gateway-headers', 'accept-x-api-key'],
    request: ChatRequest,
    response: ChatCompletion,
    streamEvent: ChatStreamEvent,
    errors: answerErrors,
  },
  createMessage: {
    id: 'createMessage',
    summary: 'Answer a conversation in the Anthropic format',
    description:
      'The model answers, or uses tools; the answer holds the reasoning only when the request asks for it. Any `anthropic-version` and `anthropic-beta` header is accepted, and so is none. With `stream: true` the answer comes in pieces as server-sent events: a line `event: ` with the type, a line `data: ` with the event as JSON, then a blank line. `message_start` comes first; each block opens, grows and closes; `message_delta` has the stop reason and the usage; `message_stop` is the last.',
    method: 'POST',
    paths: ['/anthropic/v1/messages'],
    provenance: 'documented',
    quirks: ['gateway-headers', 'accept-x-api-key'],
    request: MessageRequest,
    response: Message,
    streamEvent: MessageStreamEvent,
    errors: answerErrors,
  },
  listModels: {
    id: 'listModels',
    summary: 'List the models',
    description:
      'The models that this key may use, in the same shape on both formats. There is one page.',
    method: 'GET',
    paths: ['/openai/v1/models', '/openai/models', '/anthropic/v1/models'],
    provenance: 'observed',
    quirks: ['open-models', 'accept-x-api-key'],
    response: ModelList,
    errors: generalErrors,
  },
  getModel: {
    id: 'getModel',
    summary: 'Describe one model',
    description:
      'The limits, modalities and prices of one model, in the same shape on both formats. A model that is not known is an error with status 400.',
    method: 'GET',
    paths: ['/openai/v1/models/{model}', '/openai/models/{model}', '/anthropic/v1/models/{model}'],
    provenance: 'documented',
    quirks: ['open-models', 'accept-x-api-key'],
    response: ModelDetail,
    errors: ['unsupported_model', ...generalErrors],
  },
} as const satisfies Record<string, Operation>;

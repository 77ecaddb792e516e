import type { ZodTypeAny } from 'zod/v3';
import { MessageRequest } from './anthropic/request.ts';
import { Message } from './anthropic/response.ts';
import { MessageStreamEvent } from './anthropic/stream.ts';
import type { ErrorName } from './errors.ts';
import { ModelDetail, ModelList } from './model-list.ts';
import { ChatRequest } from './openai/request.ts';
import { ChatCompletion } from './openai/response.ts';
import { ChatStreamEvent } from './openai/stream.ts';
import type { Provenance } from './registry.ts';

export interface Operation {
  readonly id: string;
  readonly summary: string;
  readonly method: 'GET' | 'POST';
  /** Where it is served, the documented path first; `{model}` stands for a name. */
  readonly paths: readonly [string, ...string[]];
  readonly provenance: Provenance;
  readonly request?: ZodTypeAny;
  readonly response: ZodTypeAny;
  /** The payload of one event, where an answer can be streamed. */
  readonly streamEvent?: ZodTypeAny;
  readonly errors: readonly ErrorName[];
}

const keyErrors = ['missing_api_key', 'incorrect_api_key'] as const;

const answerErrors = [
  'invalid_json',
  'invalid_parameter',
  'unsupported_model',
  'context_length_exceeded',
  ...keyErrors,
  'insufficient_quota',
  'permission_denied',
  'request_too_large',
  'unsupported_encoding',
  'rate_limit_exceeded',
  'quota_exhausted',
  'waf_blocked',
  'internal_error',
  'bad_gateway',
  'service_unavailable',
] as const;

/** Every operation of LongCat that the mock answers. The routes and the OpenAPI document are made from it. */
export const operations = {
  createChatCompletion: {
    id: 'createChatCompletion',
    summary: 'Answer a conversation in the OpenAI format',
    method: 'POST',
    paths: ['/openai/v1/chat/completions', '/openai/chat/completions'],
    provenance: 'observed',
    request: ChatRequest,
    response: ChatCompletion,
    streamEvent: ChatStreamEvent,
    errors: answerErrors,
  },
  createMessage: {
    id: 'createMessage',
    summary: 'Answer a conversation in the Anthropic format',
    method: 'POST',
    paths: ['/anthropic/v1/messages'],
    provenance: 'documented',
    request: MessageRequest,
    response: Message,
    streamEvent: MessageStreamEvent,
    errors: answerErrors,
  },
  listModels: {
    id: 'listModels',
    summary: 'List the models',
    method: 'GET',
    paths: ['/openai/v1/models', '/openai/models', '/anthropic/v1/models'],
    provenance: 'observed',
    response: ModelList,
    errors: keyErrors,
  },
  getModel: {
    id: 'getModel',
    summary: 'Describe one model',
    method: 'GET',
    paths: ['/openai/v1/models/{model}', '/openai/models/{model}', '/anthropic/v1/models/{model}'],
    provenance: 'documented',
    response: ModelDetail,
    errors: [...keyErrors, 'unsupported_model'],
  },
} as const satisfies Record<string, Operation>;

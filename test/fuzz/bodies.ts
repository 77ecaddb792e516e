import fc from 'fast-check';
import { type ZodRawShape, z } from 'zod/v3';
import { MessageRequest } from '../../src/contract/anthropic/request.ts';
import { ChatRequest } from '../../src/contract/openai/request.ts';
import { chatPath, messagesPath } from '../ask.ts';
import { conforming } from './conforming.ts';
import { applyFaults, fault } from './faults.ts';
import { writeText } from './json.ts';

/** Both endpoints, by the names of their formats. */
export const formats = {
  openai: { path: chatPath, request: ChatRequest },
  anthropic: { path: messagesPath, request: MessageRequest },
} as const;

export type Format = keyof typeof formats;

export type Body = Readonly<Record<string, unknown>>;

/** What shapes an answer: in more bodies than the many members that do not. */
const lively = [
  'stream',
  'stream_options',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'max_tokens',
  'max_completion_tokens',
  'thinking',
  'stop',
  'stop_sequences',
  'response_format',
  'output_config',
  'n',
  'logprobs',
  'top_logprobs',
];

const conformingBodies = {
  openai: servable(ChatRequest),
  anthropic: servable(MessageRequest),
};

/** Bodies that a format's schema accepts, of a model that is served. */
export function validBody(format: Format): fc.Arbitrary<Body> {
  return conformingBodies[format].map(parseBody);
}

/** Bodies that a format's schema accepts but for some changes. */
export function nearBody(format: Format): fc.Arbitrary<Body> {
  return fc
    .tuple(conformingBodies[format], fc.array(fault, { maxLength: 3 }))
    .map(([body, faults]) => parseBody(applyFaults(body, faults)));
}

function servable(schema: typeof ChatRequest | typeof MessageRequest): fc.Arbitrary<object> {
  const shape: ZodRawShape = schema.shape;
  const livelyShape = Object.fromEntries(
    Object.entries(shape).filter(([name]) => lively.includes(name)),
  );
  return fc
    .tuple(conforming(schema), conforming(z.object(livelyShape)))
    .map((halves) => Object.assign({}, ...halves, { model: 'LongCat-2.0' }));
}

/** As a server reads it: what JSON cannot hold is gone. */
export function parseBody(body: unknown): Body {
  return JSON.parse(writeText(body));
}

import { anthropic } from '../dialect/anthropic/index.ts';
import { openai } from '../dialect/openai/index.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Prompt } from '../exchange/prompt.ts';
import type { Api, WireAnswer } from './read-answer.ts';

/** A request of a conversation and its answer, whoever recorded them. */
export interface Call {
  /** Such as `entry 3`. */
  readonly entry: string;
  /** Where it went, for the fixture’s description. */
  readonly target?: string | undefined;
  readonly api: Api;
  readonly request: JsonObject;
  readonly answer: WireAnswer;
  /** Values that were keys in this call. */
  readonly secrets?: readonly string[] | undefined;
  readonly timing?: Timing | undefined;
}

export interface Timing {
  /** To the first byte of the answer, and from there to its last. */
  readonly waitMs: number;
  readonly receiveMs: number;
}

/** The format of a path, whatever host and prefix it has. */
export function apiOf(path: string): Api | undefined {
  const plain = path.replace(/\/+$/, '');
  if (plain.endsWith('/chat/completions')) return 'openai';
  return plain.endsWith('/v1/messages') ? 'anthropic' : undefined;
}

/** What was asked, whichever format it was asked in. */
export function readPrompt({ api, request }: Pick<Call, 'api' | 'request'>): Prompt {
  return (api === 'openai' ? openai : anthropic).decode(request);
}

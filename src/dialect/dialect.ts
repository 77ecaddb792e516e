import type { AnyZodObject } from 'zod/v3';
import type { ErrorName } from '../contract/errors.ts';
import type { QuirkSettings } from '../contract/quirks.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Prompt } from '../exchange/prompt.ts';
import type { Reply } from '../exchange/reply.ts';

/** What is stamped on an answer from outside it. */
export interface Stamp {
  /** 32 hexadecimal digits, the same in every chunk of a stream. */
  readonly id: string;
  /** Unix seconds. */
  readonly created: number;
}

/** How an answer has to look besides what it says. */
export interface Dressing {
  readonly prompt: Prompt;
  readonly stamp: Stamp;
  readonly quirks: QuirkSettings;
}

/** One server-sent event. */
export interface WireEvent {
  readonly event?: string;
  /** An object, or what is text already: JSON, or what ends a stream. */
  readonly data: object | string;
  /** The content it carries; absent on events that frame an answer. */
  readonly piece?: Piece;
}

export interface Piece {
  readonly of: 'thinking' | 'text' | 'input';
  readonly text: string;
}

/** One wire format: what it accepts, and both directions between it and the neutral form. */
export interface Dialect {
  readonly api: 'openai' | 'anthropic';
  /** The published schema of a request. */
  readonly request: AnyZodObject;
  /** The members that the model's output limit bounds. */
  readonly outputLimits: readonly string[];
  /** Total: a body that breaks its schema gets a prompt too, for a server that does not validate. */
  decode(body: JsonObject): Prompt;
  encode(reply: Reply, dressing: Dressing): object;
  stream(reply: Reply, dressing: Dressing): readonly WireEvent[];
  /** The event that reports an error in the midst of a stream. */
  fail(name: ErrorName): WireEvent;
}

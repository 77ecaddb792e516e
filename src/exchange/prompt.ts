import type { JsonValue } from './json.ts';

/** What was asked, whichever format it came in. */
export interface Prompt {
  readonly model: string;
  readonly streamed: boolean;
  readonly messages: readonly Turn[];
  readonly tools: readonly Tool[];
  readonly toolChoice: ToolChoice;
  readonly parallelToolCalls: boolean;
  readonly thinking: Thinking;
  /** The output limit in tokens, reasoning included. */
  readonly maxTokens: number;
  /** Texts that end the answer before they appear in it. */
  readonly stop: readonly string[];
  readonly format: Format;
  /** How many answers. */
  readonly choices: number;
  /** How many alternatives to each token; absent when no log probabilities were asked for. */
  readonly logprobs?: number | undefined;
  /** Whether a streamed answer was asked to end with its usage. */
  readonly usageAsked: boolean;
}

export interface Turn {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly text: string;
  readonly thinking?: string | undefined;
  readonly toolCalls?: readonly PastCall[] | undefined;
  /** Of a tool turn: the call that it answers. */
  readonly toolCallId?: string | undefined;
}

export interface PastCall {
  readonly id: string;
  readonly name: string;
  /** The arguments as text; JSON unless the tool takes free text. */
  readonly input: string;
}

export interface Tool {
  readonly name: string;
  readonly description?: string | undefined;
  /** A function takes JSON that satisfies `schema`; a custom tool takes free text. */
  readonly kind: 'function' | 'custom';
  readonly schema?: JsonValue | undefined;
}

export interface ToolChoice {
  readonly mode: 'none' | 'auto' | 'required';
  /** The tools it is limited to; absent for all. */
  readonly names?: readonly string[] | undefined;
}

export interface Thinking {
  readonly on: boolean;
  /** At most so many tokens of it. */
  readonly budget?: number | undefined;
  /** Think, but show only the signature. */
  readonly hidden?: boolean | undefined;
}

export type Format =
  | { readonly kind: 'text' }
  | { readonly kind: 'json-object' }
  | { readonly kind: 'json-schema'; readonly schema: JsonValue | undefined };

/** The text of the newest turn of the user, or '' when there is none. */
export function lastUserText(prompt: Prompt): string {
  return prompt.messages.findLast((turn) => turn.role === 'user')?.text ?? '';
}

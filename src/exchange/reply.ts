/** What is answered, whichever format it leaves in. */
export interface Reply {
  readonly choices: readonly Choice[];
  readonly usage: Usage;
  /** What a developer should know of this answer, such as a schema that cannot be satisfied. */
  readonly warnings: readonly string[];
}

export interface Choice {
  /** The reasoning; absent when there is none to show. */
  readonly thinking?: Reasoning | undefined;
  /** Absent when the answer is only tool calls. */
  readonly text?: string | undefined;
  /** The text in the very pieces in which it is streamed; a few words each when it is left out. */
  readonly chunks?: readonly string[] | undefined;
  readonly toolCalls: readonly ToolCall[];
  readonly stop: Stop;
  /** One entry a token; together they spell `text`. */
  readonly logprobs?: readonly TokenLogprob[] | undefined;
}

export interface Reasoning {
  /** Empty when it is hidden. */
  readonly text: string;
  readonly signature: string;
}

export interface ToolCall {
  /** 24 hexadecimal digits; each format puts its own prefix before them. */
  readonly id: string;
  readonly kind: 'function' | 'custom';
  readonly name: string;
  /** The arguments as the model wrote them: JSON text for a function, cut when the limit is. */
  readonly input: string;
}

export type Stop =
  | { readonly kind: 'end' }
  | { readonly kind: 'limit' }
  | { readonly kind: 'stop-text'; readonly text: string }
  | { readonly kind: 'tool-calls' };

export interface TokenLogprob {
  readonly token: string;
  readonly logprob: number;
  readonly alternatives: readonly { readonly token: string; readonly logprob: number }[];
}

/** Tokens. */
export interface Usage {
  /** Cached ones included. */
  readonly input: number;
  readonly cached: number;
  /** Reasoning included. */
  readonly output: number;
  readonly reasoning: number;
}

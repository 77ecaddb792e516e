/** What the thread is told when it starts. */
export interface Setup {
  /** Of the tokenizer.json. */
  readonly path: string;
}

/** Texts to count. */
export interface Task {
  readonly id: number;
  readonly texts: readonly string[];
}

/** What the thread says: once how loading went, then what each task came to. */
export type Report =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unusable'; readonly reason: string }
  | { readonly kind: 'counted'; readonly id: number; readonly counts: readonly number[] }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string };

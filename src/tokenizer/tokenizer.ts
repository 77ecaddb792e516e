import { startThread, type Thread } from './thread.ts';

/** Counts tokens by a tokenizer.json, in a thread of its own. */
export interface Tokenizer {
  /**
   * Resolves once it can count; rejects with a MockError `invalid-config` when it never can.
   *
   * It starts the thread, as does the first count, and the first after a crash.
   */
  load(): Promise<void>;
  /** How many tokens each text has. */
  count(texts: readonly string[]): Promise<readonly number[]>;
  close(): Promise<void>;
}

export interface TokenizerOptions {
  /** Of the tokenizer.json. */
  readonly path: string;
  /** Where the thread's module is, as built. */
  readonly worker: () => URL;
}

export function createTokenizer(options: TokenizerOptions): Tokenizer {
  let thread: Promise<Thread> | undefined;
  let closed = false;

  function running(): Promise<Thread> {
    if (closed) return Promise.reject(new Error('The mock is closed.'));
    thread ??= startThread(options, () => {
      thread = undefined;
    });
    return thread;
  }

  return {
    load: async () => void (await running()),
    count: async (texts) => (await running()).count(texts),
    async close() {
      closed = true;
      const last = await thread?.catch(() => undefined); // it ended before it could count
      await last?.end();
    },
  };
}

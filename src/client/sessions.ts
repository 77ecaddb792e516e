import { MockError } from '../errors.ts';
import { type Ask, type Carrier, createAsk } from './ask.ts';
import { type LongCatSession, openSession, type SessionOptions } from './session.ts';

/** The sessions of a mock, in this process or elsewhere. */
export interface LongCatSessions {
  /**
   * A session of that name, or of the next free one, declared on the mock.
   *
   * @throws MockError `invalid-config` or `unknown-scenario`
   */
  session(name?: string, options?: SessionOptions): Promise<LongCatSession>;
  /** Whether there is a session of that name. */
  has(name: string): Promise<boolean>;
  /** Forgets all sessions, and every change of the fixtures. */
  reset(): Promise<void>;
}

export interface SessionsOptions extends Carrier {
  /** Whether clients reach the mock through its `fetch` alone. */
  readonly isInProcess?: boolean;
  /** Whether the mock is this process's own: nobody else is in the way of a reset. */
  readonly isOwn: boolean;
  /** What names begin with that nobody has chosen. */
  readonly prefix?: string;
}

export function createSessions(options: SessionsOptions): LongCatSessions {
  const { isInProcess = false, isOwn, prefix = 'session', ...carrier } = options;
  const ask = createAsk(carrier);
  let count = 0;

  function nextName(): string {
    count += 1;
    return `${prefix}-${count}`;
  }

  return {
    async session(name = nextName(), { cassette, ...chosen } = {}) {
      if (!namePattern.test(name)) throw new MockError('invalid-config', tellName(name));
      const hasTape = cassette !== undefined && (await keepsCassettes(ask));
      const choices = hasTape ? { ...chosen, cassette } : chosen;
      return openSession({ ...carrier, name, options: choices, isInProcess });
    },
    async has(name) {
      const path = `/sessions/${encodeURIComponent(name)}`;
      const answer = await ask<{ error?: unknown }>('GET', { path, expected: [404] });
      return answer.error === undefined;
    },
    async reset() {
      await ask('POST', { path: '/reset', query: isOwn ? { force: 'true' } : {} });
    },
  };
}

/** A mock that neither records nor replays has no use for the name of a cassette. */
async function keepsCassettes(ask: Ask): Promise<boolean> {
  const { record, cassettes } = await ask<Record<string, unknown>>('GET', { path: '/settings' });
  return record !== undefined || cassettes !== undefined;
}

/** It stands in a path, a key and a header. */
const namePattern = /^[\w-]{1,200}$/;

function tellName(name: string): string {
  return `Invalid session name "${name}": expected up to 200 letters, digits, "-" or "_".`;
}

import type { Dispatcher } from 'undici';
import type { Route } from './dispatcher.ts';
import type { HeaderRecord } from './headers.ts';
import { type Received, receive } from './receive.ts';

export interface PoolOptions {
  readonly origin: string;
  readonly route: Route;
  /** In milliseconds: to the headers, and between two chunks. */
  readonly timeouts: { readonly headersTimeout: number; readonly bodyTimeout: number };
  readonly now: () => number;
}

export interface Sending {
  readonly path: string;
  readonly body: string | Uint8Array;
  readonly headers: HeaderRecord;
  readonly signal?: AbortSignal | undefined;
}

/** Connections to one origin. The HTTP client is loaded for the first call and no sooner. */
export function createPool({ origin, route, timeouts, now }: PoolOptions) {
  let opening: Promise<Dispatcher> | undefined;

  async function open(): Promise<Dispatcher> {
    const { createDispatcher } = await import('./dispatcher.ts');
    return createDispatcher(route);
  }

  async function send({ signal = never, ...message }: Sending): Promise<Received> {
    opening ??= open();
    const dispatcher = await opening;
    return receive(
      (handler) =>
        dispatcher.dispatch({ ...message, ...timeouts, origin, method: 'POST' }, handler),
      { now, signal },
    );
  }

  async function close(): Promise<void> {
    const dispatcher = await opening?.catch(() => undefined);
    await dispatcher?.destroy();
  }

  return { send, close };
}

const never = new AbortController().signal;

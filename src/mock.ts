import type { Hono } from 'hono';
import { settleQuirks } from './contract/quirks.ts';
import { createEngine } from './engine/engine.ts';
import { formatUrl } from './http/address.ts';
import { createApp } from './http/app.ts';
import type { AppEnvironment } from './http/settings.ts';
import { type ListeningOptions, type LongCatMockOptions, parseOptions } from './options.ts';
import { version } from './version.ts';

export interface LongCatMock {
  /** The Hono app, on web standards alone: mount it, or serve its `fetch` on any runtime. */
  readonly app: Hono<AppEnvironment>;
  /** Answers in process, without a port: hand it to a client in place of `fetch`. */
  readonly fetch: typeof globalThis.fetch;
}

/**
 * A mock without a port.
 *
 * @throws MockError `invalid-config`
 */
export function createLongCatMock(options: LongCatMockOptions = {}): LongCatMock {
  const { seed, clock, quirks, report, ...settings } = parseOptions(options);
  const app = createApp({
    ...settings,
    engine: createEngine({ seed, clock }),
    version,
    quirks: settleQuirks(quirks),
    report,
  });
  return {
    app,
    fetch: async (input, init) => app.fetch(new Request(input, init), { inProcess: true }),
  };
}

export interface RunningLongCatMock extends LongCatMock, AsyncDisposable {
  /** Such as `http://127.0.0.1:4010`. */
  readonly url: string;
  readonly port: number;
  /** The base URL for the OpenAI clients. */
  readonly openaiUrl: string;
  /** The base URL for the Anthropic clients. */
  readonly anthropicUrl: string;
  /** Lets running answers finish, for two seconds at most. */
  close(): Promise<void>;
}

/**
 * A mock that listens.
 *
 * @throws MockError `invalid-config`, `port-taken` or `cannot-listen`
 */
export async function startLongCatMock(
  options: ListeningOptions = {},
): Promise<RunningLongCatMock> {
  const { host, port, allowedHosts } = parseOptions(options);
  const { listen } = await import('./http/listen.ts');
  const mock = createLongCatMock({ ...options, allowedHosts: [...allowedHosts, host] });
  const listener = await listen({ host, port, fetch: (request) => mock.app.fetch(request) });
  const url = formatUrl(host, listener.port);
  return {
    ...mock,
    url,
    port: listener.port,
    openaiUrl: `${url}/openai/v1`,
    anthropicUrl: `${url}/anthropic`,
    close: () => listener.close(),
    [Symbol.asyncDispose]: () => listener.close(),
  };
}

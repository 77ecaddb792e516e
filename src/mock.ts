import type { Hono } from 'hono';
import { defaultModel } from './contract/models.ts';
import { type QuirkSettings, settleQuirks } from './contract/quirks.ts';
import type { Clock } from './engine/clock.ts';
import { createEngine } from './engine/engine.ts';
import { createApp } from './http/app.ts';
import type { AppEnvironment, RequestReport, Validation } from './http/settings.ts';
import { version } from './version.ts';

export interface LongCatMockOptions {
  /** The models served: `LongCat-2.0` alone by default, `*` for any. Case-sensitive. */
  readonly models?: readonly string[];
  /** The keys accepted; any by default. */
  readonly acceptKeys?: readonly string[];
  /** Switches of the wire, over their defaults. */
  readonly quirks?: Partial<QuirkSettings>;
  /** Another seed, other words. */
  readonly seed?: string;
  /** What a refused member does: a 400 (`error`, the default), a warning, or nothing. */
  readonly validate?: Validation;
  /** The longest body in bytes, before and after decompression; 32 MiB by default. */
  readonly maxBody?: number;
  /** Host names answered for besides the loopback ones; `*` for any. */
  readonly allowedHosts?: readonly string[];
  /** Origins whose pages may call the mock from a browser; none by default, `*` for any. */
  readonly corsOrigins?: readonly string[];
  /** Leave out every header that LongCat would not send. */
  readonly strictContract?: boolean;
  /** Where `created` comes from; the system's clock by default. */
  readonly clock?: Clock;
  /** Called for every request, once its answer has begun. */
  readonly report?: (report: RequestReport) => void;
}

export interface LongCatMock {
  /** The Hono app, on web standards alone: mount it, or serve its `fetch` on any runtime. */
  readonly app: Hono<AppEnvironment>;
  /** Answers in process, without a port: hand it to a client in place of `fetch`. */
  readonly fetch: typeof globalThis.fetch;
}

export const defaultMaxBody: number = 32 * 1024 * 1024;

/** A mock without a port. */
export function createLongCatMock(options: LongCatMockOptions = {}): LongCatMock {
  const { seed, clock, quirks, report } = options;
  const app = createApp({
    engine: createEngine({ seed, clock }),
    version,
    models: options.models ?? [defaultModel],
    acceptKeys: options.acceptKeys ?? [],
    quirks: settleQuirks(quirks),
    validate: options.validate ?? 'error',
    maxBody: options.maxBody ?? defaultMaxBody,
    allowedHosts: options.allowedHosts ?? [],
    corsOrigins: options.corsOrigins ?? [],
    strictContract: options.strictContract ?? false,
    report,
  });
  return {
    app,
    fetch: async (input, init) => app.fetch(new Request(input, init), { inProcess: true }),
  };
}

export interface ListeningOptions extends LongCatMockOptions {
  /** 127.0.0.1 by default. */
  readonly host?: string;
  /** 4010 by default; 0 for any free one. */
  readonly port?: number;
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

export const defaultPort = 4010;
export const defaultHost = '127.0.0.1';

/**
 * A mock that listens.
 *
 * @throws MockError `port-taken` or `cannot-listen`
 */
export async function startLongCatMock(
  options: ListeningOptions = {},
): Promise<RunningLongCatMock> {
  const { host = defaultHost, port = defaultPort, allowedHosts = [] } = options;
  const { listen } = await import('./http/listen.ts');
  const mock = createLongCatMock({ ...options, allowedHosts: [...allowedHosts, bracket(host)] });
  const listener = await listen({ host, port, fetch: (request) => mock.app.fetch(request) });
  const url = `http://${bracket(isWildcard(host) ? defaultHost : host)}:${listener.port}`;
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

/** An IPv6 address as a URL has it. */
function bracket(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

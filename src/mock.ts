import type { Hono } from 'hono';
import { settleQuirks } from './contract/quirks.ts';
import { createEngine, type Engine } from './engine/engine.ts';
import { formatUrl } from './http/address.ts';
import { createApp } from './http/app.ts';
import type { Connection } from './http/connection.ts';
import type { AppEnvironment } from './http/settings.ts';
import { type ListeningOptions, type LongCatMockOptions, parseOptions } from './options.ts';
import { loadOwnFixtures, watchOwnFixtures } from './own-fixtures.ts';
import { createRepertoire, type Repertoire, type ShippedScenarios } from './scenario/repertoire.ts';
import { createTokenizer, type Tokenizer } from './tokenizer/tokenizer.ts';
import { version } from './version.ts';

export interface LongCatMock {
  /** The Hono app, on web standards alone: mount it, or serve its `fetch` on any runtime. */
  readonly app: Hono<AppEnvironment>;
  /** Answers in process, without a port: hand it to a client in place of `fetch`. */
  readonly fetch: typeof globalThis.fetch;
  /** What decides the answers: its sessions, its fixtures, its journal. */
  readonly engine: Engine;
  /** Ends the thread of a tokenizer; without one there is nothing to end. */
  close(): Promise<void>;
}

/**
 * A mock without a port.
 *
 * @throws MockError `invalid-config`
 */
export function createLongCatMock(options: LongCatMockOptions = {}): LongCatMock {
  return compose(options, {
    counter: createCounter(options),
    repertoire: createRepertoire(undefined, shipped),
  });
}

interface Parts {
  readonly counter: Tokenizer | undefined;
  readonly repertoire: Repertoire;
}

function compose(options: LongCatMockOptions, parts: Parts): LongCatMock {
  const { seed, clock, quirks, report, scenario, onUnmatched, ...settings } = parseOptions(options);
  const engine = createEngine({ seed, clock, scenario, onUnmatched, ...parts });
  const app = createApp({
    ...settings,
    engine,
    version,
    quirks: settleQuirks(quirks),
    report,
  });
  return {
    app,
    engine,
    fetch: (input, init) => answerInProcess(app, new Request(input, init)),
    close: async () => parts.counter?.close(),
  };
}

/** As fetch has it, a broken connection is an error of its own. */
async function answerInProcess(app: LongCatMock['app'], request: Request): Promise<Response> {
  const response = await app.fetch(request, { inProcess: true });
  if (response.type !== 'error') return response;
  const cause = Object.assign(new Error('The connection was reset.'), { code: 'ECONNRESET' });
  throw new TypeError('fetch failed', { cause });
}

/** It starts its thread when it first counts, or is told to. */
function createCounter(options: LongCatMockOptions): Tokenizer | undefined {
  const { tokenizer: path } = parseOptions(options);
  // The same place whether seen from src/ or from dist/.
  const worker = () => new URL('../dist/tokenizer-worker.js', import.meta.url);
  return path === undefined ? undefined : createTokenizer({ path, worker });
}

/** The scenarios that come with the package, read when they are first selected. */
const shipped: ShippedScenarios = {
  async names() {
    const { listShipped } = await import('./scenario/shipped.ts');
    return (await listShipped()).map(({ name }) => name);
  },
  async load(name) {
    const { loadShipped } = await import('./scenario/shipped.ts');
    return loadShipped(name);
  },
};

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
  const {
    host,
    port,
    allowedHosts,
    fixtures: paths,
    watch,
    notify = () => {},
  } = parseOptions(options);
  const { listen } = await import('./http/listen.ts');
  const own = { paths, notify };
  const repertoire = createRepertoire(await loadOwnFixtures(own), shipped);
  const counter = createCounter(options);
  const hosted = { ...options, allowedHosts: [...allowedHosts, host] };
  const mock = compose(hosted, { counter, repertoire });
  try {
    await counter?.load();
    const watcher = watch ? await watchOwnFixtures(repertoire, own) : undefined;
    const fetch = (request: Request, connection: Connection) =>
      mock.app.fetch(request, { connection });
    const listener = await listen({ host, port, fetch });
    const url = formatUrl(host, listener.port);
    const close = async () => {
      await listener.close().finally(() => Promise.all([watcher?.close(), mock.close()]));
    };
    return {
      ...mock,
      url,
      port: listener.port,
      openaiUrl: `${url}/openai/v1`,
      anthropicUrl: `${url}/anthropic`,
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await mock.close();
    throw error;
  }
}

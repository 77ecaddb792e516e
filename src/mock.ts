import { createStock, type Stock } from './admin/stock.ts';
import type { LongCatSessions } from './client/sessions.ts';
import { type Composed, compose, createCounter, createLazySessions, shipped } from './compose.ts';
import { hop } from './engine/clock.ts';
import { MockError } from './errors.ts';
import { formatUrl, isLoopback } from './http/address.ts';
import type { Connection } from './http/connection.ts';
import { type ListeningOptions, type LongCatMockOptions, parseOptions } from './options.ts';
import { createRepertoire } from './scenario/repertoire.ts';

/** A mock, and the sessions of those who hold it. */
export interface LongCatMock extends Composed, LongCatSessions {}

/**
 * A mock without a port.
 *
 * @throws MockError `invalid-config`
 */
export function createLongCatMock(options: LongCatMockOptions = {}): LongCatMock {
  const mock = compose(options, {
    counter: createCounter(options),
    stock: createStock(createRepertoire(undefined, shipped)),
    closing: new AbortController(),
  });
  const { fetch } = mock;
  const { adminToken } = options;
  const url = 'http://longcat.mock'; // any will do: there is no network
  return { ...mock, ...createLazySessions({ url, adminToken, fetch, isInProcess: true }) };
}

export interface RunningLongCatMock extends LongCatMock {
  /** Such as `http://127.0.0.1:4010`. */
  readonly url: string;
  readonly port: number;
  /** The base URL for the OpenAI clients. */
  readonly openaiUrl: string;
  /** The base URL for the Anthropic clients. */
  readonly anthropicUrl: string;
  /** What the admin API wants to be shown; made here when the mock is open to other machines. */
  readonly adminToken?: string | undefined;
  /** Resolves once the mock is closed, whoever asked for it. */
  readonly closed: Promise<void>;
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
    scenario,
    watch,
    notify = () => {},
    adminToken = isLoopback(host) ? undefined : crypto.randomUUID(),
  } = parseOptions(options);
  const [{ listen }, { loadOwnFixtures, watchOwnFixtures }, { openOwnCassettes }] =
    await Promise.all([
      import('./http/listen.ts'),
      import('./own-fixtures.ts'),
      import('./own-cassettes.ts'),
    ]);
  const own = { paths, notify };
  const stock = createStock(createRepertoire(await loadOwnFixtures(own), shipped));
  if (scenario !== undefined) await requireScenario(stock, scenario);
  const cassettes = await openOwnCassettes(parseOptions(options), process.env);
  const counter = createCounter(options);
  const hosted = { ...options, allowedHosts: [...allowedHosts, host], adminToken };
  const [closing, ending] = [new AbortController(), new AbortController()];
  const shutdown = () => void hop(() => ending.abort()); // its answer is on its way by then
  const mock = compose(hosted, { counter, stock, closing, shutdown, cassettes });
  try {
    await counter?.load();
    const watcher = watch ? await watchOwnFixtures(stock, own) : undefined;
    const fetch = (request: Request, connection: Connection) =>
      mock.app.fetch(request, { connection });
    const listener = await listen({ host, port, fetch });
    const url = formatUrl(host, listener.port);
    const end = async () => {
      closing.abort();
      await listener.close().finally(() => Promise.all([watcher?.close(), mock.close()]));
    };
    let tellClosed = () => {};
    const closed = new Promise<void>((resolve) => {
      tellClosed = resolve;
    });
    let ended: Promise<void> | undefined;
    const close = () => {
      ended ??= end().finally(tellClosed);
      return ended;
    };
    ending.signal.addEventListener('abort', () => void close());
    return {
      ...mock,
      ...createLazySessions({ url, adminToken, fetch: mock.fetch }),
      url,
      port: listener.port,
      openaiUrl: `${url}/openai/v1`,
      anthropicUrl: `${url}/anthropic`,
      adminToken,
      closed,
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await mock.close();
    throw error;
  }
}

/** A name with a typing error in it would else be told with every answer. */
async function requireScenario(stock: Stock, name: string): Promise<void> {
  if (await stock.select(name)) return;
  const likely = (await stock.suggest(name)).map((each) => `"${each}"`).join(', ');
  const message = `There is no scenario or fixture "${name}", as --scenario (or LONGCAT_MOCK_SCENARIO) has it. Did you mean ${likely}? "longcat-mock scenarios" lists them all.`;
  throw new MockError('invalid-config', message);
}

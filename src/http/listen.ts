import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { hop } from '../engine/clock.ts';
import { MockError } from '../errors.ts';
import type { Fetch } from './adapter.ts';

export interface Listener {
  /** The port bound, also when 0 was asked for. */
  readonly port: number;
  /** Lets running answers finish, for at most `graceMs`. */
  close(graceMs?: number): Promise<void>;
}

export interface ListenOptions {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly fetch: Fetch;
}

const defaultGraceMs = 2000;
const sweepMs = 20;

/** Longer than the clients' pools keep idle connections, so that none is closed under a request. */
const keepAliveMs = 75_000;

export async function listen({ host, port, fetch }: ListenOptions): Promise<Listener> {
  const adapter = adaptLazily(fetch);
  const server = createServer(
    { keepAliveTimeout: keepAliveMs, headersTimeout: keepAliveMs + 5000 },
    adapter.answer,
  );
  const silent = trackSilentSockets(server);
  await bind(server, host, port);
  hop(() => void adapter.load());
  const { port: bound } = server.address() as AddressInfo; // a TCP server that listens has one
  return {
    port: bound,
    close: (graceMs = defaultGraceMs) => close(server, silent, graceMs),
  };
}

interface LazyAdapter {
  readonly answer: RequestListener;
  load(): Promise<RequestListener>;
}

/**
 * The adapter loads Node's own fetch, which takes a fifth of a start: that is left until the server
 * listens, while its first client connects. A request that comes sooner waits for it.
 */
function adaptLazily(fetch: Fetch): LazyAdapter {
  let adapted: RequestListener | undefined;
  let loading: Promise<RequestListener> | undefined;
  const load = async () => {
    const { adapt } = await import('./adapter.ts');
    adapted = adapt(fetch);
    return adapted;
  };
  const loadOnce = () => {
    loading ??= load();
    return loading;
  };
  return {
    load: loadOnce,
    answer(incoming, outgoing) {
      if (adapted) adapted(incoming, outgoing);
      else void loadOnce().then((listener) => listener(incoming, outgoing));
    },
  };
}

async function bind(server: Server, host: string, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException; // Node's own, of either way to fail
    const name = code === 'EADDRINUSE' ? 'port-taken' : 'cannot-listen';
    throw new MockError(name, `Cannot listen on ${host}:${port}: ${message}`, { cause });
  }
}

/**
 * The connections that have not sent a request. Clients open them ahead of need, and Node does not
 * count them among the idle ones.
 */
function trackSilentSockets(server: Server): ReadonlySet<Socket> {
  const silent = new Set<Socket>();
  server.on('connection', (socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }) => silent.delete(socket));
  return silent;
}

/** Connections close as their answers end; those still busy after the grace are cut. */
async function close(server: Server, silent: ReadonlySet<Socket>, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const sweep = () => {
    server.closeIdleConnections();
    for (const socket of silent) socket.destroy();
  };
  const sweeping = setInterval(sweep, sweepMs);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  sweep();
  await closed;
  clearInterval(sweeping);
  clearTimeout(cut);
}

import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { MockError } from '../errors.ts';
import { type Connection, createConnection } from './connection.ts';

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
  readonly fetch: (request: Request, connection: Connection) => Response | Promise<Response>;
}

const defaultGraceMs = 2000;
const sweepMs = 20;

/** Longer than the clients' pools keep idle connections, so that none is closed under a request. */
const keepAliveMs = 75_000;

export async function listen({ host, port, fetch }: ListenOptions): Promise<Listener> {
  const server = createAdaptorServer({
    async fetch(request, { outgoing }) {
      const connection = createConnection(outgoing as ServerResponse);
      const response = await fetch(request, connection);
      return connection.isAnswered ? RESPONSE_ALREADY_SENT : response;
    },
    serverOptions: { keepAliveTimeout: keepAliveMs, headersTimeout: keepAliveMs + 5000 },
  }) as Server; // neither HTTP/2 nor TLS was asked for: so the answers are HTTP/1.1's, too
  const silent = trackSilentSockets(server);
  await bind(server, host, port);
  const { port: bound } = server.address() as AddressInfo; // a TCP server that listens has one
  return {
    port: bound,
    close: (graceMs = defaultGraceMs) => close(server, silent, graceMs),
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

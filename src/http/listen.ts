import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type ServerType } from '@hono/node-server';
import { MockError } from '../errors.ts';

export interface Listener {
  readonly host: string;
  /** The port bound, also when 0 was asked for. */
  readonly port: number;
  /** Lets running answers finish, for at most `graceMs`. */
  close(graceMs?: number): Promise<void>;
}

export interface ListenOptions {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly fetch: (request: Request) => Response | Promise<Response>;
}

const defaultGraceMs = 2000;

/** Longer than the clients' pools keep idle connections, so that none is closed under a request. */
const keepAliveMs = 75_000;

export async function listen({ host, port, fetch }: ListenOptions): Promise<Listener> {
  const server = createAdaptorServer({
    fetch,
    serverOptions: { keepAliveTimeout: keepAliveMs, headersTimeout: keepAliveMs + 5000 },
  });
  await bind(server, host, port);
  const address = server.address() as AddressInfo; // a TCP server that listens has one
  return {
    host: address.address,
    port: address.port,
    close: (graceMs = defaultGraceMs) => close(server, graceMs),
  };
}

function bind(server: ServerType, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const code = error.code === 'EADDRINUSE' ? 'port-taken' : 'cannot-listen';
      reject(
        new MockError(code, `Cannot listen on ${host}:${port}: ${error.message}`, { cause: error }),
      );
    });
    server.listen(port, host, resolve);
  });
}

async function close(server: ServerType, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  if ('closeIdleConnections' in server) server.closeIdleConnections();
  const timer = setTimeout(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
  }, graceMs);
  await closed;
  clearTimeout(timer);
}

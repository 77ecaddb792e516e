import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

export interface Listening extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** How many connections it has had. */
  readonly connections: () => number;
}

/** A server that speaks raw bytes: the listener gets a connection once a whole request has come. */
export function serveBytes(answer: (socket: Socket, request: string) => void): Promise<Listening> {
  return listen(
    createServer((socket) => {
      let heard = '';
      socket.on('error', () => {});
      socket.on('data', (data) => {
        heard += data.toString('latin1');
        const request = takeRequest(heard);
        if (request === undefined) return;
        heard = '';
        answer(socket, request);
      });
    }),
  );
}

/** A request is whole with its blank line and the bytes of its length. */
function takeRequest(heard: string): string | undefined {
  const end = heard.indexOf('\r\n\r\n');
  const length = Number(/content-length: (\d+)/i.exec(heard)?.[1] ?? 0);
  return end >= 0 && heard.length >= end + 4 + length ? heard : undefined;
}

export function serveHttp(listener: RequestListener): Promise<Listening> {
  return listen(createHttpServer(listener));
}

export async function listen(server: Server): Promise<Listening> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

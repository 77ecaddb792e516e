import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

export interface RawServer extends AsyncDisposable {
  readonly url: string;
  /** How many requests came. */
  count(): number;
  /** What came, as it came. */
  heard(): string;
}

/** Answers every request with those writes, each in a turn of its own, and ends the connection. */
export async function startRawServer(
  writes: readonly (string | Uint8Array)[] | ((socket: Socket) => void),
): Promise<RawServer> {
  let requests = 0;
  const heard: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.setNoDelay());
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    let request = '';
    socket.on('data', (bytes) => {
      heard.push(bytes);
      request += bytes.toString('latin1');
      if (!isWhole(request)) return;
      request = '';
      requests += 1;
      if (typeof writes === 'function') writes(socket);
      else void writeApart(socket, writes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    count: () => requests,
    heard: () => Buffer.concat(heard).toString('latin1'),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function isWhole(request: string): boolean {
  const end = request.indexOf('\r\n\r\n');
  const length = /^content-length: (\d+)/im.exec(request)?.[1] ?? '0';
  return end >= 0 && request.length >= end + 4 + Number(length);
}

async function writeApart(socket: Socket, writes: readonly (string | Uint8Array)[]): Promise<void> {
  for (const write of writes) {
    await new Promise((resolve) => socket.write(write, resolve));
    await new Promise((resolve) => setTimeout(resolve, 5)); // else the kernel joins them
  }
  socket.end();
}

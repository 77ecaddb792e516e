import { once } from 'node:events';
import { createServer, request } from 'node:http';

export interface Front extends AsyncDisposable {
  readonly url: string;
  close(): Promise<void>;
}

/** Passes requests on, and answers back as they come, with a part of their paths left out. */
export async function startFront(target: string, prefix: string): Promise<Front> {
  const server = createServer((incoming, outgoing) => {
    const { method, url = '/' } = incoming;
    const { connection: _, ...headers } = incoming.headers;
    const path = url.replace(prefix, '');
    const passed = request(`${target}${path}`, { method, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const close = async () => {
    if (!server.listening) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${port}`, close, [Symbol.asyncDispose]: close };
}

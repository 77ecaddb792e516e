import { createServer } from 'node:http';
import { listen } from './listen.mjs';

/** A proxy that stands for the rest of the world: it refuses everything, and keeps who was asked. */
export async function startOutside() {
  const asked = [];
  const server = createServer(({ method, url }, response) => {
    asked.push(`${method} ${url}`);
    response.writeHead(403).end();
  });
  server.on('connect', ({ url }, socket) => {
    asked.push(`CONNECT ${url}`);
    // A client that hangs up on the refusal is no fault of the test.
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  return { asked, ...(await listen(server)) };
}

import { once } from 'node:events';

/** Listens on a free port of the loopback interface. */
export async function listen(server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => close(server) };
}

function close(server) {
  server.close();
  server.closeAllConnections();
}

import { once } from 'node:events';
import { createServer } from 'node:net';
import { BuildEnvironment, BuildHTTPRoute, BuildRouteResponse } from '@mockoon/commons';
import { MockoonServer } from '@mockoon/commons-server';
import { whole } from './bodies.mjs';

/** A general mock with one route: it has no streams, and no counting to do. */
export async function start() {
  const port = await findFreePort();
  const response = {
    ...BuildRouteResponse(),
    body: whole,
    statusCode: 200,
    disableTemplating: true,
  };
  const route = {
    ...BuildHTTPRoute(false),
    method: 'post',
    endpoint: 'v1/chat/completions',
    responses: [response],
  };
  const environment = {
    ...BuildEnvironment({ hasDefaultHeader: true, hasContentTypeHeader: true }),
    port,
    hostname: '127.0.0.1',
    routes: [route],
    rootChildren: [{ type: 'route', uuid: route.uuid }],
  };
  const server = new MockoonServer(environment, { disableAdminApi: true, disableTls: true });
  const started = new Promise((resolve, reject) => {
    server.once('started', resolve);
    server.once('error', reject);
  });
  server.start();
  await started;
  return port;
}

/** It takes no 0 for any. */
async function findFreePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

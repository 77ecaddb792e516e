import type { RequestListener, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Connection, createConnection } from './connection.ts';

export type Fetch = (request: Request, connection: Connection) => Response | Promise<Response>;

/** Answers Node's requests by the web's. */
export function adapt(fetch: Fetch): RequestListener {
  return getRequestListener(async (request, { outgoing }) => {
    const connection = createConnection(outgoing as ServerResponse); // HTTP/1.1's: no other is served
    const response = await fetch(request, connection);
    return connection.isAnswered ? RESPONSE_ALREADY_SENT : response;
  });
}

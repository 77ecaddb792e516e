import type { Hono } from 'hono';
import type { Connection } from './connection.ts';
import type { AppEnvironment } from './settings.ts';

/** Answers a request without a socket. As fetch has it, a broken connection is an error of its own. */
export async function answerInProcess(
  app: Hono<AppEnvironment>,
  request: Request,
): Promise<Response> {
  let isBroken = false;
  const connection: Connection = {
    fail() {
      isBroken = true;
      return new Response(null, { status: 500 });
    },
  };
  const response = await app.fetch(request, { inProcess: true, connection });
  if (!isBroken) return response;
  const cause = Object.assign(new Error('The connection was reset.'), { code: 'ECONNRESET' });
  throw new TypeError('fetch failed', { cause });
}

import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { operations } from '../contract/operations.ts';
import { anthropic } from '../dialect/anthropic/index.ts';
import { openai } from '../dialect/openai/index.ts';
import { answerWith } from './answer.ts';
import { ownHeaderNames } from './headers.ts';
import { answerModelDetail, answerModelList } from './models.ts';
import { answerNotFound } from './not-found.ts';
import { guardOrigin } from './origin.ts';
import { refuse } from './refuse.ts';
import { reportRequests } from './report.ts';
import type { AppEnvironment, AppSettings } from './settings.ts';

/** Every route of the mock, on web standards alone. */
export function createApp(settings: AppSettings): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>();
  const { report, corsOrigins, version, admin, docs } = settings;

  if (report) app.use(reportRequests(report));
  app.use(guardOrigin(settings));
  if (admin) app.all('/__admin/*', (context) => admin(context.req.raw, context.env ?? {}));
  if (corsOrigins.length > 0) app.use(allowOrigins(corsOrigins));

  const handlers = {
    createChatCompletion: answerWith(openai, settings),
    createMessage: answerWith(anthropic, settings),
    listModels: answerModelList(settings),
    getModel: answerModelDetail(settings),
  };
  for (const { id, method, paths } of Object.values(operations)) {
    const own = paths.map(toHonoPath);
    app.on(method, [...own, ...own.map((path) => `/s/:session${path}`)], handlers[id]);
  }

  const health = { status: 'ok', name: 'longcat-mock', version } as const;
  const ownPage = { 'x-content-type-options': 'nosniff' };
  app.get('/health', (context) => context.json(health, 200, ownPage));
  app.get('/ready', (context) => context.json(health, 200, ownPage));

  for (const path of docs?.paths ?? []) {
    app.get(path, async (context, next) => {
      const response = await docs?.answer(path, context.req.raw);
      return response?.status === 404 ? next() : response;
    });
  }

  app.notFound(answerNotFound(settings));
  app.onError((error, context) => {
    if (context.req.raw.signal.aborted) return answerDeparted(context);
    const message = `longcat-mock failed: ${error.message}`;
    context.set('notes', (error.stack ?? message).split('\n'));
    const headers = { 'x-should-retry': 'false' };
    return refuse(context, settings, { name: 'internal_error', message, headers });
  });
  return app;
}

/** For the log alone: the client hung up before its request was read. 499 is nginx's word for it. */
function answerDeparted(context: Context<AppEnvironment>): Response {
  context.set('notes', ['The client left before its request was read.']);
  return new Response(null, { status: 499 });
}

/** `{model}` may hold slashes, as the names of some model hubs do, and whatever else a client sends. */
function toHonoPath(path: string): string {
  return path.replace('{model}', ':model{[\\s\\S]+}');
}

/** For pages that call the mock from a browser; off unless asked for. */
function allowOrigins(origins: readonly string[]) {
  return cors({
    origin: origins.includes('*') ? '*' : [...origins],
    allowMethods: ['GET', 'POST', 'HEAD', 'OPTIONS'],
    exposeHeaders: [...ownHeaderNames, 'retry-after', 'retry-after-ms', 'x-should-retry'],
    maxAge: 86_400,
  });
}

import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { findNearest } from '../scenario/nearest.ts';
import { clockHandlers } from './clock.ts';
import { fixtureHandlers } from './fixtures.ts';
import { type Handlers, isRefusal, type Refusal } from './handler.ts';
import { type NotParsed, parseBody, parseWith } from './input.ts';
import type { Operation } from './operation.ts';
import { adminOperations, type OperationId } from './operations.ts';
import { recordingHandlers } from './recordings.ts';
import { requestHandlers } from './requests.ts';
import { rememberLoads, scenarioHandlers } from './scenarios.ts';
import type { ErrorAnswer } from './schema/common.ts';
import { serverHandlers } from './server.ts';
import { sessionHandlers } from './sessions.ts';
import type { AdminSettings } from './settings.ts';
import { showsToken } from './token.ts';
import { verifyHandlers } from './verify.ts';

export interface AdminEnvironment {
  Bindings: { inProcess?: boolean | undefined };
}

type AdminContext = Context<AdminEnvironment>;

const handlers: Handlers = {
  ...serverHandlers,
  ...fixtureHandlers,
  ...scenarioHandlers,
  ...sessionHandlers,
  ...clockHandlers,
  ...requestHandlers,
  ...recordingHandlers,
  ...verifyHandlers,
};

const entries = Object.entries(adminOperations) as readonly (readonly [OperationId, Operation])[]; // Object.entries widens to string

/** Every route under `/__admin`. */
export function createAdmin(given: AdminSettings): Hono<AdminEnvironment> {
  const settings = { ...given, shipped: rememberLoads(given.shipped) };
  const { maxBody } = settings;
  const app = new Hono<AdminEnvironment>();
  app.use(refuseOtherOrigins);
  app.use(requireToken(settings));
  app.use(
    bodyLimit({ maxSize: maxBody, onError: (context) => refuse(context, tooLarge(maxBody)) }),
  );
  for (const [id, operation] of entries) {
    const path = operation.path.replaceAll(/\{(\w+)\}/g, ':id');
    app.on(operation.method, path, (context) => answer(context, { id, operation, settings }));
  }
  app.notFound((context) => refuse(context, explainRoute(context.req)));
  app.onError((error, context) => {
    const message = `longcat-mock failed: ${error.message}`;
    return refuse(context, { status: 500, code: 'internal_error', message });
  });
  return app;
}

/** A page may be let in to what is mocked, and never here. */
const refuseOtherOrigins: MiddlewareHandler<AdminEnvironment> = async (context, next) => {
  const origin = context.req.header('origin');
  if (origin === undefined || context.env?.inProcess) return next();
  const own = context.req.header('host') ?? new URL(context.req.url).host;
  if (URL.canParse(origin) && new URL(origin).host === own) return next();
  const message = `The admin API does not answer pages of another origin, such as "${origin}".`;
  return refuse(context, { status: 403, code: 'origin_not_allowed', message });
};

function requireToken({ token }: AdminSettings): MiddlewareHandler<AdminEnvironment> {
  return async (context, next) => {
    if (token === undefined || (await showsToken(context.req.raw.headers, token))) return next();
    const message =
      'The admin API of this mock wants its token: send it as x-longcat-mock-admin-token, or as Authorization: Bearer.';
    return refuse(context, { status: 401, code: 'unauthorized', message });
  };
}

function tooLarge(maxBody: number): Refusal {
  const message = `The body is longer than ${maxBody} bytes, the limit of this mock: raise it with --max-body.`;
  return { status: 413, code: 'request_too_large', message };
}

interface Answering {
  readonly id: OperationId;
  readonly operation: Operation;
  readonly settings: AdminSettings;
}

async function answer(
  context: AdminContext,
  { id, operation, settings }: Answering,
): Promise<Response> {
  const read = await readInput(context, operation);
  if ('refusal' in read) return refuse(context, read.refusal);
  const { raw } = context.req;
  const input = { ...read, id: context.req.param('id') ?? '', headers: raw.headers };
  const handle = handlers[id] as (
    input: object,
    settings: AdminSettings,
  ) => ReturnType<Handlers[OperationId]>; // its schemas have read the input
  const outcome = await handle({ ...input, signal: raw.signal }, settings);
  if (isRefusal(outcome)) return refuse(context, outcome);
  return json(outcome.body, outcome.status);
}

async function readInput(
  context: AdminContext,
  { query, body }: Operation,
): Promise<{ readonly query?: unknown; readonly body?: unknown } | NotParsed> {
  const asked = query && parseWith(query, context.req.query(), 'query');
  if (asked && !asked.ok) return asked;
  if (!body) return { query: asked?.value };
  const sent = await parseBody(await context.req.text(), context.req.header('content-type'));
  if (!sent.ok) return sent;
  const parsed = parseWith(body, sent.value, 'body');
  return parsed.ok ? { query: asked?.value, body: parsed.value } : parsed;
}

function refuse(_: AdminContext, { status, code, message, problems }: Refusal): Response {
  const body = {
    error: { code, message, ...(problems && { problems: [...problems] }) },
  } satisfies ErrorAnswer;
  return json(body, status);
}

function json(body: unknown, status: number): Response {
  const headers = { 'content-type': 'application/json', 'x-content-type-options': 'nosniff' };
  return new Response(JSON.stringify(body), { status, headers });
}

/** What was meant by a path that is none, or by a method that it does not have. */
function explainRoute({ method, path }: AdminContext['req']): Refusal {
  const filled = entries.map(([, operation]) => ({
    method: operation.method,
    path: fill(operation.path, path),
  }));
  const here = filled.filter((route) => route.path === path);
  if (here.length > 0) {
    const methods = [...new Set(here.map((route) => route.method))].join(', ');
    const message = `${path} has no ${method}, only ${methods}.`;
    return { status: 405, code: 'method_not_allowed', message };
  }
  const nearest = findNearest(path, [...new Set(filled.map((route) => route.path))]);
  const route =
    filled.find((each) => each.path === nearest && each.method === method) ??
    filled.find((each) => each.path === nearest);
  const meant = route
    ? `Did you mean ${route.method} ${route.path}?`
    : `There are ${[...new Set(entries.map(([, operation]) => operation.path))].join(', ')}.`;
  return { status: 404, code: 'unknown_route', message: `No route ${method} ${path}. ${meant}` };
}

/** A route with its parameters as the path has them at those places. */
function fill(route: string, path: string): string {
  const parts = path.split('/');
  return route
    .split('/')
    .map((part, index) => (part.startsWith('{') ? parts[index] || part : part))
    .join('/');
}

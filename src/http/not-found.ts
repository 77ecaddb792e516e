import type { Context, HonoRequest } from 'hono';
import { operations } from '../contract/operations.ts';
import { refuse } from './refuse.ts';
import type { AppEnvironment, AppSettings } from './settings.ts';

interface Route {
  readonly method: string;
  readonly path: string;
}

const routes: readonly Route[] = Object.values(operations).flatMap(({ method, paths }) =>
  paths.map((path) => ({ method, path })),
);

/** LongCat's page for an unknown path, a wrong method included, and a hint at what was meant. */
export function answerNotFound(settings: AppSettings) {
  return function answer(context: Context<AppEnvironment>): Response {
    const hint = giveHint(context.req);
    context.set('notes', [`No route ${context.req.method} ${context.req.path}. ${hint}`]);
    return refuse(context, settings, { name: 'not_found', hint });
  };
}

function giveHint(request: HonoRequest): string {
  const origin = request.header('origin');
  if (request.method === 'OPTIONS' && origin) {
    return `A page of ${origin} asks to call the mock: allow it with --cors-origin ${origin}.`;
  }
  const meant = guessRoute(request.path);
  if (meant) return `Did you mean ${meant.method} ${meant.path}?`;
  return `LongCat has ${routes.map(({ method, path }) => `${method} ${path}`).join(', ')}.`;
}

/**
 * The route that a path was probably meant to be: in another case, with doubled or missing parts,
 * or by its end alone.
 */
export function guessRoute(path: string): Route | undefined {
  const wanted = simplify(path);
  const exact = routes.find((route) => simplify(route.path) === wanted);
  if (exact) return exact;
  const family =
    wanted.includes('anthropic') || wanted.includes('messages') ? 'anthropic' : 'openai';
  return routes.find(
    ({ path: known }) => known.includes(family) && wanted.endsWith(lastParts(known)),
  );
}

/** Lower case, no doubled or trailing slashes, no version, each part once. */
function simplify(path: string): string {
  const parts = path
    .toLowerCase()
    .split('/')
    .filter((part) => part !== '' && !/^v\d+$/.test(part));
  return [...new Set(parts)].join('/');
}

function lastParts(path: string): string {
  return simplify(path).split('/').slice(1).join('/');
}

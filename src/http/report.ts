import type { MiddlewareHandler } from 'hono';
import type { AppEnvironment, RequestReport } from './settings.ts';

/** Tells of every request once its answer has begun. */
export function reportRequests(
  report: (report: RequestReport) => void,
): MiddlewareHandler<AppEnvironment> {
  return async function reportRequest(context, next) {
    const start = performance.now();
    await next();
    report({
      method: context.req.method,
      path: context.req.path,
      status: context.res.status,
      milliseconds: performance.now() - start,
      notes: context.get('notes') ?? [],
    });
  };
}

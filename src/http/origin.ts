import type { MiddlewareHandler } from 'hono';
import { refuse } from './refuse.ts';
import type { AppEnvironment, AppSettings } from './settings.ts';

const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Refuses requests that a foreign web page could have caused: by rebinding a name of its own to
 * this machine (Host), or by posting across origins (Origin).
 */
export function guardOrigin(settings: AppSettings): MiddlewareHandler<AppEnvironment> {
  const own = settings.allowedHosts.map(withoutPort);
  const hosts = new Set([...loopback, ...own]);
  const origins = new Set(settings.corsOrigins);
  const isAllowedOrigin = (origin: string, host: string) => {
    const { host: authority } = URL.canParse(origin) ? new URL(origin) : { host: '' };
    const page = withoutPort(authority);
    return origins.has('*') || origins.has(origin) || hosts.has(page) || page === host;
  };

  /** The host of the request before, which is mostly that of the next one too. */
  let latest = { authority: '', host: '' };
  const hostOf = (authority: string) => {
    if (authority !== latest.authority) latest = { authority, host: withoutPort(authority) };
    return latest.host;
  };

  return async function checkOrigin(context, next) {
    if (context.env?.inProcess) return next();

    const authority = context.req.header('host') ?? new URL(context.req.url).host;
    const host = hostOf(authority);
    if (!hosts.has(host) && !hosts.has('*')) {
      const message = `longcat-mock does not answer for the host "${authority}": allow it with --allowed-hosts.`;
      return refuse(context, settings, { name: 'host_not_allowed', message });
    }
    const origin = context.req.header('origin');
    if (origin !== undefined && !isAllowedOrigin(origin, host)) {
      const message = `longcat-mock does not answer pages of the origin "${origin}": allow it with --cors-origin.`;
      return refuse(context, settings, { name: 'host_not_allowed', message });
    }
    return next();
  };
}

/** The host of a Host header, in lower case; IPv6 in brackets, as it has to be there. */
function withoutPort(authority: string): string {
  const bare = authority.split(':').length > 2 && !authority.startsWith('[');
  return (bare ? `[${authority}]` : authority.replace(/:\d*$/, '')).toLowerCase();
}

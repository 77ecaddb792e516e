import { MockError } from '../../errors.ts';

/** Where an upstream is: an origin, and a path that stands before every path. */
export interface UpstreamOrigin {
  /** Such as `https://gateway.example:8443`. */
  readonly origin: string;
  /** Such as `/longcat`; most have none. */
  readonly prefix: string;
  /** An IPv6 address has no brackets here. */
  readonly host: string;
}

/**
 * Reads the URL of an upstream.
 *
 * @throws MockError `invalid-config`
 */
export function parseOrigin(text: string, flag = '--upstream'): UpstreamOrigin {
  const url = parseUrl(text);
  const complaint = url ? findComplaint(url) : 'expected a URL';
  if (!url || complaint !== undefined) {
    const message = `Invalid ${flag} ${JSON.stringify(hidePassword(text))}: ${complaint}, such as https://api.longcat.chat.`;
    throw new MockError('invalid-config', message);
  }
  return {
    origin: url.origin,
    prefix: url.pathname.replace(/\/+$/, ''),
    host: url.hostname.replace(/^\[|\]$/g, ''),
  };
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function findComplaint(url: URL): string | undefined {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'expected http:// or https://';
  if (url.username !== '' || url.password !== '') {
    return 'expected no name and no password (the key belongs into LONGCAT_API_KEY)';
  }
  if (url.search !== '' || url.hash !== '') return 'expected a URL without "?" and "#"';
  return undefined;
}

/** A message may end up in a log. */
function hidePassword(text: string): string {
  return text.replace(/\/\/[^/@]*@/, '//…@');
}

/** The path to ask for; `undefined` for one that leads out of the origin or its prefix. */
export function resolvePath({ origin, prefix }: UpstreamOrigin, path: string): string | undefined {
  const url = parseUrl(`${origin}${prefix}${path}`);
  if (url?.origin !== origin || !url.pathname.startsWith(`${prefix}/`)) return undefined;
  return `${url.pathname}${url.search}`;
}

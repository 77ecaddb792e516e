import { lookup as lookUpName } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { Dispatcher } from 'undici';
import { EnvHttpProxyAgent } from './agent.ts';
import { lookUpPublic } from './lookup.ts';
import type { Proxies } from './proxies.ts';

export interface Route {
  readonly allowPrivate: boolean;
  readonly proxies: Proxies;
  readonly connectTimeoutMs: number;
  /** In place of the system’s. */
  readonly lookup?: LookupFunction | undefined;
}

/**
 * A connection for each call: one that is kept may be closed by the other end just as the next
 * request goes out, and a model's answer must not be asked for twice. Names are looked up here, so that the
 * address that is checked is the address that is dialled. Where a proxy is on the way, the proxy
 * is dialled and looks the name up: it is the user’s own and may have a private address.
 */
export function createDispatcher({
  allowPrivate,
  proxies,
  connectTimeoutMs,
  lookup = lookUpName,
}: Route): Dispatcher {
  return new EnvHttpProxyAgent({
    httpProxy: proxies.http,
    httpsProxy: proxies.https,
    noProxy: proxies.except,
    // A tunnel is for TLS: many proxies refuse one to port 80.
    proxyTunnel: false,
    pipelining: 0,
    connect: { lookup: allowPrivate ? lookup : lookUpPublic(lookup), timeout: connectTimeoutMs },
  });
}

/** The URL of a listener, as a client of this machine reaches it. */
export function formatUrl(host: string, port: number): string {
  const isWildcard = host === '0.0.0.0' || host === '::';
  return `http://${bracket(isWildcard ? '127.0.0.1' : host)}:${port}`;
}

/** Whether only this machine reaches a listener of that host. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?)$/i.test(host);
}

/** An IPv6 address as a URL has it. */
function bracket(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

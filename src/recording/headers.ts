type Headers = Readonly<Record<string, string>>;

/** Of one connection (RFC 9110, section 7.6.1). */
export const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
] as const;

/** Cookies are an account's, and a body is kept decoded. */
const left: ReadonlySet<string> = new Set([...hopByHop, 'set-cookie', 'content-encoding']);

/** The headers of an answer that belong to the answer, and not to the connection it came by. */
export function keepHeaders(headers: Headers): Headers {
  const named = listNamed(headers['connection'] ?? '');
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !left.has(name) && !named.includes(name)),
  );
}

/** The headers that a `connection` header claims for the connection. */
export function listNamed(connection: string): readonly string[] {
  return connection.split(',').map((name) => name.trim().toLowerCase());
}

/** The same headers with the length of the body, where they have one. */
export function correctLength(headers: Headers, length: number): Headers {
  if (headers['content-length'] === undefined) return headers;
  return { ...headers, 'content-length': String(length) };
}

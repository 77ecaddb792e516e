/** A request that was sent, and what came back. */
export interface Exchange {
  readonly path: string;
  readonly body: object;
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly text: string;
  };
  readonly requestHeaders?: Readonly<Record<string, string>>;
  readonly host?: string;
}

const listHeaders = (headers: Readonly<Record<string, string>>) =>
  Object.entries(headers).map(([name, value]) => ({ name, value }));

/** An HTTP archive as browsers and proxies write it (HAR 1.2), as an object. */
export function toArchive(exchanges: readonly Exchange[]) {
  return {
    log: {
      version: '1.2',
      creator: { name: 'a test', version: '1' },
      entries: exchanges.map(({ path, body, response, requestHeaders = {}, host }) => ({
        startedDateTime: '2026-09-01T00:00:00.000Z',
        time: 250,
        request: {
          method: 'POST',
          url: `https://${host ?? 'api.longcat.chat'}${path}`,
          httpVersion: 'HTTP/1.1',
          cookies: [],
          headers: listHeaders({ 'Content-Type': 'application/json', ...requestHeaders }),
          queryString: [],
          postData: { mimeType: 'application/json', text: JSON.stringify(body) },
          headersSize: -1,
          bodySize: -1,
        },
        response: {
          status: response.status,
          statusText: '',
          httpVersion: 'HTTP/1.1',
          cookies: [],
          headers: listHeaders(response.headers),
          content: {
            size: response.text.length,
            mimeType: response.headers['content-type'] ?? '',
            text: response.text,
          },
          redirectURL: '',
          headersSize: -1,
          bodySize: -1,
        },
        cache: {},
        timings: { send: 0, wait: 150, receive: 100 },
      })),
    },
  };
}

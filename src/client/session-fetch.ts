/** Sends whatever it is asked for to the mock, as a request of the session. */
export function createSessionFetch(
  url: string,
  session: string,
  fetch: typeof globalThis.fetch,
): typeof globalThis.fetch {
  return (input, init) => {
    const asked = new Request(input instanceof Request ? input : new URL(input, url), init);
    const { pathname, search } = new URL(asked.url);
    const request = new Request(`${url}${pathname}${search}`, asked);
    request.headers.set('x-longcat-mock-session', session);
    return fetch(request);
  };
}

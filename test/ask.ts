import { createParser } from 'eventsource-parser';
import { createLongCatMock, type LongCatMock, type LongCatMockOptions } from '../src/index.ts';

export const chatPath = '/openai/v1/chat/completions';
export const messagesPath = '/anthropic/v1/messages';

export const hello = {
  model: 'LongCat-2.0',
  messages: [{ role: 'user', content: 'Hello!' }],
};

export interface Asking {
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly mock?: Pick<LongCatMock, 'fetch'> | { readonly url: string };
  readonly options?: LongCatMockOptions;
}

/** Posts the greeting with some members changed: to a mock made for it, to one given, or over a socket. */
export async function ask(
  overrides: object = {},
  { path = chatPath, headers = {}, mock, options }: Asking = {},
): Promise<Response> {
  const request = {
    method: 'POST',
    headers: { authorization: 'Bearer test', ...headers },
    body: JSON.stringify({ ...hello, ...overrides }),
  };
  if (mock && 'url' in mock) return fetch(`${mock.url}${path}`, request);
  const target = mock ?? createLongCatMock(options);
  return target.fetch(`http://localhost${path}`, request);
}

export interface SentEvent {
  readonly event?: string | undefined;
  readonly data: string;
}

/** The events of a streamed answer, by a parser that is not ours. */
export async function readEvents(response: Response): Promise<SentEvent[]> {
  const events: SentEvent[] = [];
  const parser = createParser({ onEvent: ({ event, data }) => events.push({ event, data }) });
  parser.feed(await response.text());
  return events;
}

/** The payloads of a chat stream, without its `[DONE]`. */
export async function readChunks(response: Response): Promise<unknown[]> {
  const events = await readEvents(response);
  return events.filter(({ data }) => data !== '[DONE]').map(({ data }) => JSON.parse(data));
}

/** Every member of a JSON value by its path, in the order in which the members stand. */
export function keyPaths(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => keyPaths(item, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [
    `${path}.${key}`,
    ...keyPaths(member, `${path}.${key}`),
  ]);
}

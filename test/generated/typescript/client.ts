import createClient from 'openapi-fetch';
import type { components, paths } from './made/client/longcat.ts';

export type Schemas = components['schemas'];

/** The second type says that answers are read whole: events of a stream are another content. */
export function longcat(baseUrl: string) {
  const headers = { authorization: 'Bearer any' };
  return createClient<paths, 'application/json' | 'text/html'>({ baseUrl, headers });
}

type Errors = paths['/openai/v1/chat/completions']['post']['responses'];
type Content<T> = T extends { content: infer Types } ? Types[keyof Types] : never;

/** Narrows the error of an answer to what its status promises. */
export function hasStatus<Answer extends { response: Response }, Status extends keyof Errors>(
  answer: Answer,
  status: Status,
): answer is Answer & { data?: never; error: Content<Errors[Status]> } {
  return answer.response.status === status;
}

/** The payloads of the events of a stream. */
export async function* readEvents<Event>(response: Response): AsyncGenerator<Event> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    const frames = text.split('\n\n');
    text = frames.pop() ?? '';
    for (const frame of frames) {
      const data = frame.split('\n').find((line) => line.startsWith('data: '));
      if (data && data !== 'data: [DONE]') yield JSON.parse(data.slice('data: '.length));
    }
  }
}

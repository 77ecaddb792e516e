import { ErrorBody } from '../../src/contract/errors.ts';
import { type Operation, operations } from '../../src/contract/operations.ts';
import { readEvents } from '../ask.ts';

type Fetch = typeof globalThis.fetch;

/**
 * A `fetch` that holds every body against its published schema while the client reads it: one that
 * does not fit makes the read fail.
 */
export function checkBodies(fetch: Fetch): Fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    return new Response(response.body?.pipeThrough(checkText(pathname, response)), response);
  };
}

function checkText(path: string, response: Response) {
  const decoder = new TextDecoder();
  let text = '';
  return new TransformStream<Uint8Array, Uint8Array>({
    transform(bytes, controller) {
      text += decoder.decode(bytes, { stream: true });
      controller.enqueue(bytes);
    },
    flush: () => parse(path, response, text),
  });
}

async function parse(path: string, { headers, status }: Response, text: string): Promise<void> {
  const type = headers.get('content-type');
  if (type === 'text/html') return;
  if (status >= 400) {
    ErrorBody.parse(JSON.parse(text));
    return;
  }
  const { response, streamEvent } = findOperation(path);
  if (type !== 'text/event-stream') {
    response.parse(JSON.parse(text));
    return;
  }
  for (const { data } of await readEvents(new Response(text))) {
    if (data !== '[DONE]') streamEvent?.parse(JSON.parse(data));
  }
}

/** The operation that is served at a path. */
function findOperation(path: string): Operation {
  const operation = Object.values<Operation>(operations).find(({ paths }) =>
    paths.some((known) => new RegExp(`^${known.replace('{model}', '.+')}$`).test(path)),
  );
  if (!operation) throw new Error(`No operation is published at ${path}.`);
  return operation;
}

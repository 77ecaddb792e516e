import type { TimedBytes } from '../../../src/recording/bytes.ts';
import {
  createUpstream,
  type UpstreamAnswer,
  type UpstreamCall,
  type UpstreamOptions,
} from '../../../src/recording/upstream.ts';

/** An upstream on this machine, with a key. */
export function openUpstream(origin: string, options: Partial<UpstreamOptions> = {}) {
  const upstream = createUpstream({
    origin,
    environment: {},
    allowPrivate: true,
    apiKey: 'ak_secret',
    ...options,
  });

  function call(request: Partial<UpstreamCall> = {}) {
    const path = '/openai/v1/chat/completions';
    const headers = new Headers({ 'content-type': 'application/json' });
    return upstream.call({ path, body: '{}', headers, ...request });
  }

  return {
    call,
    /** An answer that is expected to come. */
    async ask(request: Partial<UpstreamCall> = {}): Promise<UpstreamAnswer> {
      const result = await call(request);
      if (!result.ok) throw new Error(result.failure.message);
      return result.answer;
    },
    /** A failure that is expected to come. */
    async fail(request: Partial<UpstreamCall> = {}) {
      const result = await call(request);
      if (result.ok) throw new Error(`It answered ${result.answer.status}.`);
      return result.failure;
    },
    [Symbol.asyncDispose]: upstream.close,
  };
}

export async function readChunks({ chunks }: UpstreamAnswer): Promise<TimedBytes[]> {
  const read: TimedBytes[] = [];
  for await (const chunk of chunks) read.push(chunk);
  return read;
}

export async function readTexts(answer: UpstreamAnswer): Promise<string[]> {
  return (await readChunks(answer)).map(({ bytes }) => Buffer.from(bytes).toString());
}

import type { Dispatcher } from 'undici';
import type { TimedBytes } from '../bytes.ts';
import { withResolvers } from './resolvers.ts';

/** How an answer came to its end. */
export type UpstreamEnd =
  | { readonly outcome: 'finished' }
  /** The upstream broke off, or fell silent for too long. */
  | { readonly outcome: 'cut'; readonly message: string }
  /** The client left. */
  | { readonly outcome: 'aborted' };

/** What comes of a body. */
export interface Flow {
  /** To be read once; who stops reading ends the call. */
  readonly chunks: AsyncIterable<TimedBytes>;
  readonly end: Promise<UpstreamEnd>;
}

export interface Received extends Flow {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** When the headers came. */
  readonly atMs: number;
}

export interface Receiving {
  readonly now: () => number;
  readonly signal: AbortSignal;
}

type Send = (handler: Dispatcher.DispatchHandler) => void;

/**
 * Hands an answer on as it comes, each chunk as the parser found it in what the network
 * delivered. A broken answer closes as a whole one does, so that nothing that came is lost: its
 * end tells. Rejects when there is no answer.
 */
export function receive(send: Send, { now, signal }: Receiving): Promise<Received> {
  const begun = withResolvers<Received>();
  const ended = withResolvers<UpstreamEnd>();
  let connection: Dispatcher.DispatchController | undefined;
  let sentAt = now();
  let isOver = false;

  function finish(end: UpstreamEnd): boolean {
    if (isOver) return false;
    isOver = true;
    signal.removeEventListener('abort', leave);
    ended.resolve(end);
    return true;
  }

  function abandon(): void {
    if (!finish({ outcome: 'aborted' })) return;
    begun.reject(abortion());
    connection?.abort(abortion());
  }

  function leave(): void {
    abandon();
    output.close();
  }

  const output = createOutput({ onPull: () => connection?.resume(), onCancel: abandon });
  signal.addEventListener('abort', leave);
  if (signal.aborted) leave();
  else {
    send({
      onRequestStart(controller) {
        connection = controller;
        sentAt = now();
        if (isOver) controller.abort(abortion());
      },
      onResponseStart(_, status, headers) {
        // Others come before the answer, such as 103 Early Hints.
        if (status < 200) return;
        const { stream: chunks } = output;
        begun.resolve({ status, headers, atMs: now() - sentAt, chunks, end: ended.promise });
      },
      onResponseData(controller, bytes) {
        if (isOver) return;
        output.write({ atMs: now() - sentAt, bytes });
        if (output.isFull()) controller.pause();
      },
      onResponseEnd() {
        if (finish({ outcome: 'finished' })) output.close();
      },
      onResponseError(_, error) {
        if (!finish({ outcome: 'cut', message: error.message })) return;
        begun.reject(error);
        output.close();
      },
    });
  }
  return begun.promise;
}

/** What waits to be read before the upstream has to wait too. */
const highWaterMark = 64 * 1024;

interface OutputOptions {
  readonly onPull: () => void;
  readonly onCancel: () => void;
}

function createOutput({ onPull, onCancel }: OutputOptions) {
  let output: ReadableStreamDefaultController<TimedBytes>;
  const stream = new ReadableStream<TimedBytes>(
    {
      start(controller) {
        output = controller;
      },
      pull: onPull,
      cancel: onCancel,
    },
    { highWaterMark, size: ({ bytes }) => bytes.length },
  );
  return {
    stream,
    write: (chunk: TimedBytes) => output.enqueue(chunk),
    isFull: () => (output.desiredSize ?? 0) <= 0,
    close: () => output.close(),
  };
}

function abortion(): Error {
  return Object.assign(new Error('The client left.'), { code: 'ABORT_ERR' });
}

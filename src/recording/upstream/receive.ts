import type { Dispatcher } from 'undici';
import type { TimedBytes } from '../bytes.ts';
import { type Resolvers, withResolvers } from './resolvers.ts';

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
  const ending = createEnding();
  let connection: Dispatcher.DispatchController | undefined;

  function abandon(): void {
    if (!ending.settle({ outcome: 'aborted' })) return;
    begun.reject(abortion());
    connection?.abort(abortion());
  }

  function leave(): void {
    abandon();
    output.close();
  }

  const output = createOutput({ onPull: () => connection?.resume(), onCancel: abandon });
  const handler = createHandler({ now, begun, ending, output });
  signal.addEventListener('abort', leave);
  void ending.promise.then(() => signal.removeEventListener('abort', leave));
  if (signal.aborted) leave();
  else {
    send({
      ...handler,
      onRequestStart(controller, context) {
        connection = controller;
        if (ending.isSettled()) controller.abort(abortion());
        else handler.onRequestStart?.(controller, context);
      },
    });
  }
  return begun.promise;
}

interface Parts {
  readonly now: () => number;
  readonly begun: Resolvers<Received>;
  readonly ending: ReturnType<typeof createEnding>;
  readonly output: ReturnType<typeof createOutput>;
}

function createHandler({ now, begun, ending, output }: Parts): Dispatcher.DispatchHandler {
  let sentAt = now();
  // To a hundredth: more is noise in a file that people read.
  const elapsed = () => Math.round((now() - sentAt) * 100) / 100;
  return {
    onRequestStart() {
      sentAt = now();
    },
    onResponseStart(_, status, headers) {
      // Others come before the answer, such as 103 Early Hints.
      if (status < 200) return;
      const { stream: chunks } = output;
      begun.resolve({ status, headers, atMs: elapsed(), chunks, end: ending.promise });
    },
    onResponseData(controller, bytes) {
      if (ending.isSettled()) return;
      output.write({ atMs: elapsed(), bytes });
      if (output.isFull()) controller.pause();
    },
    onResponseEnd() {
      if (ending.settle({ outcome: 'finished' })) output.close();
    },
    onResponseError(_, error) {
      if (!ending.settle({ outcome: 'cut', message: error.message })) return;
      begun.reject(error);
      output.close();
    },
  };
}

/** The end, which comes once. */
function createEnding() {
  const { promise, resolve } = withResolvers<UpstreamEnd>();
  let isSettled = false;
  return {
    promise,
    isSettled: () => isSettled,
    /** Whether this is the end. */
    settle(end: UpstreamEnd): boolean {
      if (isSettled) return false;
      isSettled = true;
      resolve(end);
      return true;
    },
  };
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

import type { Worker } from 'node:worker_threads';
import { MockError } from '../errors.ts';
import type { Report, Setup, Task } from './messages.ts';

export interface Thread {
  count(texts: readonly string[]): Promise<readonly number[]>;
  end(): Promise<void>;
}

type Counts = readonly number[];

/**
 * A thread that is ready to count. It keeps the process alive only while it loads or counts.
 *
 * @throws MockError `invalid-config`
 */
export async function startThread(
  { path, worker: module }: { readonly path: string; readonly worker: () => URL },
  onEnd: () => void,
): Promise<Thread> {
  const worker = await createWorker(module(), { path });
  const loading = withResolvers<void>();
  const tasks = new Map<number, Resolvers<Counts>>();
  let tasksSoFar = 0;
  let ending = 'it was closed';

  function settle(id: number): Resolvers<Counts> | undefined {
    const task = tasks.get(id);
    tasks.delete(id);
    if (tasks.size === 0) worker.unref();
    return task;
  }

  worker.on('message', (report: Report) => {
    switch (report.kind) {
      case 'ready':
        worker.unref();
        return loading.resolve();
      case 'unusable':
        return loading.reject(refuse(path, report.reason));
      case 'counted':
        return settle(report.id)?.resolve(report.counts);
      case 'failed':
        return settle(report.id)?.reject(new Error(report.reason));
      default:
        return report satisfies never;
    }
  });
  worker.on('error', (error) => {
    ending = error.message;
  });
  worker.on('exit', () => {
    onEnd();
    const error = new Error(`The thread that counts has ended: ${ending}.`);
    loading.reject(refuse(path, error.message));
    for (const task of tasks.values()) task.reject(error);
    tasks.clear();
  });
  await loading.promise;

  return {
    count(texts) {
      tasksSoFar += 1;
      const task = withResolvers<Counts>();
      tasks.set(tasksSoFar, task);
      worker.ref();
      worker.postMessage({ id: tasksSoFar, texts } satisfies Task);
      return task.promise;
    },
    end: async () => void (await worker.terminate()),
  };
}

async function createWorker(module: URL, setup: Setup): Promise<Worker> {
  const threads = await import('node:worker_threads').catch((cause: unknown) => {
    const reason = 'this runtime has no worker threads';
    throw new MockError('invalid-config', refuse(setup.path, reason).message, { cause });
  });
  // Flags of the process, such as --import, are not for it.
  return new threads.Worker(module, { workerData: setup, execArgv: [] });
}

function refuse(path: string, reason: string): MockError {
  const message = `Cannot count tokens by "${path}" of --tokenizer (or LONGCAT_MOCK_TOKENIZER): ${reason}`;
  return new MockError('invalid-config', message);
}

interface Resolvers<Value> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
  readonly reject: (error: Error) => void;
}

/** As `Promise.withResolvers`, which Node 20 does not have. */
function withResolvers<Value>(): Resolvers<Value> {
  let resolve: (value: Value) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<Value>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}

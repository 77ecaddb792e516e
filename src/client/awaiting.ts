/** A promise that knows whether anybody has waited for it. */
class Watched<Value> extends Promise<Value> {
  isAwaited = false;

  static override get [Symbol.species]() {
    return Promise;
  }

  // biome-ignore lint/suspicious/noThenProperty: `await` calls it, and that is what is watched.
  override then<Fulfilled = Value, Rejected = never>(
    onFulfilled?: ((value: Value) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    this.isAwaited = true;
    return super.then(onFulfilled, onRejected);
  }
}

export interface Awaiting {
  /** The promise, watched under a name. */
  watch<Value>(name: string, promise: Promise<Value>): Promise<Value>;
  /** The names of those that nobody has waited for. */
  listForgotten(): readonly string[];
}

/** Finds calls without `await`: what they were to do may come after what needs it. */
export function createAwaiting(): Awaiting {
  const pending = new Set<{ readonly name: string; readonly watched: Watched<unknown> }>();

  return {
    watch<Value>(name: string, promise: Promise<Value>) {
      const { stack = '' } = new Error(name);
      const watched = new Watched<Value>((resolve, reject) => {
        promise.then(
          (value) => resolve(value),
          (error) => reject(withCaller(error, stack)),
        );
      });
      pending.add({ name, watched });
      return watched;
    },
    listForgotten() {
      for (const call of pending) if (call.watched.isAwaited) pending.delete(call);
      return [...new Set([...pending].map(({ name }) => name))];
    },
  };
}

/** Its own header, `watch`, and the member of the handle. */
const ownLines = 3;

/** The stack of an answer's error ends at the answer: a developer looks for the line that asked. */
function withCaller(error: unknown, stack: string): unknown {
  if (!(error instanceof Error)) return error;
  const frames = stack.split('\n').slice(ownLines);
  error.stack = [`${error.name}: ${error.message}`, ...frames].join('\n');
  return error;
}

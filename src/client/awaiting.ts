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
      const watched = new Watched<Value>((resolve, reject) => {
        promise.then((value) => resolve(value), reject);
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

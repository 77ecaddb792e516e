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

/** A call that nobody has waited for. */
export interface ForgottenCall {
  /** Of the member, such as `use` or `clock.advance`. */
  readonly name: string;
  /** The lines of a stack that lead to it. */
  readonly frames: string;
}

export interface Awaiting {
  /** The promise, watched under a name. */
  watch<Value>(name: string, promise: Promise<Value>): Promise<Value>;
  /** Those that nobody has waited for. */
  listForgotten(): readonly ForgottenCall[];
}

/** Finds calls without `await`: what they were to do may come after what needs it. */
export function createAwaiting(): Awaiting {
  const pending = new Map<Watched<unknown>, ForgottenCall>();

  return {
    watch<Value>(name: string, promise: Promise<Value>) {
      const frames = readCaller(new Error(name));
      const watched = new Watched<Value>((resolve, reject) => {
        promise.then(
          (value) => resolve(value),
          (error) => reject(withCaller(error, frames)),
        );
      });
      pending.set(watched, { name, frames });
      return watched;
    },
    listForgotten() {
      for (const watched of pending.keys()) if (watched.isAwaited) pending.delete(watched);
      return [...pending.values()];
    },
  };
}

/** Its own header, `watch`, and the member of the handle. */
const ownLines = 3;

function readCaller({ stack = '' }: Error): string {
  return stack.split('\n').slice(ownLines).join('\n');
}

/** The stack of an answer's error ends at the answer: a developer looks for the line that asked. */
export function withCaller<Reason>(error: Reason, frames: string): Reason {
  if (error instanceof Error) error.stack = `${error.name}: ${error.message}\n${frames}`;
  return error;
}

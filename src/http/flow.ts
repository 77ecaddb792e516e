/**
 * A body that comes piece by piece. It does not know what carries it: a web stream, read by
 * whoever has it, or the socket itself, which costs half as much.
 */
export interface Flow {
  /** Begins to write; what is due later is written later. */
  begin(sink: Sink): void;
  /** Goes on after a write that found no room. */
  resume?(): void;
  /** The reader has left. */
  leave(): void;
}

export interface Sink {
  /** Whether there is room for more: a flow that waits for no moment then waits for that. */
  write(piece: string | Uint8Array): boolean;
  end(): void;
  /** Breaks off. */
  fail(error: Error): void;
}

/** An answer whose body flows. */
export interface FlowingAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly flow: Flow;
}

const utf8 = new TextEncoder();

/** A flow as the web has it. */
export function toReadable(flow: Flow): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) =>
      flow.begin({
        write(piece) {
          controller.enqueue(typeof piece === 'string' ? utf8.encode(piece) : piece);
          return (controller.desiredSize ?? 0) > 0;
        },
        end: () => controller.close(),
        fail: (error) => controller.error(error),
      }),
    pull: () => flow.resume?.(),
    cancel: () => flow.leave(),
  });
}

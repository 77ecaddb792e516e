/** Resolves when the event loop has gone round: others are served in the midst of long work. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

const longBody = 512 * 1024;

/** Whether what is done with a body takes so long that others should have a turn in between. */
export function isLong(body: string): boolean {
  return body.length > longBody;
}

/** Ends work that yields what each of its steps takes, with a turn for others after every `most` of that. */
export async function takeTurns<Result>(
  work: Generator<number, Result>,
  most: number,
): Promise<Result> {
  let left = most;
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    left -= step.value;
    if (left > 0) continue;
    await nextTurn();
    left = most;
  }
}

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

/** The same for a body that takes long; nothing for one that does not. */
export async function giveWay(body: string): Promise<void> {
  if (body.length > longBody) await nextTurn();
}

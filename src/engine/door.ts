import { hop, type Timekeeper } from './clock.ts';

/** Nothing for a request that may go on at once. */
export type Door = () => Promise<void> | undefined;

/**
 * Requests that come in a crowd would hold up the streams that run already. While one of those is
 * behind its time, requests go through one in each turn of the event loop, in their order: what is
 * due goes out in between.
 */
export function createDoor({ isBehind }: Pick<Timekeeper, 'isBehind'>): Door {
  const waiting: (() => void)[] = [];

  function admit(): void {
    waiting.shift()?.();
    if (waiting.length > 0) hop(admit);
  }

  return function enter() {
    if (waiting.length === 0 && !isBehind?.()) return undefined;
    return new Promise((resolve) => {
      if (waiting.push(resolve) === 1) hop(admit);
    });
  };
}

import { setTimeout as wait } from 'node:timers/promises';

/** Looks again and again until it is so; a test that waits in vain ends at its time limit. */
export async function waitFor(isSo: () => boolean): Promise<void> {
  while (!isSo()) await wait(5);
}

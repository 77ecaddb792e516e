import type { Breach, Case } from './case.ts';

/** A credential outside of the headers ends up in the logs of every proxy on the way. */
export function findLeakedCredentials({ entries }: Case): readonly Breach[] | undefined {
  if (entries.length === 0) return undefined;
  return entries
    .filter(({ leaks }) => leaks.length > 0)
    .map((entry) => ({
      message: `Sent a credential outside of the headers: ${entry.leaks.join(', ')}.`,
      requests: [entry],
    }));
}

import { type Breach, listBreaches } from './breaches.ts';
import type { Cassette, Recording } from './cassette.ts';

/** A recording that today’s schemas refuse. */
export interface Misfit {
  readonly id: string;
  /** One at least. */
  readonly breaches: readonly Breach[];
}

/** Nothing is looked at while the contract is the one that the cassette was recorded with. */
export function listMisfits(
  { recordedWith, recordings }: Pick<Cassette, 'recordedWith' | 'recordings'>,
  contractHash: string,
): readonly Misfit[] {
  if (recordedWith.contractHash === contractHash) return [];
  return recordings.flatMap(({ id, endpoint, response }: Recording) => {
    const breaches = [...listBreaches(endpoint, response).values()].toReversed();
    return breaches.length === 0 ? [] : [{ id, breaches }];
  });
}

const mostTold = 3;

/** Why recordings have to be made anew: what is wrong with the first few. */
export function tellMisfits(path: string, misfits: readonly Misfit[], count: number): string {
  const told = misfits.slice(0, mostTold).map(tellMisfit).join('; ');
  const more = misfits.length > mostTold ? `; and ${misfits.length - mostTold} more` : '';
  const fit = misfits.length === 1 ? 'fits' : 'fit';
  const them = misfits.length === 1 ? 'it' : 'them';
  return `The contract has changed since "${path}" was recorded, and ${misfits.length} of ${count} recordings no longer ${fit} it: ${told}${more}. Record ${them} anew with --record all.`;
}

/** `"ab12cd34" at usage.total_tokens: Required`, by the first thing that is wrong. */
export function tellMisfit({ id, breaches }: Misfit): string {
  const { path = '', event, message = '' } = breaches[0] ?? {};
  const place = path === '' ? 'its root' : path;
  return `"${id}" at ${place}${event === undefined ? '' : ` of ${event}`}: ${message}`;
}

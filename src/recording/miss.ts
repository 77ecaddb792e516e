import type { Recording } from './cassette.ts';
import { findClosest } from './closest.ts';
import { type Difference, listDifferences } from './difference.ts';
import { hintAt } from './volatile.ts';

/** A normalised request that no recording answers. */
export type Asked = Pick<Recording, 'api' | 'endpoint' | 'request'>;

/** Why nothing fits. */
export type Miss =
  | { readonly kind: 'empty' }
  | { readonly kind: 'other-endpoint'; readonly recorded: readonly string[] }
  | {
      readonly kind: 'differs';
      readonly id: string;
      /** The first few. */
      readonly differences: readonly Difference[];
    };

export function explainMiss(recordings: readonly Recording[], asked: Asked): Miss {
  if (recordings.length === 0) return { kind: 'empty' };
  const candidates = recordings.filter(
    ({ api, endpoint }) => api === asked.api && endpoint === asked.endpoint,
  );
  const closest = findClosest(candidates, asked.request);
  if (!closest) {
    return { kind: 'other-endpoint', recorded: [...new Set(recordings.map(nameEndpoint))] };
  }
  const differences = listDifferences(closest.request, asked.request);
  return { kind: 'differs', id: closest.id, differences };
}

/** The same in words, for the one who sent the request. */
export function tellMiss(miss: Miss, cassette: string, asked: Asked): string {
  switch (miss.kind) {
    case 'empty':
      return `Cassette "${cassette}" holds no recordings. ${remedy}`;
    case 'other-endpoint':
      return `Cassette "${cassette}" holds no recording of ${nameEndpoint(asked)}, only of ${miss.recorded.join(' and ')}. ${remedy}`;
    case 'differs':
      return tellDifference(miss, cassette);
    default:
      return miss satisfies never;
  }
}

const remedy = 'Start with --record new_episodes to record what is missing.';

function nameEndpoint({ api, endpoint }: Pick<Asked, 'api' | 'endpoint'>): string {
  return `${api} ${endpoint}`;
}

function tellDifference(
  { id, differences }: Extract<Miss, { kind: 'differs' }>,
  cassette: string,
): string {
  const start = `No recording matches in cassette "${cassette}".`;
  const [first] = differences;
  // One that does not differ was left out by its recording's key alone, as in a file edited by hand.
  if (!first) return `${start} Recording "${id}" has the same request, and another key.`;
  if (differences.every(({ path }) => path === 'stream' || path.startsWith('stream_options'))) {
    return `${start} ${tellStream(id, first)} ${remedy}`;
  }
  const { path, recorded, asked } = first;
  const where = path === '' ? '' : ` at ${path}`;
  const told = `${start} Closest: recording "${id}" differs${where}: recorded ${recorded}, asked ${asked}.`;
  return [told, hintAt(first)].filter((sentence) => sentence !== undefined).join(' ');
}

function tellStream(id: string, { path, recorded, asked }: Difference): string {
  if (path !== 'stream') {
    return `Recording "${id}" differs only at ${path}: recorded ${recorded}, asked ${asked}.`;
  }
  return recorded === 'true'
    ? `Recording "${id}" has the same request streamed, and this one is not.`
    : `Recording "${id}" has the same request whole, and this one is streamed.`;
}

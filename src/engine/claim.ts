import type { Prompt } from '../exchange/prompt.ts';
import { fits } from '../scenario/finder.ts';
import type { Fixture, Limit } from '../scenario/fixture.ts';
import type { Subject } from '../scenario/match.ts';
import type { Layer } from '../scenario/shelf.ts';
import type { Candidate, Demand } from './state.ts';

/** The fixtures that fit a request, in order of precedence. */
export function listFitting(layers: readonly Layer[], subject: Subject): readonly Fixture[] {
  return layers.flatMap((layer) => layer.find(subject));
}

export function toCandidate({
  id,
  steps,
  afterLast,
  scenario,
  requires,
  sets,
}: Fixture): Candidate {
  return {
    fixture: id,
    machine: scenario ?? '',
    requires,
    sets,
    lasts: steps.map(({ times = 1 }) => times),
    afterLast,
  };
}

/** The limit that a bucket belongs to. */
export function findLimit(layers: readonly Layer[], bucket: string): Limit | undefined {
  const limits = layers.flatMap((layer) => layer.limits);
  return limits.find(({ id }) => bucket.startsWith(`${id}.`));
}

const minuteMs = 60_000;

/** What a request takes from each bucket that it falls under; every key has buckets of its own. */
export function listDemands(
  layers: readonly Layer[],
  subject: Subject,
  { inputTokens, key }: { readonly inputTokens: number; readonly key: number },
): readonly Demand[] {
  if (layers.every((layer) => layer.limits.length === 0)) return [];
  const limits = layers.flatMap((layer) => layer.limits);
  return limits
    .filter(({ conditions }) => fits(conditions, subject))
    .flatMap((limit) => toDemands(limit, key, inputTokens + outputLimit(subject.prompt)));
}

function toDemands(
  { id, requestsPerMinute, tokensPerMinute, burst }: Limit,
  key: number,
  tokens: number,
): readonly Demand[] {
  const demands: Demand[] = [];
  if (requestsPerMinute !== undefined) {
    demands.push({
      bucket: `${id}.requests.${key}`,
      capacity: burst ?? requestsPerMinute,
      refillPerMs: requestsPerMinute / minuteMs,
      cost: 1,
    });
  }
  if (tokensPerMinute !== undefined) {
    demands.push({
      bucket: `${id}.tokens.${key}`,
      capacity: tokensPerMinute,
      refillPerMs: tokensPerMinute / minuteMs,
      cost: tokens,
    });
  }
  return demands;
}

function outputLimit({ maxTokens }: Prompt): number {
  return Math.max(0, Math.floor(maxTokens));
}

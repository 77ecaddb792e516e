import { nextStep } from '../scenario/script.ts';
import {
  type Claim,
  type ClaimInput,
  type Demand,
  firstState,
  type Hindrance,
  type StateStore,
} from './state.ts';

interface Level {
  tokens: number;
  at: number;
}

/** The state of one session. */
interface Shelf {
  /** By fixture: how many requests it has answered. */
  readonly answered: Map<string, number>;
  readonly states: Map<string, string>;
  readonly levels: Map<string, Level>;
  /** By request: how often it was asked. */
  readonly asked: Map<number, number>;
}

const mostRequests = 2000;

/** The state of one process: claims are atomic because nothing is awaited in them. */
export function createMemoryStore(): StateStore {
  const shelves = new Map<string, Shelf>();

  function shelfOf(session: string): Shelf {
    const shelf = shelves.get(session) ?? createShelf();
    shelves.set(session, shelf);
    return shelf;
  }

  return {
    claim: (input) => claim(shelfOf(input.session), input),
    readStates: (session) => Object.fromEntries(shelves.get(session)?.states ?? []),
    writeState: (session, machine, state) => {
      shelfOf(session).states.set(machine, state);
    },
    reset: (session) => {
      shelves.delete(session);
    },
  };
}

function createShelf(): Shelf {
  return { answered: new Map(), states: new Map(), levels: new Map(), asked: new Map() };
}

function claim(shelf: Shelf, { candidates, demands, now, request }: ClaimInput): Claim {
  const ordinal = countRequest(shelf, request);
  const limited = findEmpty(shelf, demands, now);
  if (limited) return { kind: 'limited', ordinal, ...limited };

  for (const demand of demands) drain(shelf, demand, now);
  const hindrances: Hindrance[] = [];
  for (const [index, candidate] of candidates.entries()) {
    const { fixture, machine } = candidate;
    const state = shelf.states.get(machine) ?? firstState;
    const answered = shelf.answered.get(fixture) ?? 0;
    const next = nextStep(candidate, answered);
    if ((candidate.requires ?? state) !== state) {
      hindrances.push({ fixture, kind: 'state', machine, state });
    } else if (typeof next === 'object') {
      shelf.answered.set(fixture, answered + 1);
      if (candidate.sets !== undefined) shelf.states.set(machine, candidate.sets);
      return { kind: 'step', candidate: index, step: next.step, ordinal };
    } else {
      hindrances.push({ fixture, kind: 'exhausted', answered });
      if (next === 'error') break;
    }
  }
  return { kind: 'none', hindrances, ordinal };
}

/** The bucket that the request has to wait longest for. */
function findEmpty(
  shelf: Shelf,
  demands: readonly Demand[],
  now: number,
): { readonly bucket: string; readonly waitMs: number } | undefined {
  if (demands.length === 0) return undefined;
  const waits = demands
    .map((demand) => ({ bucket: demand.bucket, waitMs: waitFor(shelf, demand, now) }))
    .filter(({ waitMs }) => waitMs > 0)
    .toSorted((left, right) => right.waitMs - left.waitMs);
  return waits[0];
}

function waitFor(shelf: Shelf, demand: Demand, now: number): number {
  const missing = costOf(demand) - levelOf(shelf, demand, now);
  // A hair of a token may be missing where a refill was divided.
  return missing > 1e-9 ? missing / demand.refillPerMs : 0;
}

function drain(shelf: Shelf, demand: Demand, now: number): void {
  const tokens = levelOf(shelf, demand, now) - costOf(demand);
  shelf.levels.set(demand.bucket, { tokens, at: now });
}

function levelOf(shelf: Shelf, { bucket, capacity, refillPerMs }: Demand, now: number): number {
  const { tokens, at } = shelf.levels.get(bucket) ?? { tokens: capacity, at: now };
  return Math.min(capacity, tokens + Math.max(0, now - at) * refillPerMs);
}

/** A request larger than its bucket takes all of it: it would else wait for ever. */
function costOf({ cost, capacity }: Demand): number {
  return Math.min(cost, capacity);
}

/** A request asked again moves to the young end; the one not asked for longest is forgotten. */
function countRequest({ asked }: Shelf, request: number): number {
  const ordinal = asked.get(request) ?? 0;
  asked.delete(request);
  asked.set(request, ordinal + 1);
  if (asked.size > mostRequests) asked.delete(asked.keys().next().value as number); // not empty
  return ordinal;
}

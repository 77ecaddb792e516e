import type { Fixture } from '../scenario/fixture.ts';
import type { Subject } from '../scenario/match.ts';
import { findNearMisses, mostNearMisses, type NearMiss } from './miss/nearest.ts';
import {
  countResponses,
  type Loaded,
  tellDifference,
  tellElsewhere,
  tellExhausted,
  tellNothingLoaded,
  tellState,
} from './miss/sentence.ts';
import type { Hindrance } from './state.ts';

export interface MissInput {
  readonly subject: Subject;
  readonly session: string;
  /** The active ones, in order of precedence. */
  readonly fixtures: readonly Fixture[];
  /** Of the claim: fixtures that fit and did not answer. */
  readonly hindrances: readonly Hindrance[];
  /** Other sessions with an override that fits. */
  readonly elsewhere: readonly string[];
  readonly loaded: Loaded;
  /** From 0. */
  readonly attempt: number;
}

/** Why no fixture answered. */
export interface Miss {
  readonly kind: 'nothing-loaded' | 'differs' | 'wrong-state' | 'exhausted' | 'elsewhere';
  /** One line of at most 300 characters. */
  readonly message: string;
  /** One remedy each. */
  readonly hints: readonly string[];
  /** At most three, the nearest first. */
  readonly nearMisses: readonly NearMiss[];
}

export function explainMiss(input: MissInput): Miss {
  const { fixtures, subject, attempt } = input;
  const hindered = listHindered(input);
  const nearMisses = [
    ...hindered.map(describeHindered),
    ...findNearMisses(fixtures, subject),
  ].slice(0, mostNearMisses);
  const hints = (nearMisses[0]?.differs ?? []).flatMap(({ hint }) => hint ?? []);
  const again = `The SDK sent this request again by itself: it is attempt ${attempt + 1} of one call.`;
  return {
    ...tell(input, hindered[0], nearMisses),
    hints: [...new Set(attempt > 0 ? [...hints, again] : hints)],
    nearMisses,
  };
}

interface Hindered {
  readonly fixture: Fixture;
  readonly hindrance: Hindrance;
}

/** The one that the claim ended at comes first, then in order of precedence. */
function listHindered({ hindrances, fixtures }: MissInput): readonly Hindered[] {
  if (hindrances.length === 0) return [];
  const byId = new Map(fixtures.map((fixture) => [fixture.id, fixture]));
  const hindered = hindrances.flatMap((hindrance) => {
    const fixture = byId.get(hindrance.fixture);
    return fixture ? [{ fixture, hindrance }] : [];
  });
  const last = hindered.at(-1);
  const ended = last?.hindrance.kind === 'exhausted' && last.fixture.afterLast === 'error';
  return ended ? [last, ...hindered.slice(0, -1)] : hindered;
}

/** It meets every condition: what differs is the state. */
function describeHindered({ fixture, hindrance }: Hindered): NearMiss {
  const { id, place, conditions, requires, steps } = fixture;
  const differs =
    hindrance.kind === 'state'
      ? { place: 'state', expected: `"${requires}"`, got: `"${hindrance.state}"` }
      : {
          place: 'respond',
          expected: `at most ${countResponses(steps)}`,
          got: `request ${hindrance.answered + 1}`,
        };
  return {
    fixture: id,
    ...(place && { place: `${place.file}:${place.line}` }),
    met: conditions.length,
    of: conditions.length,
    differs: [differs],
  };
}

function tell(
  { fixtures, session, elsewhere, loaded, attempt }: MissInput,
  hindered: Hindered | undefined,
  nearMisses: readonly NearMiss[],
): Pick<Miss, 'kind' | 'message'> {
  if (hindered?.hindrance.kind === 'state') {
    const message = tellState(hindered.hindrance, hindered.fixture, session);
    return { kind: 'wrong-state', message };
  }
  if (hindered?.hindrance.kind === 'exhausted') {
    const message = tellExhausted(hindered.hindrance, hindered.fixture, { session, attempt });
    return { kind: 'exhausted', message };
  }
  const [owner] = elsewhere;
  if (owner !== undefined) return { kind: 'elsewhere', message: tellElsewhere(session, owner) };
  if (fixtures.length === 0) return { kind: 'nothing-loaded', message: tellNothingLoaded(loaded) };
  const [nearest] = nearMisses;
  return { kind: 'differs', message: nearest ? tellDifference(nearest) : 'No fixture matched.' };
}

const widest = 60;

/** What differs, in two columns: what the fixture wants, and what the request has. */
export function renderDiff({ fixture, place, met, of, differs }: NearMiss): string {
  const left = [
    'Closest fixture',
    ...differs.map(({ place, expected }) => `${place}: ${expected}`),
  ];
  const right = ['Request', ...differs.map(({ got }) => got)];
  const width = Math.min(widest, Math.max(...left.map((text) => text.length)));
  const where = place === undefined ? '' : ` (${place})`;
  return [
    `"${fixture}"${where}: ${met} of ${of} conditions`,
    ...left.map((text, row) => `  ${text.padEnd(width)} | ${right[row] ?? ''}`),
    ...differs.flatMap(({ hint }) => (hint === undefined ? [] : [`  ${hint}`])),
  ].join('\n');
}

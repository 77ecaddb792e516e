import type { Program, State } from './program.ts';

/** The lengths a text may have, in code points. */
export interface Lengths {
  readonly min: number;
  readonly max: number;
}

/** Draws numbers in [0, 1). */
export type Draw = () => number;

export type Sampler = (draw: Draw) => string | undefined;

/** For so many runes to go, 1 for each state that can still reach the match. */
type Reach = readonly Uint8Array[];

interface Plan {
  readonly goals: readonly number[];
  readonly reach: Reach;
}

const mostCells = 2_000_000;
const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const readable = [
  'abcdefghijklmnopqrstuvwxyz0123456789',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  ' -_./:@+,',
].map((units) => [...units]);

/** Walks a pattern's program along states that can still end after exactly so many runes. */
export function createSampler(
  program: Program,
  lengths: Lengths,
  accepts: (text: string) => boolean,
): Sampler {
  let plan: Plan | undefined;

  return (draw) => {
    plan ??= planGoals(program, lengths);
    const { goals, reach } = plan;
    for (let tries = 0; goals.length > 0 && tries < 20; tries += 1) {
      const goal = pickWith(draw, goals) ?? 0;
      // Letters read better after a match; punctuation keeps a word boundary.
      const filler = tries % 2 ? ['-'] : letters;
      const text = walk(program, reach, { goal, draw, filler });
      if (text !== undefined && accepts(text)) return text;
    }
    return undefined;
  };
}

/** A handful of lengths near the shortest; text after the match only where nothing else fits. */
function planGoals(program: Program, lengths: Lengths): Plan {
  const exact = measure(program, lengths, false);
  return exact.goals.length > 0 ? exact : measure(program, lengths, true);
}

function measure({ states, start }: Program, { min, max }: Lengths, isPadded: boolean): Plan {
  const goals: number[] = [];
  const reach: Uint8Array[] = [];
  const back = listBackEdges(states);
  // A program that fits any such length fits one within its own size.
  const size = states.length;
  const last = Math.min(max, min + size + 8, Math.floor(mostCells / size));
  for (let left = 0; left <= last; left += 1) {
    reach.push(findReach(states, { back, left, shorter: reach[left - 1], isPadded }));
    if (left >= min && reach[left]?.[start]) goals.push(left);
    if (goals.length > 0 && left >= (goals[0] ?? 0) + 8) break;
  }
  const longer = goals.filter((goal) => goal > 0);
  return { goals: longer.length > 0 ? longer : goals, reach };
}

function listBackEdges(states: readonly State[]): number[][] {
  const back: number[][] = states.map(() => []);
  for (const [index, state] of states.entries()) {
    if (state.kind === 'step') for (const way of state.ways) back[way]?.push(index);
  }
  return back;
}

interface Situation {
  readonly back: readonly (readonly number[])[];
  readonly left: number;
  readonly shorter: Uint8Array | undefined;
  readonly isPadded: boolean;
}

/** Which states can reach the match with exactly `left` more runes. */
function findReach(
  states: readonly State[],
  { back, left, shorter, isPadded }: Situation,
): Uint8Array {
  const reach = new Uint8Array(states.length);
  const open: number[] = [];
  for (const [index, state] of states.entries()) {
    const isEnd = state.kind === 'match' && (left === 0 || isPadded);
    if (isEnd || (state.kind === 'rune' && shorter?.[state.next])) open.push(index);
  }
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (reach[index]) continue;
    reach[index] = 1;
    for (const before of back[index] ?? []) {
      const state = states[before];
      if (left === 0 || (state?.kind === 'step' && !state.isLast)) open.push(before);
    }
  }
  return reach;
}

function walk(
  { states, start }: Program,
  reach: Reach,
  { goal, draw, filler }: { goal: number; draw: Draw; filler: readonly string[] },
): string | undefined {
  let [text, left, index] = ['', goal, start];
  for (let steps = 0; steps < 100 * (goal + states.length); steps += 1) {
    const state = states[index];
    if (!state || state.kind === 'fail') return undefined;
    if (state.kind === 'match') {
      return text + Array.from({ length: left }, () => pickWith(draw, filler)).join('');
    }
    if (state.kind === 'rune') {
      text += pickRune(state.runes, draw);
      left -= 1;
      index = state.next;
      continue;
    }
    index =
      pickWith(
        draw,
        state.ways.filter((way) => reach[left]?.[way]),
      ) ?? -1;
  }
  return undefined;
}

function pickRune(runes: ArrayLike<number>, draw: Draw): string {
  if (runes.length === 1) return String.fromCodePoint(runes[0] ?? 0);
  for (const units of readable) {
    const unit = pickWith(
      draw,
      units.filter((one) => isWithin(runes, one)),
    );
    if (unit !== undefined) return unit;
  }
  const pair = 2 * Math.floor(draw() * Math.floor(runes.length / 2));
  const [low, high] = [runes[pair] ?? 0, runes[pair + 1] ?? 0];
  return String.fromCodePoint(low + Math.floor(draw() * Math.min(high - low + 1, 20)));
}

function isWithin(runes: ArrayLike<number>, unit: string): boolean {
  const code = unit.charCodeAt(0);
  for (let index = 0; index + 1 < runes.length; index += 2) {
    if ((runes[index] ?? 0) <= code && code <= (runes[index + 1] ?? 0)) return true;
  }
  return false;
}

function pickWith<Item>(draw: Draw, items: readonly Item[]): Item | undefined {
  return items[Math.floor(draw() * items.length)];
}

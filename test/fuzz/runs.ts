import type { Parameters } from 'fast-check';

const { FUZZ_SEED, FUZZ_RUNS } = process.env;

/** Every run takes the same cases, unless `FUZZ_SEED` names others. */
const defaultSeed = 20_260_901;

/** So many cases of a property, or as many as `FUZZ_RUNS` says. */
export function runs<Case>(count: number): Parameters<Case> {
  return { seed: Number(FUZZ_SEED ?? defaultSeed), numRuns: Number(FUZZ_RUNS ?? count) };
}

/** In milliseconds; many runs take as long as they take. */
export const patience = FUZZ_RUNS === undefined ? 60_000 : 3_600_000;

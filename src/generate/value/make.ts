import type { Random } from '../random.ts';
import { type Budget, createBudget, lastVisits, mostVisits } from './budget.ts';
import { type Check, createCheck } from './check.ts';
import { draftValue } from './draft.ts';
import type { GeneratorCopy } from './generator.ts';
import { isNode, type Node } from './node.ts';
import { prepareSchema } from './prepare.ts';

/** A value made for a schema. */
export interface MadeValue {
  readonly value: unknown;
  /** Absent when the value satisfies the schema. */
  readonly problem?: string;
}

/** Makes values; what it remembers changes nothing but the time. */
export interface ValueMaker {
  make(schema: unknown, random: Random): MadeValue;
}

interface Entry {
  readonly generator: GeneratorCopy;
  readonly check: Check;
  readonly budget: Budget;
}

const mostEntries = 200;
const longestRemembered = 100_000;
const longestSchema = 1_000_000;
/** Each try takes optional members so often and goes so deep: readable first, then merely valid. */
const tries = [
  { optionals: 0.5, depth: 8 },
  { optionals: 0.4, depth: 16 },
  { optionals: 0, depth: 120 },
  { optionals: 0.9, depth: 12 },
].flatMap((way) => [way, way, way]);

/**
 * A value depends on the schema and the random stream alone. No schema at all, `true` and `{}` give
 * an empty object, the natural arguments of a tool without parameters.
 */
export function createValueMaker(): ValueMaker {
  const entries = new Map<string, Entry>();

  function make(schema: unknown, random: Random): MadeValue {
    const seed = random.below(2 ** 31);
    try {
      const text = JSON.stringify(schema);
      if (text === undefined || text === 'true' || text === '{}') return { value: {} };
      if (text.length > longestSchema) return { value: {}, problem: 'The schema is too long.' };
      const entry = entries.get(text) ?? remember(text);
      return entry
        ? makeForEntry(entry, seed)
        : { value: {}, problem: 'The schema is not a JSON object.' };
    } catch (error) {
      return { value: {}, problem: `The schema cannot be read: ${describeError(error)}` };
    }
  }

  function remember(text: string): Entry | undefined {
    const schema: unknown = text === 'false' ? { not: {} } : JSON.parse(text);
    if (!isNode(schema)) return undefined;
    const entry = createEntry(schema);
    if (text.length > longestRemembered) return entry;
    entries.set(text, entry);
    const [oldest] = entries.keys();
    if (entries.size > mostEntries && oldest !== undefined) entries.delete(oldest);
    return entry;
  }

  return { make };
}

function createEntry(schema: Node): Entry {
  const budget = createBudget();
  const { generator, checker } = prepareSchema(schema, budget.spend);
  return { generator, check: createCheck(checker), budget };
}

function makeForEntry({ generator, check, budget }: Entry, seed: number): MadeValue {
  let value: unknown;
  let reason: string | undefined;
  let exhausted = 0;
  budget.allow(mostVisits);
  for (const [index, { optionals, depth }] of tries.entries()) {
    // Where the work ran out, one more try takes the least there is.
    if (exhausted > 1 || (exhausted === 1 && optionals > 0)) continue;
    try {
      const draft = draftValue(generator, { budget, seed: seed + index * 7919, optionals, depth });
      value ??= draft;
      const verdict = check(draft);
      if (verdict.isValid) return { value: draft, problem: verdict.problem };
      reason ||= verdict.problem;
    } catch (error) {
      if (error instanceof RangeError) {
        exhausted += 1;
        budget.allow(lastVisits);
      }
      reason ||= describeError(error);
    }
  }
  return { value: value ?? {}, problem: generator.refusals[0] ?? reason };
}

function describeError(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}

import type { Place } from './fixture.ts';
import { type Locate, valueAt } from './mistake.ts';
import { type Problem, showPlace } from './problem.ts';
import { quote } from './text-test.ts';

/** An id and where it is given. Fixtures and rate limits have names of their own. */
export interface Definition {
  readonly kind: 'fixture' | 'rate limit';
  readonly id: string;
  readonly place: Place;
}

const lists = [
  ['fixtures', 'fixture'],
  ['rateLimits', 'rate limit'],
] as const;

export function listDefinitions(value: unknown, locate: Locate): readonly Definition[] {
  return lists.flatMap(([name, kind]) => {
    const items = valueAt(value, [name]);
    if (!Array.isArray(items)) return [];
    return items.flatMap((item, index) => {
      const id = valueAt(item, ['id']);
      return typeof id === 'string' ? [{ kind, id, place: locate([name, index, 'id']) }] : [];
    });
  });
}

/** A problem for each id that was given before. */
export function explainDuplicates(definitions: readonly Definition[]): readonly Problem[] {
  const first = new Map<string, Place>();
  return definitions.flatMap(({ kind, id, place }) => {
    const key = `${kind} ${id}`;
    const before = first.get(key);
    if (!before) first.set(key, place);
    return before ? [explainDuplicate({ kind, id, place }, before)] : [];
  });
}

function explainDuplicate({ kind, id, place }: Definition, before: Place): Problem {
  const message = `Duplicate ${kind} id ${quote(id)}: it is given at ${showPlace(before)} already`;
  return { severity: 'error', ...place, message, fix: 'Rename one of the two.' };
}

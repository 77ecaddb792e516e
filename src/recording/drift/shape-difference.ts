import { absent, type DriftFinding } from './finding.ts';
import type { JsonType, Shape } from './shape.ts';

/** Their type tells what happened, and not how the API is made: a number, or the text that ended an answer. */
const variable: ReadonlySet<string> = new Set(['choices[].matched_stop']);

/** How a live shape differs from a recorded one. What only one side has seen empty or null is no difference. */
export function compareShapes(recorded: Shape, live: Shape, path = ''): DriftFinding[] {
  const before = listTypes(recorded);
  const now = listTypes(live);
  const isChanged = before.length > 0 && now.some((type) => !before.includes(type));
  if (isChanged && !variable.has(path)) {
    const types = { recorded: before.join(' or '), live: now.join(' or ') };
    return [{ kind: 'TYPE_CHANGED', path, ...types }];
  }
  return [
    ...(recorded.types.has('object') && live.types.has('object')
      ? compareMembers(recorded, live, path)
      : []),
    ...compareItems(recorded, live, `${path}[]`),
  ];
}

function compareMembers(recorded: Shape, live: Shape, path: string): DriftFinding[] {
  return listBoth(recorded.members, live.members).flatMap(([name, before, now]) => {
    const place = join(path, name);
    if (before && now) return compareShapes(before, now, place);
    return [tellOne(place, before, now)];
  });
}

/** An empty list says nothing of its items. */
function compareItems(recorded: Shape, live: Shape, path: string): DriftFinding[] {
  if (recorded.items.size === 0 || live.items.size === 0) return [];
  return listBoth(recorded.items, live.items).flatMap(([type, before, now]) => {
    const block = type === '' ? {} : { block: type };
    if (!before || !now) return [{ ...tellOne(path, before, now), ...block }];
    return compareShapes(before, now, path).map((finding) => ({ ...block, ...finding }));
  });
}

/** All names with what each side has, in the order of the recorded side. */
export function listBoth<Value>(
  recorded: ReadonlyMap<string, Value>,
  live: ReadonlyMap<string, Value>,
): [string, Value | undefined, Value | undefined][] {
  const names = new Set([...recorded.keys(), ...live.keys()]);
  return [...names].map((name) => [name, recorded.get(name), live.get(name)]);
}

/** What only one side has. */
export function tellOne(
  path: string,
  recorded: Shape | undefined,
  live: Shape | undefined,
): DriftFinding {
  const [before, now] = [describe(recorded), describe(live)];
  return { kind: recorded ? 'REMOVED' : 'ADDED', path, recorded: before, live: now };
}

function describe(shape: Shape | undefined): string {
  return shape ? [...shape.types].join(' or ') : absent;
}

function listTypes({ types }: Shape): JsonType[] {
  return [...types].filter((type) => type !== 'null').toSorted();
}

function join(path: string, name: string): string {
  const step = /^[\w$:-]+$/.test(name) ? name : `[${JSON.stringify(name)}]`;
  return path === '' || step.startsWith('[') ? `${path}${step}` : `${path}.${step}`;
}

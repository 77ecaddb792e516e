import { describePlace, memberOf } from './judge.ts';
import type { Part } from './questions.ts';

/** Where a value stands in an answer. */
export interface Place {
  readonly path: string;
  readonly keys: readonly string[];
}

/** Every place below the root of an answer. */
export function listPlaces({ name, value }: Part): readonly Place[] {
  return listKeys(value).map((keys) => ({ keys, path: describePlace(keys, name, value) }));
}

function listKeys(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [
    [key],
    ...listKeys(member).map((rest) => [key, ...rest]),
  ]);
}

const stranger = { unheard_of: null };

/** The answer with a value of a type that no client declares there. */
export function replace(part: Part, place: Place): Part {
  return change(part, place, (parent, key) => Object.assign(parent, { [key]: stranger }));
}

/** The answer without one member or item. */
export function leaveOut(part: Part, place: Place): Part {
  return change(part, place, (parent, key) =>
    Array.isArray(parent) ? parent.splice(Number(key), 1) : Reflect.deleteProperty(parent, key),
  );
}

/** The answer with a member more beside the one at the place. */
export function addStranger(part: Part, place: Place): Part {
  return change(part, place, (parent) =>
    Array.isArray(parent) ? parent.push(stranger) : Object.assign(parent, stranger),
  );
}

function change(
  { name, value }: Part,
  { keys }: Place,
  edit: (parent: object, key: string) => unknown,
): Part {
  const copy = structuredClone(value);
  const parent = keys.slice(0, -1).reduce(memberOf, copy);
  edit(parent as object, keys.at(-1) ?? ''); // a place has something above it
  return { name, value: copy };
}

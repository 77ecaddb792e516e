import fc from 'fast-check';
import { anyJson, oddKey } from './json.ts';

/** One change to a body; the numbers choose among its places, however many there are. */
export interface Fault {
  readonly kind: 'replace' | 'remove' | 'add' | 'copy';
  /** How deep it may lie. */
  readonly depth: number;
  readonly place: number;
  readonly other: number;
  readonly key: string;
  readonly value: unknown;
}

export const fault: fc.Arbitrary<Fault> = fc.record({
  kind: fc.constantFrom('replace', 'remove', 'add', 'copy'),
  depth: fc.integer({ min: 1, max: 6 }),
  place: fc.nat(),
  other: fc.nat(),
  key: oddKey,
  value: anyJson,
});

/** A copy of the body with every change made, one after the other. */
export function applyFaults(body: unknown, faults: readonly Fault[]): unknown {
  return faults.reduce(applyFault, body);
}

function applyFault(body: unknown, { kind, depth, place, other, key, value }: Fault): unknown {
  const copy = structuredClone(body);
  const places = listPlaces(copy, depth);
  const chosen = places[place % places.length];
  if (!chosen) return copy;
  const target = chosen.parent[chosen.key];
  if (kind === 'remove') removeMember(chosen.parent, chosen.key);
  else if (kind === 'copy') chosen.parent[chosen.key] = valueAt(places, other);
  else if (kind === 'replace') chosen.parent[chosen.key] = value;
  else if (Array.isArray(target)) target.push(value);
  else defineMember(typeof target === 'object' && target !== null ? target : copy, key, value);
  return copy;
}

interface Place {
  readonly parent: Record<string, unknown>;
  readonly key: string;
}

function listPlaces(parent: unknown, depth: number): Place[] {
  if (depth === 0 || typeof parent !== 'object' || parent === null) return [];
  const record = parent as Record<string, unknown>; // arrays have their indexes for keys
  return Object.keys(record).flatMap((key) => [
    { parent: record, key },
    ...listPlaces(Object.getOwnPropertyDescriptor(record, key)?.value, depth - 1),
  ]);
}

function valueAt(places: readonly Place[], index: number): unknown {
  const place = places[index % places.length];
  return structuredClone(place?.parent[place.key]);
}

export function removeMember(parent: object, key: string): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else Reflect.deleteProperty(parent, key);
}

/** As `JSON.parse` does: `__proto__` is a name like any other. */
function defineMember(parent: unknown, key: string, value: unknown): void {
  if (typeof parent !== 'object' || parent === null) return;
  const properties = { value, enumerable: true, configurable: true, writable: true };
  Object.defineProperty(parent, key, properties);
}

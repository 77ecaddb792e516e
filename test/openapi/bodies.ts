import { generateSync, type JsonSchema } from 'json-schema-faker';

/** A number from 0 up to the bound, which is left out. */
type Pick = (bound: number) => number;

/** Values that schemas tell apart, and that stand on the edges of ranges. */
const strangers: readonly unknown[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  -2,
  0.5,
  2.5,
  129,
  456,
  262_145,
  '',
  'null',
  'text',
  'custom',
  'auto',
  '0123456789abcdef0123456789abcdef',
  [],
  [null],
  [{}],
  [{ type: 'text', text: 'a' }],
  {},
  { type: 'text' },
  { type: 'image', extra: null },
  { role: 'user', content: 'a' },
];

interface Body {
  readonly body: unknown;
  readonly isMutated: boolean;
}

export interface Wanted {
  readonly count: number;
  /** Every other group begins with one of them. */
  readonly examples: readonly unknown[];
}

/**
 * Bodies for a schema, in groups of four: one as generated, or an example, then three that differ
 * from it in one, two and three places. The same schema gives the same bodies.
 */
export function* listBodies(schema: JsonSchema, { count, examples }: Wanted): Generator<Body> {
  const pick = createPick(count);
  // The generator keeps to one branch of a oneOf, but bodies that fit several are of interest.
  const loose: JsonSchema = JSON.parse(JSON.stringify(schema).replaceAll('"oneOf":', '"anyOf":'));
  for (let seed = 1; seed <= count / 4; seed += 1) {
    const optionalsProbability = (seed % 11) / 10;
    const example = seed % 2 === 0 ? examples[(seed / 2) % examples.length] : undefined;
    let body = example ?? generateSync(loose, { seed, optionalsProbability, maxItems: 3 });
    yield { body, isMutated: false };
    for (let changes = 0; changes < 3; changes += 1) {
      body = mutate(body, pick);
      yield { body, isMutated: true };
    }
  }
}

/** A copy that differs in one place: a value replaced, a member or item left out or added. */
function mutate(body: unknown, pick: Pick): unknown {
  const copy = { root: structuredClone(body) };
  const places = listPlaces(copy);
  const place = places[pick(places.length)];
  if (!place) return copy.root;

  const { parent, key } = place;
  const kind = pick(4);
  if (kind === 0 && parent !== copy) remove(parent, key);
  else if (kind === 1) add(parent[key], strangers[pick(strangers.length)]);
  else if (kind === 2) parent[key] = structuredClone(valueAt(places[pick(places.length)]));
  else parent[key] = structuredClone(strangers[pick(strangers.length)]);
  return copy.root;
}

interface Place {
  readonly parent: Record<string, unknown>;
  readonly key: string;
}

function listPlaces(parent: object): Place[] {
  const record = parent as Record<string, unknown>; // arrays have their indexes for keys
  return Object.entries(record).flatMap(([key, value]) => [
    { parent: record, key },
    ...(typeof value === 'object' && value !== null ? listPlaces(value) : []),
  ]);
}

function valueAt(place: Place | undefined): unknown {
  return place?.parent[place.key];
}

function remove(parent: object, key: string): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else Reflect.deleteProperty(parent, key);
}

function add(parent: unknown, value: unknown): void {
  if (Array.isArray(parent)) parent.push(structuredClone(value));
  else if (typeof parent === 'object' && parent !== null) {
    Object.assign(parent, { unheard_of: structuredClone(value) });
  }
}

/** Mulberry32. */
function createPick(seed: number): Pick {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

import {
  type AnyZodObject,
  ZodArray,
  ZodDiscriminatedUnion,
  type ZodIssue,
  ZodNullable,
  ZodObject,
  ZodOptional,
  ZodRecord,
  type ZodTypeAny,
  ZodUnion,
  ZodUnknown,
} from 'zod/v3';

type Path = readonly (string | number)[];

type Members = Readonly<Record<string, unknown>>;

export interface Parts {
  readonly path?: Path;
  /** So many values are parsed in one go. */
  readonly partSize: number;
  /** The lists and objects found to be larger: to count the names of a large object takes long. */
  readonly larger?: Set<object>;
}

/** The issues of one part of a value. */
type Parsing = Generator<readonly ZodIssue[], void>;

/**
 * The issues of a value, part by part, for a caller that lets others have their turn in between:
 * what is long is parsed by its items and members. All together are the issues of the whole, and those
 * of one part stand before those of the next in the value.
 */
export function* parseInParts(
  schema: ZodTypeAny,
  value: unknown,
  { path = [], partSize, larger = new Set() }: Parts,
): Parsing {
  const meant = isLarger(value, partSize, larger) ? pickSchema(schema, value) : schema;
  const at = (key: string | number): Parts => ({ path: [...path, key], partSize, larger });
  if (meant instanceof ZodArray && Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield* parseInParts(meant.element, item, at(index));
    }
  } else if (meant instanceof ZodRecord && isMembers(value)) {
    if (meant.valueSchema instanceof ZodUnknown) return;
    for (const name of Object.keys(value)) {
      yield* parseInParts(meant.valueSchema, value[name], at(name));
    }
  } else if (meant instanceof ZodObject && isMembers(value)) {
    yield* parseMembers(meant, value, { path, partSize, larger });
  } else {
    yield parseWhole(schema, value, path);
  }
}

function* parseMembers(
  schema: AnyZodObject,
  value: Members,
  { path = [], partSize, larger = new Set() }: Parts,
): Parsing {
  const names = Object.keys(value).filter((name) => Object.hasOwn(schema.shape, name));
  const long = names.filter((name) => isLarger(value[name], partSize, larger));
  const short = names.filter((name) => !long.includes(name));
  const rest = schema.omit(Object.fromEntries(long.map((name) => [name, true])));
  let left = parseWhole(rest, Object.fromEntries(short.map((name) => [name, value[name]])), path);
  for (const name of long) {
    const before = names.slice(0, names.indexOf(name));
    const isBefore = ({ path: place }: ZodIssue) => {
      const member = String(place[path.length]);
      return before.includes(member) || !names.includes(member); // or it is missing
    };
    yield left.filter(isBefore);
    left = left.filter((issue) => !isBefore(issue));
    yield* parseInParts(schema.shape[name], value[name], {
      path: [...path, name],
      partSize,
      larger,
    });
  }
  yield left;
}

function parseWhole(schema: ZodTypeAny, value: unknown, path: Path): readonly ZodIssue[] {
  const parsed = schema.safeParse(value, { path: [...path] });
  return parsed.success ? [] : parsed.error.issues;
}

/** The one schema that decides on a long value; the given one where that is not clear. */
function pickSchema(schema: ZodTypeAny, value: unknown): ZodTypeAny {
  if (schema instanceof ZodOptional || schema instanceof ZodNullable) {
    return pickSchema(schema.unwrap(), value);
  }
  if (schema instanceof ZodDiscriminatedUnion && isMembers(value)) {
    return schema.optionsMap.get(value[schema.discriminator] as string) ?? schema; // as JSON names it
  }
  if (schema instanceof ZodUnion) {
    const options: readonly ZodTypeAny[] = schema.options;
    const [only, ...others] = options.filter((option) => isOfKind(option, value));
    return only && others.length === 0 ? pickSchema(only, value) : schema;
  }
  return schema;
}

/** Whether a schema is of lists or of objects, as the value is. */
function isOfKind(schema: ZodTypeAny, value: unknown): boolean {
  if (Array.isArray(value)) return schema instanceof ZodArray;
  return [ZodObject, ZodRecord, ZodDiscriminatedUnion].some((kind) => schema instanceof kind);
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isLarger(value: unknown, parts: number, larger: Set<object>): boolean {
  const isMore = countParts(value, parts, larger) > parts;
  if (isMore) larger.add(value as object); // a scalar is one part
  return isMore;
}

/** How many values are in a value; no longer exact once there are more than `most`. */
function countParts(value: unknown, most: number, larger: Set<object>): number {
  if (typeof value !== 'object' || value === null) return 1;
  if (larger.has(value)) return Number.POSITIVE_INFINITY;
  const members: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  if (members.length > most) {
    larger.add(value);
    return members.length;
  }
  let parts = 1;
  for (const member of members) {
    parts += countParts(member, most - parts, larger);
    if (parts > most) break;
  }
  return parts;
}

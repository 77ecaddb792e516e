import { isJsonObject } from '../exchange/json.ts';

/*
 * Settings come as text from flags and variables, and as JSON values from a file. What a parser
 * does not understand it returns as it came, for the schema to refuse.
 */

/** `a,b` or `['a', 'b,c']` as a flat list. */
export function parseList(value: unknown): unknown {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  if (!values.every((item) => typeof item === 'string')) return value;
  return values.flatMap((item) => item.split(',')).map((item) => item.trim());
}

/** The same of a setting that has no default. */
export function parseOptionalList(value: unknown): unknown {
  return value === undefined ? undefined : parseList(value);
}

/** One text as a list of one: its items may hold commas. */
export function parseItems(value: unknown): unknown {
  return typeof value === 'string' ? [value] : value;
}

/** `name=on,other=off`, as text, list or object, as a record of booleans. */
export function parseQuirks(value: unknown): unknown {
  if (isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, on]) => [name, parseSwitch(on)]));
  }
  const items = parseList(value);
  if (!Array.isArray(items)) return value;
  return Object.fromEntries(
    items.map((item: string) => {
      const [name = '', state = 'on'] = item.split('=').map((part) => part.trim());
      return [name, parseSwitch(state)];
    }),
  );
}

const switches: Readonly<Record<string, boolean>> = {
  on: true,
  true: true,
  yes: true,
  '1': true,
  off: false,
  false: false,
  no: false,
  '0': false,
};

export function parseSwitch(value: unknown): unknown {
  return typeof value === 'string' ? (switches[value.toLowerCase()] ?? value) : value;
}

/** A number as its text: a file may have `seed: 7`. */
export function parseText(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value;
}

/** Digits as a number. */
export function parseNumber(value: unknown): unknown {
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
}

const units: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/** `32mb`, `500 kB` or a bare number, in bytes. */
export function parseSize(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const [, digits, unit = 'b'] = /^\s*(\d+)\s*([kmg]?b)?\s*$/i.exec(value) ?? [];
  return digits === undefined ? value : Number(digits) * (units[unit.toLowerCase()] ?? 1);
}

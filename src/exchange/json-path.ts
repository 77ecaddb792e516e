import type { JsonObject } from './json.ts';

/** One step into a value: a member, an item (from the end when negative), or all of them. */
type Step = { readonly key: string } | { readonly index: number } | { readonly all: true };

export type JsonPath = readonly Step[];

const stepPattern =
  /\.(?<name>[\p{L}\p{N}_$-]+)|\[(?<index>-?\d+)\]|\[(?<quote>["'])(?<key>.*?)\k<quote>\]|(?<all>\.\*|\[\*\])/uy;

/**
 * The part of JSONPath (RFC 9535) that names places: `$`, `.name`, `['name']`, `[0]`, `[-1]`, `.*`
 * and `[*]`. No filters, no descent.
 */
export function parsePath(
  text: string,
): { readonly path: JsonPath } | { readonly problem: string } {
  if (!text.startsWith('$')) return { problem: 'expected a JSONPath that begins with $' };
  const path: Step[] = [];
  let position = 1;
  while (position < text.length) {
    stepPattern.lastIndex = position;
    const found = stepPattern.exec(text);
    if (!found?.groups) return { problem: explainStep(text.slice(position)) };
    path.push(toStep(found.groups));
    position = stepPattern.lastIndex;
  }
  return { path };
}

function toStep({ name, index, key, all }: Record<string, string | undefined>): Step {
  if (all !== undefined) return { all: true };
  if (index !== undefined) return { index: Number(index) };
  return { key: name ?? key ?? '' };
}

function explainStep(rest: string): string {
  return `cannot read the JSONPath from "${rest}": it may hold .name, ['name'], [0], [-1] and [*]`;
}

/** The values at a path; none where there is no such place. */
export function findValues(value: unknown, path: JsonPath): readonly unknown[] {
  let values: readonly unknown[] = [value];
  for (const step of path) {
    const found: unknown[] = []; // filled by all: there may be millions, too many for lists of their own
    for (const each of values) stepInto(each, step, found);
    values = found;
  }
  return values;
}

function stepInto(value: unknown, step: Step, found: unknown[]): void {
  if (typeof value !== 'object' || value === null) return;
  if ('all' in step) {
    for (const member of Array.isArray(value) ? value : Object.values(value)) found.push(member);
  } else if ('index' in step) {
    const items = Array.isArray(value) ? value : [];
    const index = step.index < 0 ? items.length + step.index : step.index;
    if (index in items) found.push(items[index]);
  } else if (!Array.isArray(value) && Object.hasOwn(value, step.key)) {
    found.push((value as JsonObject)[step.key]); // an object that is no array
  }
}

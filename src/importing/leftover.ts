/** A part of something that cannot be carried over. */
export interface Loss {
  /** Such as `response.embedding`. */
  readonly what: string;
  /** The reason, as a clause without a full stop. */
  readonly why: string;
}

/** A loss, and where it happened. */
export interface Leftover extends Loss {
  readonly file: string;
  /** Such as `entry 3`. */
  readonly entry: string;
}

const mostEntries = 5;

/** One line for each thing that was lost, however many entries lost it. */
export function renderLeftovers(leftovers: readonly Leftover[]): string {
  const groups = new Map<string, Leftover[]>();
  for (const leftover of leftovers) {
    const { file, what, why } = leftover;
    const key = JSON.stringify([file, what, why]);
    groups.set(key, [...(groups.get(key) ?? []), leftover]);
  }
  return [...groups.values()].map((group) => `${renderGroup(group)}\n`).join('');
}

function renderGroup(group: readonly Leftover[]): string {
  const [first] = group;
  if (!first) return '';
  const entries = [...new Set(group.map(({ entry }) => entry))];
  const shown = entries.slice(0, mostEntries).join(', ');
  const more = entries.length > mostEntries ? ` and ${entries.length - mostEntries} more` : '';
  return tame(`${first.file}: ${shown}${more}: not carried over: ${first.what}: ${first.why}.`);
}

/** No escape sequence of somebody else’s file reaches a terminal. */
export function tame(line: string): string {
  return line.replaceAll(/\p{Cc}/gu, (control) => JSON.stringify(control).slice(1, -1));
}

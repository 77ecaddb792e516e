import type { JsonValue } from '../exchange/json.ts';

const width = 100;

/** JSON for reviewers: what fits on a line stands on one. */
export function renderJson(value: JsonValue): string {
  return `${write(value, '', width)}\n`;
}

function write(value: JsonValue, indent: string, room: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const line = writeLine(value, room);
  if (line !== undefined) return line;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item) => inner + write(item, inner, width - inner.length - 1));
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  const members = Object.entries(value).map(([key, member]) => {
    const start = `${inner}${JSON.stringify(key)}: `;
    return start + write(member, inner, width - start.length - 1);
  });
  return `{\n${members.join(',\n')}\n${indent}}`;
}

/** Undefined as soon as it takes more than the room there is. */
function writeLine(value: JsonValue, room: number): string | undefined {
  if (typeof value === 'string' && value.length > room) return undefined;
  if (typeof value !== 'object' || value === null) return orNothing(JSON.stringify(value), room);
  const isList = Array.isArray(value);
  const parts: string[] = [];
  let left = room - 2;
  for (const [key, member] of Object.entries(value)) {
    const start = isList ? '' : `${JSON.stringify(key)}: `;
    const written = writeLine(member, left - start.length);
    if (written === undefined) return undefined;
    parts.push(start + written);
    left -= start.length + written.length + 2;
  }
  const inside = parts.join(', ');
  if (isList) return orNothing(`[${inside}]`, room);
  return orNothing(inside === '' ? '{}' : `{ ${inside} }`, room);
}

function orNothing(text: string, room: number): string | undefined {
  return text.length <= room ? text : undefined;
}

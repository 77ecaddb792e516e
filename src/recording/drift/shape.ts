import { isJsonObject, type JsonValue } from '../../exchange/json.ts';

export type JsonType = 'null' | 'boolean' | 'number' | 'string' | 'list' | 'object';

/** What values look like that stand in the same place: all that was seen there, taken together. */
export interface Shape {
  readonly types: ReadonlySet<JsonType>;
  /** Of objects. */
  readonly members: ReadonlyMap<string, Shape>;
  /** Of lists: their items by the type that they name, and the others under an empty one. */
  readonly items: ReadonlyMap<string, Shape>;
}

export function shapeOf(value: JsonValue): Shape {
  return {
    types: new Set([typeOf(value)]),
    members: new Map(isJsonObject(value) ? listMembers(value) : []),
    items: mergeAll(Array.isArray(value) ? value.map(toItem) : []),
  };
}

export function mergeShapes(left: Shape, right: Shape): Shape {
  return {
    types: new Set([...left.types, ...right.types]),
    members: mergeAll([...left.members, ...right.members]),
    items: mergeAll([...left.items, ...right.items]),
  };
}

/** Shapes of one name become one, at the place of the first. */
export function mergeAll(shapes: Iterable<readonly [string, Shape]>): ReadonlyMap<string, Shape> {
  const merged = new Map<string, Shape>();
  for (const [name, shape] of shapes) {
    const known = merged.get(name);
    merged.set(name, known ? mergeShapes(known, shape) : shape);
  }
  return merged;
}

const opaque: Shape = { types: new Set(['object']), members: new Map(), items: new Map() };

function listMembers(value: { readonly [name: string]: JsonValue }): [string, Shape][] {
  return Object.entries(value).map(([name, member]) => [
    name,
    // What a tool is called with is the model’s choice, within the schema of the tool.
    name === 'input' && value['type'] === 'tool_use' && isJsonObject(member)
      ? opaque
      : shapeOf(member),
  ]);
}

function toItem(item: JsonValue): [string, Shape] {
  const type = isJsonObject(item) ? item['type'] : undefined;
  return [typeof type === 'string' ? type : '', shapeOf(item)];
}

function typeOf(value: JsonValue): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  const type = typeof value;
  return type === 'boolean' || type === 'number' || type === 'string' ? type : 'object';
}

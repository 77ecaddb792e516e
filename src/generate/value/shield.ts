import type { Node } from './node.ts';

const shield = '\u0000';

/** json-schema-faker takes an inherited member, such as `__proto__`, for one that is there. */
export function shieldName(name: string): string {
  return name in Object.prototype ? `${name}${shield}` : name;
}

export function shieldNames(members: ReadonlyMap<string, unknown>): Node {
  return Object.fromEntries([...members].map(([name, member]) => [shieldName(name), member]));
}

export function restoreNames(value: Node): Node {
  if (!Object.keys(value).some((name) => name.endsWith(shield))) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name.replace(shield, ''), member]),
  );
}

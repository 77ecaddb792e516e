import type { Components } from '../components.ts';

/** The components that a part of a document refers to, directly or by others. */
export function keepReachable(components: Components, part: object): Components {
  const reached = new Set<string>();
  const left: unknown[] = [part];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    for (const id of listReferences(next)) {
      if (reached.has(id)) continue;
      reached.add(id);
      left.push(components[id]);
    }
  }
  return Object.fromEntries(Object.entries(components).filter(([id]) => reached.has(id)));
}

const pointer = /"\$ref":"#\/components\/schemas\/(\w+)"/g;

function listReferences(value: unknown): readonly string[] {
  return [...JSON.stringify(value).matchAll(pointer)].map(([, id = '']) => id);
}

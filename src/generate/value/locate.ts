import { asNode, isNode, type Node } from './node.ts';

/** Finds the target of a reference within the schema; nothing is ever fetched. */
export function createLocator(root: Node): (reference: string) => unknown {
  let index: ReadonlyMap<string, Node> | undefined;
  const base = String(root['$id'] ?? root['id']);
  const toUrl = (text: string) => (URL.canParse(text, base) ? new URL(text, base).href : text);

  return (reference) => {
    const [place = '', fragment = ''] = reference.split('#');
    index ??= indexTargets(root, toUrl);
    const start = place === '' || toUrl(place) === toUrl(base) ? root : index.get(toUrl(place));
    if (fragment === '' || start === undefined) return start;
    return fragment.startsWith('/') ? followPointer(start, fragment) : index.get(`#${fragment}`);
  };
}

/** Every schema with an id or an anchor. */
function indexTargets(root: Node, toUrl: (text: string) => string): Map<string, Node> {
  const index = new Map<string, Node>();
  const open: unknown[] = [root];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    if (typeof item !== 'object' || item === null) continue;
    for (const child of Object.values(item)) open.push(child);
    const { $id, id, $anchor, $dynamicAnchor } = asNode(item);
    for (const url of [$id, id]) if (typeof url === 'string') index.set(toUrl(url), asNode(item));
    for (const name of [$anchor, $dynamicAnchor]) {
      if (typeof name === 'string') index.set(`#${name}`, asNode(item));
    }
  }
  return index;
}

function followPointer(start: Node, pointer: string): unknown {
  let place: unknown = start;
  for (const step of pointer.slice(1).split('/')) {
    const name = decodeStep(step);
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, name)) {
      return undefined;
    }
    place = (place as Node)[name];
  }
  return typeof place === 'boolean' || isNode(place) ? place : undefined;
}

function decodeStep(step: string): string {
  const text = /%(?![0-9a-f]{2})/i.test(step) ? step : decodeURIComponent(step);
  return text.replaceAll('~1', '/').replaceAll('~0', '~');
}

import { asNode, isNode, type Node } from './node.ts';

/** A schema with an id of its own, where references inside it start; the root is one as well. */
interface Resource {
  readonly root: Node;
  readonly url: string;
  readonly anchors: Map<string, Node>;
}

interface Index {
  readonly resourceOf: ReadonlyMap<unknown, Resource>;
  readonly resources: ReadonlyMap<string, Resource>;
}

type Locate = (reference: string, from: Node) => unknown;

/** The keywords whose values are data, whatever they look like. */
const data = ['const', 'enum', 'default', 'examples'];
/** Those whose values are schemas by names that mean nothing here. */
const maps = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];

/** Finds the target of a reference within the schema; nothing is ever fetched. */
export function createLocator(root: Node): Locate {
  let index: Index | undefined;

  return (reference, from) => {
    index ??= indexSchema(root);
    const [place = '', fragment = ''] = reference.split('#');
    const home = index.resourceOf.get(from);
    const resource = place === '' ? home : index.resources.get(resolve(place, home?.url));
    if (!resource || fragment === '') return resource?.root;
    if (fragment.startsWith('/')) return followPointer(resource.root, fragment);
    return resource.anchors.get(fragment);
  };
}

function resolve(text: string, base: string | undefined): string {
  return URL.canParse(text, base) ? new URL(text, base).href : text;
}

function indexSchema(root: Node): Index {
  const resourceOf = new Map<unknown, Resource>();
  const resources = new Map<string, Resource>();
  const silences = /draft-0[3-7]/.test(String(root['$schema']));
  const open: [unknown, Resource | undefined, boolean][] = [[root, undefined, false]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [item, outer, isMap] = next;
    if (typeof item !== 'object' || item === null) continue;
    const node = asNode(item);
    const isNameless = isMap || (silences && typeof node['$ref'] === 'string');
    const { id, anchors } = readNames(isNameless ? {} : node);
    const url = id === undefined ? '' : resolve(id, outer?.url);
    const home = outer && id === undefined ? outer : { root: node, url, anchors: new Map() };
    if (home !== outer && !resources.has(url)) resources.set(url, home);
    for (const name of anchors) home.anchors.set(name, node);
    resourceOf.set(item, home);
    for (const [name, child] of Object.entries(item)) {
      if (isMap || !data.includes(name)) open.push([child, home, !isMap && maps.includes(name)]);
    }
  }
  return { resourceOf, resources };
}

/** Up to draft 7 an id may be an anchor: "#name". */
function readNames({ $id, id, $anchor, $dynamicAnchor }: Node): {
  id?: string;
  anchors: readonly string[];
} {
  const name = [$id, id].find((text) => typeof text === 'string');
  const [place, fragment] = (name ?? '').split('#');
  const anchors = [$anchor, $dynamicAnchor, fragment].filter((text) => typeof text === 'string');
  return { id: place || undefined, anchors };
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

import type { Alias, Scalar } from 'yaml';

type Yaml = typeof import('./yaml.ts');

/** Something wrong at an offset of the text. */
export interface TreeFault {
  readonly offset: number;
  readonly message: string;
  readonly fix?: string;
  /** The values of the file cannot be made. */
  readonly fatal?: boolean;
}

const mostAliased = 100_000;

interface Anchor {
  size: number;
  /** Whether its own value is still being read. */
  open: boolean;
}

/** What has been seen of a file so far. */
interface Walk {
  readonly yaml: Yaml;
  readonly faults: TreeFault[];
  readonly anchors: Map<string, Anchor>;
  /** How many values aliases stand for. */
  aliased: number;
}

/** What YAML allows and a fixture may not hold: endless or exploding aliases, keys of objects. */
export function findTreeFaults(root: unknown, yaml: Yaml): readonly TreeFault[] {
  const walk: Walk = { yaml, faults: [], anchors: new Map(), aliased: 0 };
  measure(root, walk);
  return walk.faults;
}

/** The number of values that a node stands for. */
function measure(node: unknown, walk: Walk): number {
  const { yaml, anchors } = walk;
  if (yaml.isAlias(node)) return measureAlias(node, walk);
  if (yaml.isScalar(node)) {
    checkNumber(node, walk);
    if (node.anchor) anchors.set(node.anchor, { size: 1, open: false });
  }
  if (!yaml.isCollection(node)) return 1;
  const anchor: Anchor = { size: 1, open: true };
  if (node.anchor) anchors.set(node.anchor, anchor);
  for (const item of node.items) {
    if (yaml.isPair(item)) checkKey(item.key, walk);
    anchor.size += measure(yaml.isPair(item) ? item.value : item, walk);
  }
  anchor.open = false;
  return anchor.size;
}

function measureAlias({ source, range }: Alias, walk: Walk): number {
  const anchor = walk.anchors.get(source);
  const add = (message: string, fix: string) =>
    walk.faults.push({ offset: range?.[0] ?? 0, message, fix, fatal: true });
  if (!anchor) {
    add(`Unknown alias "*${source}"`, `Mark a value above it with "&${source}".`);
    return 1;
  }
  if (anchor.open) {
    add(`The alias "*${source}" stands inside of what it names`, 'Write the value out.');
    return 1;
  }
  const before = walk.aliased;
  walk.aliased += anchor.size;
  if (before <= mostAliased && walk.aliased > mostAliased) {
    const message = `The aliases up to "*${source}" stand for more than ${mostAliased} values`;
    add(message, 'Write the values out.');
  }
  return anchor.size;
}

function checkKey(key: unknown, { yaml, faults }: Walk): void {
  const offset = yaml.isNode(key) ? (key.range?.[0] ?? 0) : 0;
  if (!yaml.isScalar(key)) {
    faults.push({ offset, message: 'A key has to be a text', fatal: true });
  } else if (key.value === '__proto__') {
    const fix = 'Remove it; a body or arguments that need it can be written as a text.';
    faults.push({ offset, message: 'Unknown key "__proto__"', fix });
  }
}

/** YAML has `.inf` and `.nan`, JSON has not. */
function checkNumber({ value, range }: Scalar, { faults }: Walk): void {
  if (typeof value !== 'number' || Number.isFinite(value)) return;
  const message = `${value} is no number that JSON can hold`;
  faults.push({ offset: range?.[0] ?? 0, message, fix: 'Write a finite number.' });
}

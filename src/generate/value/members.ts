import { createRandom } from '../random.ts';
import type { GeneratorContext } from './generator.ts';
import { asArray, asNode, asNumber, type Node } from './node.ts';
import type { Draw } from './sampler.ts';
import { shieldName, shieldNames } from './shield.ts';

const memberKeywords = [
  'properties',
  'required',
  'additionalProperties',
  'minProperties',
  'maxProperties',
  'propertyNames',
];

/** One of the `patternProperties`. */
interface Rule {
  readonly test: (name: string) => boolean;
  readonly sample: (draw: Draw) => string | undefined;
  readonly schema: unknown;
}

/** Spells out the members: json-schema-faker sees names only, and no patterns of names. */
export function adaptMembers(node: Node, context: GeneratorContext): Node {
  const { patternProperties, dependencies, unevaluatedProperties, ...open } = {
    ...node,
    ...splitDependencies(node),
  };
  const rules = readRules(node, context);
  const isObject = [node['type']].flat().includes('object') || rules.length > 0;
  if (!isObject && !memberKeywords.some((keyword) => node[keyword] !== undefined)) return open;

  const members = listMembers(node, rules, context);
  const required = new Set(asArray(node['required']).map(String));
  for (const name of members.keys()) {
    if (required.size < asNumber(node['minProperties'], 0)) required.add(name);
  }
  return {
    ...open,
    required: [...required].map(shieldName),
    properties: shieldNames(members),
  };
}

function splitDependencies(node: Node): Node {
  const all = Object.entries({
    ...asNode(node['dependencies']),
    ...asNode(node['dependentRequired']),
    ...asNode(node['dependentSchemas']),
  });
  if (all.length === 0) return {};
  const lists = new Map<string, string[]>();
  const schemas = new Map<string, unknown>();
  for (const [name, item] of all) {
    if (Array.isArray(item)) lists.set(name, item.map(String).map(shieldName));
    else schemas.set(name, item);
  }
  return { dependentRequired: shieldNames(lists), dependentSchemas: shieldNames(schemas) };
}

function readRules(node: Node, { patternOf }: GeneratorContext): Rule[] {
  return Object.entries(asNode(node['patternProperties'])).map(([source, schema]) => {
    const { test = () => false, createSampler } = patternOf(source);
    const [long, short] = [4, 1].map((min) => createSampler({ min, max: 40 }));
    return { test, schema, sample: (draw) => long?.(draw) ?? short?.(draw) };
  });
}

/** The declared and the required members, and more where there have to be more. */
function listMembers(
  node: Node,
  rules: readonly Rule[],
  context: GeneratorContext,
): Map<string, unknown> {
  const members = new Map(Object.entries(asNode(node['properties'])));
  const add = (name: string) => {
    const schema = findMember(name, { own: members.get(name), rules, node });
    if (schema !== undefined) members.set(name, schema);
  };
  for (const name of [...members.keys(), ...asArray(node['required']).map(String)]) add(name);
  const least = Math.max(asNumber(node['minProperties'], 0), rules.length > 0 ? 1 : 0);
  const missing = least - members.size;
  for (const name of missing > 0 ? listNames(node, { missing, rules, context }) : []) {
    if (members.size < least) add(name);
  }
  return members;
}

function findMember(
  name: string,
  { own, rules, node }: { own: unknown; rules: readonly Rule[]; node: Node },
): unknown {
  const matching = rules.filter(({ test }) => test(name)).map(({ schema }) => schema);
  if (own === undefined && matching.length === 0) {
    const { additionalProperties } = node;
    return additionalProperties === false ? undefined : asNode(additionalProperties);
  }
  const all = [own, ...matching].filter((schema) => schema !== undefined && schema !== true);
  if (all.length > 1) return all.includes(false) ? false : { allOf: all };
  return all[0] ?? {};
}

/** Names that the schema may allow, the likeliest first. */
function listNames(
  node: Node,
  {
    missing,
    rules,
    context,
  }: { missing: number; rules: readonly Rule[]; context: GeneratorContext },
): string[] {
  const random = createRandom(1);
  const allowed = asNode(node['propertyNames']);
  const makeName = context.formats.get(String(allowed['format']));
  const sampled = Array.from({ length: 3 * missing }, (_, index) =>
    makeName ? makeName(random) : rules[index % rules.length]?.sample(() => random.next()),
  );
  const plain = Array.from({ length: missing }, (_, index) =>
    `field${index + 1}`.padEnd(Math.min(asNumber(allowed['minLength'], 0), 100), '_'),
  );
  const fixed = asArray(allowed['enum']).concat(allowed['const'] ?? []);
  return [...fixed, ...sampled, ...plain].filter((name) => typeof name === 'string');
}

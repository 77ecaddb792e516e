import { mostItems } from './budget.ts';
import { adaptChoices } from './choices.ts';
import type { MakeText } from './formats.ts';
import { type Built, readNode } from './keywords.ts';
import { adaptMembers } from './members.ts';
import { asArray, asNumber, isNode, type Node } from './node.ts';
import type { Scope } from './scope.ts';

/** The copy to generate from, in the keywords that json-schema-faker heeds. */
export interface GeneratorCopy {
  readonly schema: Node;
  /** The formats of the copy: the usual ones, and one for each pattern. */
  readonly formats: Map<string, MakeText>;
  /** What exceeds the limits: the copy asks for little there. */
  readonly refusals: string[];
}

export type GeneratorContext = Scope & GeneratorCopy;

const limits = {
  minItems: mostItems,
  minContains: mostItems,
  minProperties: mostItems,
  minLength: 100_000,
};
const types = ['null', 'boolean', 'number', 'integer', 'string', 'object', 'array'];

export function buildGenerator(schema: unknown, context: GeneratorContext): Built {
  if (!isNode(schema)) return schema === true;
  const { $ref, ...read } = readNode(schema, context, (child) => buildGenerator(child, context));
  const name = typeof $ref === 'string' ? context.nameOf($ref, schema) : undefined;
  const node = [adaptLimits, adaptType, adaptTexts, adaptItems, adaptMembers].reduce<Node>(
    (adapted, adapt) => adapt(adapted, context),
    { ...read, $ref: name && `#/$defs/${name}` },
  );
  return adaptChoices(dropAbsent(node), context);
}

/** Asks for little where the schema asks for too much. */
function adaptLimits(node: Node, { refusals }: GeneratorContext): Node {
  const limited: Node = { ...node };
  for (const [keyword, most] of Object.entries(limits)) {
    if (asNumber(node[keyword], 0) <= most) continue;
    refusals.push(`"${keyword}" asks for ${node[keyword]}, and at most ${most} are made.`);
    limited[keyword] = 0;
  }
  return limited;
}

function adaptType(node: Node): Node {
  const known = [node['type']].flat().filter((type) => types.includes(String(type)));
  return { ...node, type: known.length > 1 ? known : known[0] };
}

/** A pattern becomes a format of its own, whose texts match it. */
function adaptTexts(node: Node, { formats, patternOf }: GeneratorContext): Node {
  const { pattern, format, ...rest } = node;
  if (node['enum'] !== undefined || node['const'] !== undefined) return rest;

  const min = asNumber(node['minLength'], 0);
  const max = asNumber(node['maxLength'], Infinity);
  // json-schema-faker fills a text up to a random length before ours takes its place.
  const maxLength = Number.isFinite(max) ? Math.min(max, Math.max(min + 20, 60)) : undefined;
  const makeFormat = formats.get(String(format));
  if (typeof pattern !== 'string') return { ...rest, maxLength, format: makeFormat && format };

  const { test, createSampler } = patternOf(pattern);
  const sample = createSampler({ min, max });
  const name = `pattern-${formats.size}`;
  formats.set(name, (source) => {
    const formatted = makeFormat?.(source);
    if (formatted !== undefined && test?.(formatted)) return formatted;
    return sample(() => source.next()) ?? formatted ?? '';
  });
  return { ...rest, maxLength, format: name };
}

function adaptItems(node: Node): Node {
  if (node['enum'] !== undefined || node['const'] !== undefined) return node;
  const { items, prefixItems, additionalItems, unevaluatedItems, ...rest } = node;
  const isTuple = Array.isArray(items); // up to draft 2019-09
  const places = asArray(isTuple ? items : prefixItems);
  const others = isTuple ? additionalItems : items;
  const end = places.indexOf(false);
  const min = asNumber(node['minItems'], 0);
  const max = Math.min(asNumber(node['maxItems'], Infinity), end < 0 ? Infinity : end);
  return {
    ...rest,
    prefixItems: places.length > 0 ? places.slice(0, end < 0 ? undefined : end) : undefined,
    items: others ?? (min > places.length ? {} : undefined),
    maxItems: Number.isFinite(max) ? Math.min(max, Math.max(min + 2, 5)) : undefined,
  };
}

function dropAbsent(node: Node): Node {
  return Object.fromEntries(Object.entries(node).filter(([, member]) => member !== undefined));
}

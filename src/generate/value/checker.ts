import { type Built, readNode } from './keywords.ts';
import { asArray, asNode, isNode, type Node } from './node.ts';
import type { Scope } from './scope.ts';

/** The copy to check by, for one value at a time: the value's texts and names come first. */
export interface CheckerCopy {
  readonly schema: Node;
  /** What cannot be decided here: the copy takes `gate` for the answer. */
  readonly doubts: string[];
  readonly gate: [boolean];
  /** The copy tries patterns on these. */
  readonly subject: { texts: readonly string[]; names: readonly string[] };
}

type Context = Scope & CheckerCopy;

/** A visit of the validator is cheaper than one of the generator. */
const visitCost = 0.2;
const notString = ['null', 'boolean', 'number', 'object', 'array'];

export function buildChecker(schema: unknown, context: Context): Built {
  if (!isNode(schema)) return schema === true;
  const { $ref, pattern, patternProperties, ...node } = readNode(schema, context, (child) =>
    buildChecker(child, context),
  );
  const conditions = [
    ...asArray(node['allOf']),
    ...(typeof $ref === 'string' ? [checkReference($ref, schema, context)] : []),
    ...(typeof pattern === 'string' ? [checkText(pattern, context)] : []),
  ];
  if (conditions.length > 0) node['allOf'] = conditions;
  if (node['format'] === 'url') node['format'] = 'uri'; // the validator's own "url" backtracks
  const copy = isNode(patternProperties) ? coverNames(node, patternProperties, context) : node;
  // The validator asks each node it visits for this keyword, so a visit can be counted.
  return Object.defineProperty(copy, '$recursiveAnchor', {
    get: () => context.spend(visitCost),
  });
}

function checkReference(reference: string, from: Node, context: Context): Node {
  const name = context.nameOf(reference, from);
  if (name) return { $ref: `#/$defs/${name}` };
  const reason = `The reference "${reference}" has no target in the schema, and nothing is fetched.`;
  return doubt(reason, context);
}

/** For one value a pattern is the list of the value's own texts that match. */
function checkText(source: string, context: Context): Node {
  const { test } = context.patternOf(source);
  if (!test) return { anyOf: [{ type: notString }, doubt(describeForeign(source), context)] };
  let tried: readonly string[] = [];
  let matching: readonly string[] = [];
  const matches = {
    get enum() {
      if (tried !== context.subject.texts) {
        tried = context.subject.texts;
        matching = tried.filter(test);
      }
      return matching;
    },
  };
  return { anyOf: [{ type: notString }, matches] };
}

/** For one value `patternProperties` adds to the `properties` of the value's own names. */
function coverNames(node: Node, patternProperties: Node, context: Context): Node {
  const rules = Object.entries(patternProperties).map(([source, rule]) => {
    const { test } = context.patternOf(source);
    if (test) return { test, rule };
    return { test: () => true, rule: { anyOf: [rule, doubt(describeForeign(source), context)] } };
  });
  const declared = asNode(node['properties']);
  return {
    ...node,
    // The validator resolves references at the places it knows, so the rules need such a place.
    $defs: Object.fromEntries(rules.map(({ rule }, index) => [`rule${index}`, rule])),
    get properties() {
      const covered = new Map(Object.entries(declared));
      for (const name of context.subject.names) {
        const matching: unknown[] = rules.filter(({ test }) => test(name)).map(({ rule }) => rule);
        if (matching.length === 0) continue;
        const all = Object.hasOwn(declared, name) ? [declared[name], ...matching] : matching;
        covered.set(name, { allOf: all });
      }
      return Object.fromEntries(covered);
    },
  };
}

function describeForeign(pattern: string): string {
  return `The pattern "${pattern}" is not one that RE2 can check.`;
}

function doubt(reason: string, { doubts, gate }: Context): Node {
  if (!doubts.includes(reason)) doubts.push(reason);
  return { allOf: gate };
}

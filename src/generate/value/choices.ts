import { asArray, asNode, isNode, type Node } from './node.ts';
import type { Scope } from './scope.ts';

/** json-schema-faker heeds one group of choices a node, so several become one. */
export function adaptChoices(node: Node, scope: Scope): Node {
  const { $ref, allOf, anyOf, oneOf, if: condition, then, else: otherwise, ...rest } = node;
  const groups = [anyOf, oneOf].map(asArray).filter((group) => group.length > 0);
  if (condition !== undefined) {
    groups.push([{ allOf: [condition, then ?? true] }, otherwise ?? true]);
  }
  const parts: unknown[] = [];
  if ($ref !== undefined) parts.push({ $ref });
  for (const part of asArray(allOf)) {
    const { anyOf: choices, oneOf: exclusive, ...others } = asNode(part);
    const group = choices ?? exclusive;
    if (group) groups.push(asArray(group));
    parts.push(group ? countVisits(others, scope) : part);
  }
  // For "oneOf" json-schema-faker heeds the other choices, but leaves out every optional member.
  const isExclusive = groups.length === 1 && asArray(oneOf).length > 0;
  const choice = isExclusive ? { anyOf: [{ oneOf }, { anyOf: oneOf }] } : foldGroups(groups);
  return countVisits(joinParts(rest, parts, choice), scope);
}

/** Choices of choices: each of the first group with each of the others. */
function foldGroups([first, ...others]: readonly unknown[][]): Node | undefined {
  if (!first) return undefined;
  const inner = foldGroups(others);
  return { anyOf: inner ? first.map((choice) => ({ allOf: [choice, inner] })) : first };
}

function joinParts(rest: Node, parts: readonly unknown[], choice: Node | undefined): Node {
  if (parts.length === 0) return { ...rest, ...choice };
  const [lone, ...others] = [...parts, ...(choice ? [choice] : [])];
  // Within "allOf" json-schema-faker would follow a reference beyond the depth it is given.
  const isLone = Object.keys(rest).length === 0 && others.length === 0;
  return isLone && isNode(lone) ? { ...lone } : { ...rest, allOf: [lone, ...others] };
}

/** json-schema-faker asks each node it visits for its `$defs`, so a visit can be counted. */
function countVisits(node: Node, { spend }: Scope): Node {
  return Object.defineProperty(node, '$defs', { get: () => spend() });
}

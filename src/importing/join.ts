import type { Match } from '../scenario/match-schema.ts';

/** All conditions of two matches; undefined where both ask for another thing in one place. */
export function joinConditions(left: Match, right: Match): Match | undefined {
  const { messages: ours = {}, tools: own, headers: named, body: asked = [], ...rest } = left;
  const { messages: theirs = {}, tools, headers, body = [], ...others } = right;
  if (clash(rest, others) || clash(ours, theirs) || clash(named ?? {}, headers ?? {})) {
    return undefined;
  }
  const messages = { ...ours, ...theirs };
  const includes = [...new Set([...(own?.includes ?? []), ...(tools?.includes ?? [])])];
  const bodies = [...asked, ...body];
  return {
    ...rest,
    ...others,
    ...(Object.keys(messages).length > 0 && { messages }),
    ...((own || tools) && {
      tools: { ...own, ...tools, ...(includes.length > 0 && { includes }) },
    }),
    ...((named || headers) && { headers: { ...named, ...headers } }),
    ...(bodies.length > 0 && { body: bodies }),
  };
}

function clash(left: object, right: object): boolean {
  const known = new Map(Object.entries(left));
  return Object.entries(right).some(
    ([name, value]) => known.has(name) && JSON.stringify(known.get(name)) !== JSON.stringify(value),
  );
}

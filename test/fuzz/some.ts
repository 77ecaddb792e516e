import fc from 'fast-check';

const most = 4;

/** Objects with few of these members, in any order: with each of many, bodies would be huge. */
export function someOf(
  members: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<object> {
  const entries = Object.entries(members).map(([name, value]) =>
    fc.tuple(fc.constant(name), value),
  );
  if (entries.length === 0) return fc.constant({});
  return fc
    .uniqueArray(fc.oneof(...entries), { maxLength: most, selector: ([name]) => name })
    .map((chosen) => Object.fromEntries(chosen));
}

export const model = 'LongCat-2.0';

/** Every row with every version: `[version, the row's name, class, ...the rest of the row]`. */
export function cross<Client, Rest extends readonly unknown[]>(
  versions: readonly (readonly [string, Client])[],
  rows: readonly (readonly [string, ...Rest])[],
): [string, string, Client, ...Rest][] {
  return versions.flatMap(([version, client]) =>
    rows.map(([name, ...rest]): [string, string, Client, ...Rest] => [
      version,
      name,
      client,
      ...rest,
    ]),
  );
}

/** Everything that a stream yields. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

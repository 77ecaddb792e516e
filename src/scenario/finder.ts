import type { Fixture } from './fixture.ts';
import type { Condition, Subject } from './match.ts';

/** Finds the fixtures that fit, in their order. */
export type Finder = (subject: Subject) => readonly Fixture[];

/**
 * A finder that does not try every fixture: one that wants a text in the last message is looked up
 * by that text, or by three letters of it. Thousands then cost about as much as a few.
 */
export function createFinder(fixtures: readonly Fixture[]): Finder {
  const texts = new Map<string, number[]>();
  const grams = createGramIndex();
  const others: number[] = [];
  let longest = 0;
  for (const [rank, { conditions }] of fixtures.entries()) {
    const { equals, contains } = findLiteral(conditions);
    if (equals !== undefined) {
      append(texts, equals, rank);
      longest = Math.max(longest, equals.length);
    } else if (contains === undefined || !grams.add(contains, rank)) others.push(rank);
  }

  return function find(subject) {
    if (fixtures.length === 0) return fixtures;
    const text = subject.prompt.messages.at(-1)?.text ?? '';
    const same = text.length > longest ? undefined : texts.get(text); // it reads all of a text
    const ranks = [...(same ?? []), ...grams.find(text), ...others];
    return ranks
      .toSorted((left, right) => left - right)
      .map((rank) => fixtures[rank] as Fixture) // a rank is an index of it
      .filter(({ conditions }) => fits(conditions, subject));
  };
}

export function fits(conditions: readonly Condition[], subject: Subject): boolean {
  for (const condition of conditions) if (!condition.holds(subject)) return false;
  return true;
}

function findLiteral(conditions: readonly Condition[]): NonNullable<Condition['lastText']> {
  return conditions.find(({ lastText }) => lastText)?.lastText ?? {};
}

function append<Key>(index: Map<Key, number[]>, key: Key, rank: number): void {
  const ranks = index.get(key);
  if (ranks) ranks.push(rank);
  else index.set(key, [rank]);
}

interface GramIndex {
  /** Whether the text is long enough to be found by. */
  add(text: string, rank: number): boolean;
  /** The ranks whose letters are in a text; others may be among them. */
  find(text: string): readonly number[];
}

/** Texts by the hash of three letters in a row, of which a text that contains them has to have all. */
function createGramIndex(): GramIndex {
  const ranks = new Map<number, number[]>();
  /** One byte a hash: most letters of a long text are done with at that. */
  const isUsed = new Uint8Array(hashes);

  function add(text: string, rank: number): boolean {
    const all = listGrams(text);
    const rarest = all.toSorted((left, right) => countRanks(left) - countRanks(right))[0];
    if (rarest === undefined) return false;
    append(ranks, rarest, rank);
    isUsed[rarest] = 1;
    return true;
  }

  function countRanks(gram: number): number {
    return ranks.get(gram)?.length ?? 0;
  }

  function find(text: string): readonly number[] {
    if (ranks.size === 0) return [];
    const found = new Set<number>();
    let first = text.charCodeAt(0);
    let second = text.charCodeAt(1);
    for (let at = 2; at < text.length; at += 1) {
      const third = text.charCodeAt(at);
      const gram = hashGram(first, second, third);
      if (isUsed[gram] === 1) found.add(gram);
      first = second;
      second = third;
    }
    return [...found].flatMap((gram) => ranks.get(gram) ?? []);
  }

  return { add, find };
}

const hashes = 65_536;

function listGrams(text: string): readonly number[] {
  return Array.from({ length: Math.max(0, text.length - 2) }, (_, at) => gramAt(text, at));
}

function gramAt(text: string, at: number): number {
  return hashGram(text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2));
}

function hashGram(first: number, second: number, third: number): number {
  return (first * 961 + second * 31 + third) % hashes;
}

/** A seeded stream of numbers: one seed gives one stream, on every machine. */
export interface Random {
  /** The next number in [0, 1). */
  next(): number;
  /** The next whole number in [0, limit). */
  below(limit: number): number;
  /** One of the items, each as likely as the others; the list must not be empty. */
  pick<Item>(items: readonly [Item, ...Item[]] | readonly Item[]): Item;
  /** So many lower-case hexadecimal digits. */
  hex(digits: number): string;
}

const hexBytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Small Fast Counter (sfc32): 128 bits of state, seeded with a number of up to 53 bits. */
export function createRandom(seed: number): Random {
  let a = seed | 0;
  let b = Math.floor(seed / 4294967296) | 0;
  let c = 0x9e3779b9 | 0;
  let counter = 1;
  for (let round = 0; round < 12; round += 1) next();

  function next(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4294967296;
  }

  function below(limit: number): number {
    return Math.floor(next() * limit);
  }

  function pick<Item>(items: readonly Item[]): Item {
    return items[below(items.length)] as Item; // the index is below the length
  }

  function hex(digits: number): string {
    let text = '';
    while (text.length < digits) text += pick(hexBytes);
    return text.slice(0, digits);
  }

  return { next, below, pick, hex };
}

/** A 53-bit hash of a text (cyrb53), in one pass over its UTF-16 units. */
export function hashText(text: string, seed = 0): number {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}

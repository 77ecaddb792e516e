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

/** A number of up to 53 bits begins a stream. */
export function createRandom(seed: number): Random {
  return new SmallFastCounter(seed);
}

/** sfc32: 128 bits of state. A class, since every answer begins several streams. */
class SmallFastCounter implements Random {
  private a: number;
  private b: number;
  private c = 0x9e3779b9 | 0;
  private counter = 1;

  constructor(seed: number) {
    this.a = seed | 0;
    this.b = Math.floor(seed / 4294967296) | 0;
    for (let round = 0; round < 12; round += 1) this.next();
  }

  next(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4294967296;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item; // the index is below the length
  }

  hex(digits: number): string {
    let text = '';
    while (text.length < digits) text += this.pick(hexBytes);
    return text.slice(0, digits);
  }
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

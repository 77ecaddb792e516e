/** The letters that stand for bytes in a byte-level tokenizer: printable ones for themselves. */
export function toLetters(bytes: Uint8Array): string {
  return [...bytes].map((byte) => letters[byte]).join('');
}

const letters = listLetters();

function listLetters(): string[] {
  let unprintable = 0;
  return Array.from({ length: 256 }, (_, byte) => {
    if (isPrintable(byte)) return String.fromCharCode(byte);
    unprintable += 1;
    return String.fromCharCode(255 + unprintable);
  });
}

function isPrintable(byte: number): boolean {
  return (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
}

/** A byte-level tokenizer.json of the 256 bytes, some merges and an end-of-text token. */
export function writeTokenizer(): string {
  const merges = [
    ['h', 'e'],
    ['l', 'l'],
    ['he', 'll'],
    ['hell', 'o'],
    ['Ġ', 'w'],
    ['o', 'r'],
    ['Ġw', 'or'],
    ['a', 'a'],
    ['aa', 'aa'],
  ];
  const tokens = [...letters, ...merges.map((pair) => pair.join(''))];
  return JSON.stringify({
    added_tokens: [{ id: tokens.length, content: '<|end|>', special: true }],
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, use_regex: true },
    post_processor: null,
    decoder: { type: 'ByteLevel' },
    model: {
      type: 'BPE',
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges,
    },
  });
}

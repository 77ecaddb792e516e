/**
 * The texts that stand in base64 in another, one character a byte: enough to find a key by. Pictures
 * and hashes hold no text. A loop, as a regular expression runs out of stack on a run of megabytes.
 */
export function listEncoded(text: string): readonly string[] {
  const found: string[] = [];
  let start = 0;
  while (start + shortest <= text.length) {
    const gap = findGap(text, start);
    if (gap >= start) {
      start = gap + 1;
      continue;
    }
    const end = findEnd(text, start + shortest);
    const run = text.slice(start, end).replaceAll('-', '+').replaceAll('_', '/');
    if (isWords(decode(run.slice(0, headLength)))) found.push(decode(run));
    start = end + 1;
  }
  return found;
}

/** The last place of the shortest run from here that belongs to none: most of a text is passed over. */
function findGap(text: string, start: number): number {
  let at = start + shortest - 1;
  while (at >= start && isDigit[text.charCodeAt(at)] === 1) at -= 1;
  return at;
}

function findEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && isDigit[text.charCodeAt(end)] === 1) end += 1;
  return end;
}

const shortest = 24;
const headLength = 64;

/** By the code of a character: base64 as it is, and for URLs. */
const isDigit = Uint8Array.from({ length: 128 }, (_, code) =>
  /[A-Za-z0-9+/_-]/.test(String.fromCharCode(code)) ? 1 : 0,
);

function decode(base64: string): string {
  return atob(base64.length % 4 === 1 ? base64.slice(0, -1) : base64);
}

/** Of bytes at random, four in ten are characters. */
function isWords(text: string): boolean {
  return (text.match(/[\x20-\x7e\s]/g) ?? []).length > 0.7 * text.length;
}

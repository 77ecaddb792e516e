const pieceLength = 12;

/**
 * A text in the pieces that a stream sends one by one: a few words at a time, and a leading
 * newline by itself, as recorded of LongCat. A piece never ends inside a surrogate pair, and
 * together they spell the text.
 */
export function splitText(text: string): readonly string[] {
  const pieces: string[] = [];
  let start = 0;
  while (start < text.length) {
    const end = text[start] === '\n' ? start + 1 : endOfPiece(text, start);
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}

function endOfPiece(text: string, start: number): number {
  const limit = start + pieceLength;
  if (limit >= text.length) return text.length;
  for (let end = limit; end > start; end -= 1) {
    if (text[end] === ' ' || text[end] === '\n') return end;
  }
  return splitsPair(text, limit) ? limit + 1 : limit;
}

function splitsPair(text: string, index: number): boolean {
  const before = text.charCodeAt(index - 1);
  const after = text.charCodeAt(index);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}

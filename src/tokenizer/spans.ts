const longestSpan = 65_536;
/** How far back from a span's end a break is looked for. */
const reach = 4096;

/** Where the rules of tokenizers mostly end a token: a line's end, one space or mark in a text. */
const breaks = /(?<=\n)(?=\p{L})|(?<=\p{L})(?=[ ,.;，。；、！？]\p{L})/gu;

/**
 * A long text in parts that have together as many tokens as the text, or nearly so. A tokenizer
 * needs much more memory than its text, and others wait for it.
 */
export function* cutSpans(text: string): Generator<string> {
  let start = 0;
  while (text.length - start > longestSpan) {
    const limit = start + longestSpan;
    const tail = text.slice(limit - reach, limit);
    const last = [...tail.matchAll(breaks)].at(-1);
    const end = last ? limit - reach + last.index : endOfCharacter(text, limit);
    yield text.slice(start, end);
    start = end;
  }
  yield text.slice(start);
}

const longestRun = 1024;
/** Below 256, up to which the package remembers what it merged; 3 and 16 divide it. */
const partLength = 240;

/** A run without a break in parts: merging pairs of bytes takes more than linear time. */
export function cutRuns(run: string): readonly string[] {
  if (run.length <= longestRun) return [run];
  const parts: string[] = [];
  for (let start = 0; start < run.length; ) {
    const end = endOfPart(run, start);
    parts.push(run.slice(start, end));
    start = end;
  }
  return parts;
}

/** A tokenizer without rules marks a space by itself or so. */
const spaces = [' ', '\u2581'];

function endOfPart(run: string, start: number): number {
  const limit = start + partLength;
  if (limit >= run.length) return run.length;
  const window = run.slice(start, limit + 1);
  const space = Math.max(...spaces.map((mark) => window.lastIndexOf(mark)));
  return space > 0 ? start + space : endOfCharacter(run, limit);
}

/**
 * The last end of a character up to a limit, be it in UTF-16 or in the letters that stand for the
 * bytes of UTF-8 in a byte-level tokenizer: there, U+00C2 to U+00F4 begin a character.
 */
function endOfCharacter(text: string, limit: number): number {
  const near = text.slice(limit - 3, limit + 1);
  if (/[\ud800-\udbff][\udc00-\udfff]$/.test(near)) return limit - 1;
  const [lead] = near.match(/[ -~\u00c2-\u00f4][^ -~\u00c2-\u00f4]*$/) ?? [];
  return lead === undefined ? limit : limit + 1 - lead.length;
}

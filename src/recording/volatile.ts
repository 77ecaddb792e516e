import type { Difference } from './difference.ts';

interface Form {
  readonly whole: RegExp;
  /** For `--match-replace`. */
  readonly rule: string;
}

/** What changes from run to run, the most particular form first. */
const forms: readonly Form[] = [
  {
    whole: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    rule: '(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}=>UUID',
  },
  {
    whole: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}\S*$/,
    rule: '\\d{4}-\\d{2}-\\d{2}T[0-9:.]+(Z|[+-][0-9:]+)?=>TIME',
  },
  { whole: /^\d{4}-\d{2}-\d{2}$/, rule: '\\d{4}-\\d{2}-\\d{2}=>DATE' },
  { whole: /^\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/, rule: '\\d{1,2}:\\d{2}(:[0-9.]+)?=>TIME' },
  { whole: /^\d+(?:[.,]\d+)?$/, rule: '\\d+=>N' },
  { whole: /^(?=.*\d)(?=.*[a-f])[0-9a-f]{7,64}$/i, rule: '(?i)\\b[0-9a-f]{7,64}\\b=>HEX' },
  { whole: /^(?=.*\d)[\w-]{6,}$/, rule: 'PATTERN=>TEXT' },
];

/** What may be done where the two texts differ in a date, a number or an id; undefined elsewhere. */
export function hintAt({ recorded, asked }: Difference): string | undefined {
  if (!recorded.startsWith('"') || !asked.startsWith('"')) return undefined;
  const [before, now] = findWords(recorded, asked);
  const form = forms.find(({ whole }) => whole.test(before) && whole.test(now));
  if (!form) return undefined;
  return `If this text changes from run to run, start with --match-replace '${form.rule}'.`;
}

/** The words in which two texts part: with the whole of an id or a time. */
function findWords(left: string, right: string): readonly [string, string] {
  const end = Math.min(left.length, right.length);
  let at = 0;
  while (at < end && left[at] === right[at]) at += 1;
  const start = /[\w.:+-]*$/.exec(left.slice(0, at))?.[0].length ?? 0;
  return [wordAt(left, at - start), wordAt(right, at - start)];
}

function wordAt(text: string, start: number): string {
  const word = /^[\w.:+-]*/.exec(text.slice(start))?.[0] ?? '';
  return word.replace(/^[.:+-]+|[.:+-]+$/g, '');
}

/** What stands where a key would, in documents and in tests. */
const known: ReadonlySet<string> = new Set([
  'test',
  'test-key',
  'sk-test',
  'dummy',
  'empty',
  'none',
  'null',
  'undefined',
  'anything',
  'changeme',
  'not-needed',
  'api-key',
  'api_key',
  'longcat',
  'longcat-mock',
]);

/** Words that a key holds only when it is none, between dashes or by themselves. */
const wordPattern =
  /(?:^|[-_ .])(?:your|example|sample|placeholder|dummy|fake|mock|changeme|redacted|insert|replace)(?:[-_ .]|$)/i;

/** Whether a value is known to be no secret: it is not looked for. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim().replace(/^bearer\s+/i, '');
  if (known.has(text.toLowerCase()) || text.startsWith('lcmock_')) return true;
  if (/\[redacted\]|EXAMPLE$|^<.*>$|^\$?\{.*\}$|…|\*{3}/i.test(text)) return true;
  return wordPattern.test(text) || isMonotonous(text);
}

/** Such as `sk-xxxxxxxx` and `sk-abcdefghij1234567890`. */
function isMonotonous(text: string): boolean {
  const rest = text.replace(/^(?:[a-z]{2,8}[-_])+/i, '').toLowerCase();
  if (rest.length < 6) return false;
  const steps = [...rest].slice(1).filter((next, at) => follows(next, rest[at] ?? ''));
  return new Set(rest).size <= 2 || steps.length >= 0.8 * (rest.length - 1);
}

function follows(next: string, character: string): boolean {
  return next.charCodeAt(0) - character.charCodeAt(0) === 1 || (character === '9' && next === '0');
}

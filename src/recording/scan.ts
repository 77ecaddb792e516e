import { isJsonObject, type JsonValue } from '../exchange/json.ts';
import { listEncoded } from './base64-runs.ts';
import type { Cassette, Recording } from './cassette.ts';
import { type Credential, listForms } from './credentials.ts';
import { listChannels } from './deltas.ts';
import { isMixed, keyPatterns } from './key-patterns.ts';
import { type Path, showPath } from './place.ts';
import { isPlaceholder } from './placeholders.ts';

/** A secret in a recording. */
export interface Finding {
  /** Such as `request.messages[0].content`. */
  readonly path: string;
  /** What was found, such as `the value of header authorization`. */
  readonly rule: string;
}

export interface Scan {
  readonly findings: readonly Finding[];
  /** Of credentials that were not looked for, whole sentences. */
  readonly notices: readonly string[];
}

export interface ScanOptions {
  /** Those that the request came with. */
  readonly credentials?: readonly Credential[];
}

type Scanned = Pick<Recording, 'id' | 'request' | 'response'>;

/** Looks for secrets in every text of a recording, before it is written. */
export function scan(recording: Scanned, { credentials = [] }: ScanOptions = {}): Scan {
  const { sought, notices } = chooseSought(credentials);
  const { id, request, response } = recording;
  const findings = scanJson({ id, request, response } as JsonValue, sought);
  return { findings: [...findings, ...scanChannels(recording, sought, findings)], notices };
}

/** The same of a whole cassette, whose settings may hold secrets too. */
export function scanCassette(cassette: Cassette, options: ScanOptions = {}): Scan {
  const { recordings, ...settings } = cassette;
  const { sought, notices } = chooseSought(options.credentials ?? []);
  const findings = recordings.flatMap((recording, index) =>
    scan(recording, options).findings.map(({ path, rule }) => {
      return { path: `recordings[${index}].${path}`, rule };
    }),
  );
  return { findings: [...scanJson(settings as JsonValue, sought), ...findings], notices };
}

/** What a refusal to write says: one line a finding, and what to do. */
export function tellRefusal(
  file: string,
  findings: readonly Finding[],
  place = 'recordings[0]',
): string {
  const lines = findings.map(
    ({ path, rule }) => `refusing to write ${file}: ${place}.${path} contains ${rule}`,
  );
  return [...lines, remedy].join('\n');
}

export const remedy =
  'Take the secret out of the request, or leave it out of recordings with --redact PATTERN or --redact member:NAME.';

interface Sought {
  readonly source: string;
  readonly forms: readonly string[];
}

const shortest = 8;

function chooseSought(credentials: readonly Credential[]) {
  const notices: string[] = [];
  const sought = credentials.flatMap(({ source, value }): Sought[] => {
    const reason = explainUnsought(value);
    if (reason === undefined) return [{ source, forms: listForms(value) }];
    notices.push(`The value of ${source} is not looked for in recordings: it ${reason}.`);
    return [];
  });
  return { sought, notices: [...new Set(notices)] };
}

function explainUnsought(value: string): string | undefined {
  if (isPlaceholder(value)) return 'is a placeholder';
  return value.length < shortest ? `has fewer than ${shortest} characters` : undefined;
}

function scanJson(value: JsonValue, sought: readonly Sought[]): readonly Finding[] {
  const findings: Finding[] = [];
  scanValue(value, { path: [], sought, findings });
  return findings;
}

interface Context {
  readonly path: Path;
  readonly sought: readonly Sought[];
  readonly findings: Finding[];
}

function scanValue(value: JsonValue | undefined, context: Context): void {
  const { path, sought, findings } = context;
  if (typeof value === 'string') {
    const found = findRules(value, sought);
    findings.push(...found.map((rule) => ({ path: showPath(path), rule })));
    return;
  }
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) scanValue(item, { ...context, path: [...path, at] });
    return;
  }
  if (!isJsonObject(value)) return;
  for (const [name, member] of Object.entries(value)) {
    const found = findRules(name, sought);
    // A name that is a secret is not to be told.
    const step = found.length > 0 ? '*' : name;
    const at = showPath([...path, step]);
    findings.push(...found.map((rule) => ({ path: at, rule: `${rule} as the name of a member` })));
    scanValue(member, { ...context, path: [...path, step] });
  }
}

/** Texts that a stream has spread over its events, less what one of these holds by itself. */
function scanChannels(
  { response: { events = [] } }: Scanned,
  sought: readonly Sought[],
  known: readonly Finding[],
): readonly Finding[] {
  const told = new Set(
    known.flatMap(({ path, rule }) => (path.startsWith('response.events') ? [rule] : [])),
  );
  return listChannels(events).flatMap(({ name, text, pieces }) => {
    const [first, last] = [pieces.at(0)?.index ?? 0, pieces.at(-1)?.index ?? 0];
    return findRules(text, sought)
      .filter((rule) => !told.has(rule))
      .map((rule) => ({ path: `response.events[${first}…${last}].data.${name}`, rule }));
  });
}

function findRules(text: string, sought: readonly Sought[]): readonly string[] {
  if (text.length < shortest) return [];
  const rules = sought
    .filter(({ forms }) => forms.some((form) => text.includes(form)))
    .map(({ source }) => `the value of ${source}`);
  return [...new Set([...rules, ...findKeys(text), ...listEncoded(text).flatMap(findKeys)])];
}

function findKeys(text: string): readonly string[] {
  return keyPatterns
    .filter((each) => {
      const matches = text.match(each.pattern) ?? [];
      return matches.some((found) => !isPlaceholder(found) && (!each.isMixed || isMixed(found)));
    })
    .map(({ name }) => name);
}

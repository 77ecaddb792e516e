import { z } from 'zod/v3';
import { quirkNames } from '../contract/quirks.ts';
import { MockError } from '../errors.ts';
import { oneOf, optionSchemas } from '../options.ts';
import { flags, type Setting } from './flags.ts';
import { ReportTarget } from './report/target.ts';
import {
  parseItems,
  parseList,
  parseNumber,
  parseOptionalList,
  parseQuirks,
  parseSize,
  parseSwitch,
  parseText,
} from './values.ts';

/** Everything a user can set, whether by flag, variable or file: the options of a mock, and a log. */
export const Config = z
  .object({
    ...optionSchemas,
    port: z.preprocess(parseNumber, optionSchemas.port),
    models: z.preprocess(parseList, optionSchemas.models),
    acceptKeys: z.preprocess(parseList, optionSchemas.acceptKeys),
    quirks: z.preprocess(parseQuirks, optionSchemas.quirks),
    seed: z.preprocess(parseText, optionSchemas.seed),
    maxBody: z.preprocess(parseSize, optionSchemas.maxBody),
    allowedHosts: z.preprocess(parseList, optionSchemas.allowedHosts),
    corsOrigins: z.preprocess(parseList, optionSchemas.corsOrigins),
    strictContract: z.preprocess(parseSwitch, optionSchemas.strictContract),
    fixtures: z.preprocess(parseOptionalList, optionSchemas.fixtures),
    scenario: optionSchemas.scenario,
    onUnmatched: optionSchemas.onUnmatched,
    requireSession: z.preprocess(parseSwitch, optionSchemas.requireSession),
    adminToken: optionSchemas.adminToken,
    watch: z.preprocess(parseSwitch, optionSchemas.watch),
    record: optionSchemas.record,
    cassettes: optionSchemas.cassettes,
    upstream: optionSchemas.upstream,
    recordFailed: z.preprocess(parseSwitch, optionSchemas.recordFailed),
    allowPrivateUpstream: z.preprocess(parseSwitch, optionSchemas.allowPrivateUpstream),
    allowRecordInCi: z.preprocess(parseSwitch, optionSchemas.allowRecordInCi),
    replayTiming: optionSchemas.replayTiming,
    // A pattern may hold a comma: these are not split.
    matchIgnore: z.preprocess(parseItems, optionSchemas.matchIgnore),
    matchReplace: z.preprocess(parseItems, optionSchemas.matchReplace),
    redact: z.preprocess(parseItems, optionSchemas.redact),
    maxAge: optionSchemas.maxAge,
    onExpiry: optionSchemas.onExpiry,
    onUnused: optionSchemas.onUnused,
    failOnUnmatched: z.preprocess(
      parseSwitch,
      z.boolean({ message: 'expected true or false' }).default(false),
    ),
    reports: z.preprocess(
      parseList,
      z.array(ReportTarget, { message: 'expected a list' }).default([]),
    ),
    logLevel: oneOf('silent', 'error', 'info', 'debug').optional(),
    readyFile: z.string({ message: 'expected a path' }).min(1, 'expected a path').optional(),
    json: z.preprocess(
      parseSwitch,
      z.boolean({ message: 'expected true or false' }).default(false),
    ),
  })
  .strict();
export type Config = z.infer<typeof Config>;

/** The same settings as unknown values, and where each came from. */
export interface Source {
  readonly values: Readonly<Record<string, unknown>>;
  /** How to name a setting of this source in an error, such as `--port`. */
  readonly nameOf: (setting: string) => string;
}

/**
 * Sources in order of precedence, the first to have a setting wins; then the defaults.
 *
 * @throws MockError `invalid-config`, with every mistake in it
 */
export function parseConfig(sources: readonly Source[]): Config {
  const merged = Object.assign({}, ...sources.map(({ values }) => values).reverse());
  const parsed = Config.safeParse(merged);
  if (parsed.success) return parsed.data;
  const mistakes = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => describeUnknown(key, sources))
      : [describeMistake(issue, merged, sources)],
  );
  throw new MockError('invalid-config', [...new Set(mistakes)].join('\n'));
}

function describeMistake(
  { path, message }: z.ZodIssue,
  merged: Readonly<Record<string, unknown>>,
  sources: readonly Source[],
): string {
  const [setting, member] = path.map(String);
  const name = nameIn(sources, setting ?? '');
  const meant = setting === 'quirks' && member ? suggest(member, quirkNames) : '';
  const { flag, variable } = flags[setting as Setting]; // the schema's keys are the flags'
  const elsewhere = name === flag ? ` Or set ${variable}.` : '';
  return `Invalid ${name} ${show(merged[setting ?? ''])}: ${message}.${meant}${elsewhere}`;
}

function describeUnknown(key: string, sources: readonly Source[]): string {
  const known = Object.keys(flags);
  const meant = suggest(key, known) || ` Known are ${known.join(', ')}.`;
  return `Unknown setting ${nameIn(sources, key)}.${meant}`;
}

function nameIn(sources: readonly Source[], setting: string): string {
  return sources.find(({ values }) => setting in values)?.nameOf(setting) ?? setting;
}

function show(value: unknown): string {
  return Array.isArray(value) ? value.map(show).join(', ') : JSON.stringify(value);
}

/** The known word that begins like this one, or the other way round, whatever its spelling. */
function suggest(word: string, known: readonly string[]): string {
  if (known.includes(word)) return '';
  const plain = (text: string) => text.replaceAll(/[^a-z]/gi, '').toLowerCase();
  const meant = known.find(
    (name) => plain(name).startsWith(plain(word)) || plain(word).startsWith(plain(name)),
  );
  return meant ? ` Did you mean ${meant}?` : '';
}

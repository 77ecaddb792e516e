import { z } from 'zod/v3';
import { defaultModel } from '../contract/models.ts';
import { quirkNames } from '../contract/quirks.ts';
import { MockError } from '../errors.ts';
import { defaultHost, defaultMaxBody, defaultPort } from '../mock.ts';
import { flags, type Setting } from './flags.ts';
import { parseList, parseQuirks, parseSize, parseSwitch } from './values.ts';

const list = z.preprocess(parseList, z.array(z.string().min(1)));
const choice = <Values extends [string, ...string[]]>(...values: Values) =>
  z.enum(values, { message: `expected ${orList(values)}` });
const port = 'expected a port from 0 to 65535';
const truth = z.boolean({ message: 'expected true or false' });
const quirkName = z.enum(asTuple(quirkNames), {
  message: `expected a quirk among ${orList(quirkNames)}`,
});

/** Everything a user can set, whether by flag, variable or file. */
export const Config = z
  .object({
    port: z.coerce
      .number({ message: port })
      .int(port)
      .min(0, port)
      .max(65535, port)
      .default(defaultPort),
    host: z.string().min(1, 'expected a host name or address').default(defaultHost),
    models: list.default([defaultModel]),
    acceptKeys: list.default([]),
    quirks: z
      .preprocess(
        parseQuirks,
        z.record(quirkName, z.boolean({ message: 'expected on or off after the name' })),
      )
      .default({}),
    seed: z.coerce.string().default(''),
    validate: choice('error', 'warn', 'off').default('error'),
    maxBody: z
      .preprocess(parseSize, z.number({ message: 'expected a size such as 32mb' }).int().positive())
      .default(defaultMaxBody),
    allowedHosts: list.default([]),
    corsOrigins: list.default([]),
    strictContract: z.preprocess(parseSwitch, truth).default(false),
    logLevel: choice('silent', 'error', 'info', 'debug').optional(),
    readyFile: z.string().min(1, 'expected a path').optional(),
    json: z.preprocess(parseSwitch, truth).default(false),
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
  const mistakes = parsed.error.issues.map((issue) => describeMistake(issue, merged, sources));
  throw new MockError('invalid-config', [...new Set(mistakes)].join('\n'));
}

function describeMistake(
  issue: z.ZodIssue,
  merged: Readonly<Record<string, unknown>>,
  sources: readonly Source[],
): string {
  if (issue.code === 'unrecognized_keys') return describeUnknown(issue.keys, sources);
  const setting = String(issue.path[0]);
  const source = sources.find(({ values }) => setting in values);
  const name = source?.nameOf(setting) ?? setting;
  const { flag, variable } = flags[setting as Setting]; // the schema's keys are the flags'
  return `Invalid ${name} ${JSON.stringify(merged[setting])}: ${issue.message}. Set it with ${flag} or ${variable}.`;
}

function describeUnknown(keys: readonly string[], sources: readonly Source[]): string {
  return keys
    .map((key) => {
      const source = sources.find(({ values }) => key in values);
      return `Unknown setting ${source?.nameOf(key) ?? key}. Known are ${Object.keys(flags).join(', ')}.`;
    })
    .join('\n');
}

function orList(values: readonly string[]): string {
  return values.length < 2
    ? values.join('')
    : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}

function asTuple<Value>(values: readonly Value[]): [Value, ...Value[]] {
  return values as [Value, ...Value[]]; // zod wants to see that an enum is not empty
}

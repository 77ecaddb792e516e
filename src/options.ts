import { z } from 'zod/v3';
import { defaultModel } from './contract/models.ts';
import { type QuirkSettings, quirkNames } from './contract/quirks.ts';
import type { Clock } from './engine/clock.ts';
import type { UnmatchedPolicy } from './engine/unmatched.ts';
import { MockError } from './errors.ts';
import type { RequestReport, Validation } from './http/settings.ts';
import { type RecordMode, recordModes } from './recording/mode.ts';

export interface LongCatMockOptions {
  /** The models served: `LongCat-2.0` alone by default, `*` for any. Case-sensitive. */
  readonly models?: readonly string[];
  /** The keys accepted; any by default. */
  readonly acceptKeys?: readonly string[];
  /** Switches of the wire, over their defaults. */
  readonly quirks?: Partial<QuirkSettings>;
  /** Another seed, other words. */
  readonly seed?: string;
  /** What a refused member does: a 400 (`error`, the default), a warning, or nothing. */
  readonly validate?: Validation;
  /** The longest body in bytes, before and after decompression; 32 MiB by default. */
  readonly maxBody?: number;
  /** Host names answered for besides the loopback ones; `*` for any. */
  readonly allowedHosts?: readonly string[];
  /** Origins whose pages may call the mock from a browser; none by default, `*` for any. */
  readonly corsOrigins?: readonly string[];
  /** Leave out the headers in which the mock tells of itself. */
  readonly strictContract?: boolean;
  /** The path of a tokenizer.json to count by, on runtimes with worker threads; else an estimate. */
  readonly tokenizer?: string;
  /** The scenario of every request that selects none: a shipped one, or one of `fixtures`. */
  readonly scenario?: string;
  /** What a request that no fixture fits gets: an error by default, once there is a fixture. */
  readonly onUnmatched?: UnmatchedPolicy;
  /** Refuse requests that name no session. */
  readonly requireSession?: boolean;
  /** The token that the admin API wants to be shown; none by default. */
  readonly adminToken?: string;
  /** Where `created` comes from; the system's clock by default. */
  readonly clock?: Clock;
  /** Called for every request, once its answer has begun. */
  readonly report?: (report: RequestReport) => void;
}

export interface ListeningOptions extends LongCatMockOptions {
  /** 127.0.0.1 by default. */
  readonly host?: string;
  /** 4010 by default; 0 for any free one. */
  readonly port?: number;
  /** Fixture files, and folders of them; by default the `*.longcat.yaml` in `./longcat-mock`. */
  readonly fixtures?: readonly string[];
  /** Load the fixtures anew whenever one of them changes. */
  readonly watch?: boolean;
  /**
   * What is recorded, in VCR's words: with `cassettes` alone `once`, and `none` where `CI` is set.
   * Without either, nothing is recorded or replayed.
   */
  readonly record?: RecordMode;
  /** The folder of cassettes; `cassettes` by default. */
  readonly cassettes?: string;
  /** Whose answers are recorded: LongCat's by default. */
  readonly upstream?: string;
  /** The key of the upstream: `LONGCAT_API_KEY` by default, else the client's own. */
  readonly upstreamKey?: string;
  /** Record errors, too; a refused key never is. */
  readonly recordFailed?: boolean;
  /** Let the upstream be on a loopback or private address. */
  readonly allowPrivateUpstream?: boolean;
  /** Let the upstream be called where `CI` is set. */
  readonly allowRecordInCi?: boolean;
  /** When the parts of a recorded answer leave: `none` for at once (the default), `recorded`, `2x`. */
  readonly replayTiming?: string;
  /** JSON paths of members that two equal requests may differ in. */
  readonly matchIgnore?: readonly string[];
  /** Rules `PATTERN=>TEXT` for texts that change from run to run; patterns are RE2. */
  readonly matchReplace?: readonly string[];
  /** Redacted besides credentials: texts by an RE2 pattern, members as `member:NAME`. */
  readonly redact?: readonly string[];
  /** How old a recording may be, such as `30d`. */
  readonly maxAge?: string;
  /** What an older one does: answer and warn, not answer, or be recorded anew. */
  readonly onExpiry?: 'warn' | 'fail' | 'rerecord';
  /** What recordings that answered nothing do, once the mock closes. */
  readonly onUnused?: 'ignore' | 'warn' | 'fail' | 'prune';
  /** Gets what a user should know and what stops nothing, such as a bad edit of a fixture. */
  readonly notify?: (message: string) => void;
}

const port = 'expected a port from 0 to 65535';
const size = 'expected a size such as 32mb';
const path = 'expected the path of a tokenizer.json';
const scenario = 'expected the name of a scenario';
const upstream = 'expected an origin such as https://api.longcat.chat';
const age = 'expected an age such as 30d, 12h or 45m';
const speed = 'expected none, recorded, or a speed such as 2x';
const token = 'expected a token of printable characters, without spaces';

/** What each option may be, and what it is when it is not given. The command has the same options. */
export const optionSchemas = {
  port: z.number({ message: port }).int(port).min(0, port).max(65_535, port).default(4010),
  host: z.string().min(1, 'expected a host name or address').default('127.0.0.1'),
  models: list('a model').nonempty('expected a model, or *').default([defaultModel]),
  acceptKeys: list('a key').default([]),
  quirks: z
    .record(
      z.enum(asTuple(quirkNames), { message: `expected a quirk among ${orList(quirkNames)}` }),
      z.boolean({ message: 'expected on or off' }).optional(),
    )
    .default({}),
  seed: z.string({ message: 'expected a text' }).default(''),
  validate: oneOf('error', 'warn', 'off').default('error'),
  maxBody: z
    .number({ message: size })
    .int(size)
    .positive(size)
    .default(32 * 1024 * 1024),
  allowedHosts: z
    .array(z.string().regex(/^[^/\s]+$/, 'expected a host name such as mock.internal, or *'))
    .default([]),
  corsOrigins: z.array(z.string().transform(parseOrigin)).default([]),
  strictContract: z.boolean({ message: 'expected true or false' }).default(false),
  tokenizer: z.string({ message: path }).min(1, path).optional(),
  fixtures: list('a path').optional(),
  scenario: z.string({ message: scenario }).min(1, scenario).optional(),
  onUnmatched: oneOf('error', 'dynamic', 'passthrough').optional(),
  requireSession: z.boolean({ message: 'expected true or false' }).default(false),
  adminToken: z
    .string({ message: token })
    .regex(/^[!-~]+$/, token)
    .optional(),
  watch: z.boolean({ message: 'expected true or false' }).default(false),
  record: oneOf(...recordModes).optional(),
  cassettes: z.string({ message: 'expected a folder' }).min(1, 'expected a folder').optional(),
  upstream: z.string({ message: upstream }).url(upstream).default('https://api.longcat.chat'),
  recordFailed: z.boolean({ message: 'expected true or false' }).default(false),
  allowPrivateUpstream: z.boolean({ message: 'expected true or false' }).default(false),
  allowRecordInCi: z.boolean({ message: 'expected true or false' }).default(false),
  replayTiming: z
    .string({ message: speed })
    .regex(/^(?:none|recorded|(?:\d*[1-9]\d*(?:\.\d+)?|0?\.\d*[1-9]\d*)x)$/, speed)
    .default('none'),
  matchIgnore: list('a JSON path').default([]),
  matchReplace: list('a rule such as PATTERN=>TEXT').default([]),
  redact: list('a pattern, or member:NAME').default([]),
  maxAge: z
    .string({ message: age })
    .regex(/^\d+(?:s|m|h|d|w)$/, age)
    .optional(),
  onExpiry: oneOf('warn', 'fail', 'rerecord').default('warn'),
  onUnused: oneOf('ignore', 'warn', 'fail', 'prune').default('ignore'),
};

const Options = z
  .object({
    ...optionSchemas,
    clock: z.custom<Clock>(hasNow, 'expected a clock with now()').optional(),
    upstreamKey: z.string().min(1).optional(),
    notify: z.custom<(message: string) => void>(isFunction, 'expected a function').optional(),
    report: z.custom<(report: RequestReport) => void>(isFunction, 'expected a function').optional(),
  })
  .strict();
export type Options = z.output<typeof Options>;

/**
 * The options with their defaults.
 *
 * @throws MockError `invalid-config`, with every mistake in it
 */
export function parseOptions(options: ListeningOptions): Options {
  const parsed = Options.safeParse(options);
  if (parsed.success) return parsed.data;
  const mistakes = parsed.error.issues.map((issue) => {
    if (issue.code === 'unrecognized_keys') return `Unknown option ${quote(issue.keys)}.`;
    return `Invalid option ${issue.path.join('.')}: ${issue.message}.`;
  });
  throw new MockError('invalid-config', mistakes.join('\n'));
}

export function oneOf<Values extends [string, ...string[]]>(...values: Values) {
  return z.enum(values, { message: `expected ${orList(values)}` });
}

function list(item: string) {
  return z.array(z.string().min(1, `expected ${item}`), { message: 'expected a list' });
}

/** As a browser sends it: no path, no trailing slash. */
function parseOrigin(text: string, context: z.RefinementCtx): string {
  if (text === '*') return text;
  const origin = URL.canParse(text) ? new URL(text).origin : 'null';
  if (origin !== 'null') return origin;
  const message = 'expected an origin such as http://localhost:3000, or *';
  context.addIssue({ code: z.ZodIssueCode.custom, message });
  return z.NEVER;
}

function hasNow(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'now' in value && isFunction(value.now);
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function quote(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(', ');
}

function orList(values: readonly string[]): string {
  return values.length < 2
    ? values.join('')
    : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}

function asTuple<Value>(values: readonly Value[]): [Value, ...Value[]] {
  return values as [Value, ...Value[]]; // zod wants to see that an enum is not empty
}

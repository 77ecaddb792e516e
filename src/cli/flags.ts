interface Flag {
  readonly flag: string;
  readonly variable: string;
  /** The placeholder of the value; absent for a switch. */
  readonly value?: string;
  readonly short?: string;
  readonly many?: boolean;
  readonly help: string;
}

/** Every setting by the name it has in a configuration file. */
export const flags = {
  port: {
    flag: '--port',
    short: '-p',
    variable: 'LONGCAT_MOCK_PORT',
    value: '<number>',
    help: 'port to listen on, 0 for any free one (default: 4010)',
  },
  host: {
    flag: '--host',
    variable: 'LONGCAT_MOCK_HOST',
    value: '<address>',
    help: 'address to listen on (default: 127.0.0.1)',
  },
  models: {
    flag: '--models',
    variable: 'LONGCAT_MOCK_MODELS',
    value: '<names>',
    many: true,
    help: 'models to serve, or * for any (default: LongCat-2.0)',
  },
  acceptKeys: {
    flag: '--accept-key',
    variable: 'LONGCAT_MOCK_ACCEPT_KEY',
    value: '<key>',
    many: true,
    help: 'accept this API key and no other (default: any)',
  },
  quirks: {
    flag: '--quirk',
    variable: 'LONGCAT_MOCK_QUIRK',
    value: '<name=on|off>',
    many: true,
    help: 'switch a quirk of the wire on or off',
  },
  seed: {
    flag: '--seed',
    variable: 'LONGCAT_MOCK_SEED',
    value: '<text>',
    help: 'another seed gives other words and ids',
  },
  validate: {
    flag: '--validate',
    variable: 'LONGCAT_MOCK_VALIDATE',
    value: '<policy>',
    help: 'what a refused member does: error, warn or off (default: error)',
  },
  maxBody: {
    flag: '--max-body',
    variable: 'LONGCAT_MOCK_MAX_BODY',
    value: '<size>',
    help: 'longest request body, decoded (default: 32mb)',
  },
  allowedHosts: {
    flag: '--allowed-hosts',
    variable: 'LONGCAT_MOCK_ALLOWED_HOSTS',
    value: '<names>',
    many: true,
    help: 'answer for these host names too, * for any',
  },
  corsOrigins: {
    flag: '--cors-origin',
    variable: 'LONGCAT_MOCK_CORS_ORIGIN',
    value: '<origin>',
    many: true,
    help: 'let pages of this origin call the mock, * for any (default: none)',
  },
  strictContract: {
    flag: '--strict-contract',
    variable: 'LONGCAT_MOCK_STRICT_CONTRACT',
    help: 'leave out the x-longcat-mock-… headers',
  },
  tokenizer: {
    flag: '--tokenizer',
    variable: 'LONGCAT_MOCK_TOKENIZER',
    value: '<path>',
    help: 'count tokens by this tokenizer.json (default: estimate)',
  },
  fixtures: {
    flag: '--fixtures',
    variable: 'LONGCAT_MOCK_FIXTURES',
    value: '<path>',
    many: true,
    help: 'fixture file, or folder of them (default: *.longcat.yaml in ./longcat-mock)',
  },
  scenario: {
    flag: '--scenario',
    variable: 'LONGCAT_MOCK_SCENARIO',
    value: '<name>',
    help: 'scenario of every request that selects none: see "longcat-mock scenarios"',
  },
  onUnmatched: {
    flag: '--on-unmatched',
    variable: 'LONGCAT_MOCK_ON_UNMATCHED',
    value: '<policy>',
    help: 'what nothing matches gets: error, dynamic or passthrough (default: error, with fixtures)',
  },
  failOnUnmatched: {
    flag: '--fail-on-unmatched',
    variable: 'LONGCAT_MOCK_FAIL_ON_UNMATCHED',
    help: 'exit with 1 when a request had no fixture, whatever the client made of it',
  },
  requireSession: {
    flag: '--require-session',
    variable: 'LONGCAT_MOCK_REQUIRE_SESSION',
    help: 'refuse requests that name no session',
  },
  adminToken: {
    flag: '--admin-token',
    variable: 'LONGCAT_MOCK_ADMIN_TOKEN',
    value: '<token>',
    help: 'what the admin API wants to be shown (default: none on loopback, else a new one)',
  },
  watch: {
    flag: '--watch',
    variable: 'LONGCAT_MOCK_WATCH',
    help: 'load the fixtures anew whenever one of them changes',
  },
  record: {
    flag: '--record',
    variable: 'LONGCAT_MOCK_RECORD',
    value: '<mode>',
    help: 'once, none, new_episodes, all or passthrough (default: once, in CI none)',
  },
  cassettes: {
    flag: '--cassettes',
    variable: 'LONGCAT_MOCK_CASSETTES',
    value: '<folder>',
    help: 'where recordings are (default with --record: cassettes)',
  },
  upstream: {
    flag: '--upstream',
    variable: 'LONGCAT_MOCK_UPSTREAM',
    value: '<url>',
    help: 'whose answers are recorded (default: https://api.longcat.chat)',
  },
  recordFailed: {
    flag: '--record-failed',
    variable: 'LONGCAT_MOCK_RECORD_FAILED',
    help: 'record errors, too; a refused key never is',
  },
  allowPrivateUpstream: {
    flag: '--allow-private-upstream',
    variable: 'LONGCAT_MOCK_ALLOW_PRIVATE_UPSTREAM',
    help: 'let the upstream be on a loopback or private address',
  },
  allowRecordInCi: {
    flag: '--allow-record-in-ci',
    variable: 'LONGCAT_MOCK_ALLOW_RECORD_IN_CI',
    help: 'let the upstream be called where CI is set',
  },
  replayTiming: {
    flag: '--replay-timing',
    variable: 'LONGCAT_MOCK_REPLAY_TIMING',
    value: '<speed>',
    help: 'pace of recorded answers: none, recorded, or 2x for twice as fast (default: none)',
  },
  matchIgnore: {
    flag: '--match-ignore',
    variable: 'LONGCAT_MOCK_MATCH_IGNORE',
    value: '<path>',
    many: true,
    help: 'JSON path of a member that equal requests may differ in; kept in the cassette',
  },
  matchReplace: {
    flag: '--match-replace',
    variable: 'LONGCAT_MOCK_MATCH_REPLACE',
    value: '<rule>',
    many: true,
    help: 'PATTERN=>TEXT for texts that change from run to run; kept in the cassette',
  },
  redact: {
    flag: '--redact',
    variable: 'LONGCAT_MOCK_REDACT',
    value: '<pattern>',
    many: true,
    help: 'kept out of recordings besides credentials: a pattern, or member:NAME',
  },
  maxAge: {
    flag: '--max-age',
    variable: 'LONGCAT_MOCK_MAX_AGE',
    value: '<age>',
    help: 'how old a recording may be, such as 30d',
  },
  onExpiry: {
    flag: '--on-expiry',
    variable: 'LONGCAT_MOCK_ON_EXPIRY',
    value: '<policy>',
    help: 'what an older one does: warn, fail or rerecord (default: warn)',
  },
  onUnused: {
    flag: '--on-unused',
    variable: 'LONGCAT_MOCK_ON_UNUSED',
    value: '<policy>',
    help: 'recordings never used: ignore, warn, fail or prune (default: ignore)',
  },
  reports: {
    flag: '--report',
    variable: 'LONGCAT_MOCK_REPORT',
    value: '<kind=file>',
    many: true,
    help: 'at the end, write what went wrong: junit=FILE, json=FILE, or github',
  },
  logLevel: {
    flag: '--log-level',
    variable: 'LONGCAT_MOCK_LOG_LEVEL',
    value: '<level>',
    help: 'silent, error, info or debug (default: info on a terminal, else error)',
  },
  readyFile: {
    flag: '--ready-file',
    variable: 'LONGCAT_MOCK_READY_FILE',
    value: '<path>',
    help: 'write the addresses to this file, as JSON, once the mock listens',
  },
  json: {
    flag: '--json',
    variable: 'LONGCAT_MOCK_JSON',
    help: 'write the ready line and the log as JSON',
  },
} as const satisfies Record<string, Flag>;

export type Setting = keyof typeof flags;

export const settings = Object.keys(flags) as readonly Setting[]; // Object.keys widens to string

export function flagOf(setting: Setting): Flag {
  return flags[setting];
}

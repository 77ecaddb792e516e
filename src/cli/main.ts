#!/usr/bin/env node
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { quirkNames, quirks } from '../contract/quirks.ts';
import { MockError } from '../errors.ts';
import { version } from '../version.ts';
import type { ImportKind } from './commands/import-units.ts';
import type { Config } from './config.ts';
import { flagOf, type Setting, settings } from './flags.ts';

const usageError = 2;
const streams = { out: process.stdout, err: process.stderr };

const examples = `
Every flag has a variable: --max-body is LONGCAT_MOCK_MAX_BODY. Flags win over variables, variables
over the --config file. Flags that take several values can be repeated or take a list: a,b.

Examples:
  $ longcat-mock                          http://127.0.0.1:4010, any key
  $ longcat-mock --port 0 --json          any free port, told as JSON
  $ longcat-mock --quirk usage-late=on    all usage at the end of a message stream
  $ longcat-mock --scenario rate-limit    the first call of each session is limited
  $ longcat-mock run -- npm test          a mock for one command
  $ longcat-mock health                   exit 0 when the mock is up`;

/** The exit code of a command line; the only setter of the process's is below. */
async function main(argv: readonly string[]): Promise<number> {
  let code = 0;
  const finish = (result: number) => {
    code = result;
  };
  const program = new Command('longcat-mock')
    .description('A local stand-in for the LongCat API, on both of its formats.')
    .version(version, '-V, --version')
    .helpOption('-h, --help', 'show this help')
    .showHelpAfterError('Run "longcat-mock --help" for all flags.')
    .exitOverride();
  const serveCommand = addServing(program, finish);
  addFixtureCommands(program, finish);
  addDocumentCommands(program, finish);
  addCassetteCommands(program, finish);
  addDrift(program, finish);
  addFlags(program, []);
  program.addHelpText(
    'after',
    () => `\n${listFlags(serveCommand)}\n\n${listQuirks()}\n${examples}`,
  );

  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    return explain(error);
  }
}

type Finish = (code: number) => void;

/** The commands that start a mock, or ask one. */
function addServing(program: Command, finish: Finish): Command {
  const serveCommand = program
    .command('serve', { isDefault: true })
    .description('serve until a signal (the default)')
    .allowExcessArguments()
    .action(async (values, { args: [word] }) => {
      if (word !== undefined) throw new MockError('invalid-config', explainWord(word, program));
      const { serve } = await import('./commands/serve.ts');
      finish(await serve(await configure(values)));
    });
  const runCommand = program
    .command('run')
    .description('serve while a command runs that finds the mock in its environment')
    .argument('<command...>', 'after two dashes: longcat-mock run -- npm test')
    .action(async (words: string[], values) => {
      const { run } = await import('./commands/run.ts');
      finish(await run(await configure(values, { port: 0 }), words));
    });
  const recordCommand = program
    .command('record')
    .description('as run, and record what the upstream answers')
    .argument('<command...>', 'after two dashes: longcat-mock record -- npm test')
    .action(async (words: string[], values) => {
      const { run } = await import('./commands/run.ts');
      const config = await configure(values, { port: 0, record: 'new_episodes' });
      finish(await run(requireKey(config, process.env), words));
    });
  const healthCommand = program
    .command('health')
    .description('ask the mock on this host and port whether it is up')
    .action(async (values) => {
      const { health } = await import('./commands/health.ts');
      finish(await health(await configure(values)));
    });
  addFlags(serveCommand, settings);
  addFlags(runCommand, settings);
  addFlags(recordCommand, settings);
  addFlags(healthCommand, ['host', 'port'], 'of the mock to ask');
  return serveCommand;
}

/** The command gets a key of the mock: the upstream wants one of its own. */
function requireKey(config: Config, { LONGCAT_API_KEY: key = '' }: NodeJS.ProcessEnv): Config {
  if (config.record === 'none' || (key !== '' && !key.startsWith('lcmock_'))) return config;
  const message = `There is no key for ${config.upstream}: set LONGCAT_API_KEY. It is sent to the upstream alone, and never written to a cassette.`;
  throw new MockError('invalid-config', message);
}

/** The commands for those who write fixtures. */
function addFixtureCommands(program: Command, finish: Finish): void {
  program
    .command('validate')
    .description('check fixture files: exit 1 when there is an error')
    .argument('[paths...]', 'files and folders (default: *.longcat.yaml in ./longcat-mock)')
    .addOption(
      new Option('--format <format>', 'how problems are told')
        .choices(['text', 'json', 'github'])
        .default('text'),
    )
    .action(async (paths: string[], { format }) => {
      const { validate } = await import('./commands/validate.ts');
      const { rehearse } = await import('../rehearse.ts');
      finish(await validate({ paths, format, checkStep: rehearse }, streams));
    });
  const explainCommand = program
    .command('explain')
    .description('tell in words what a fixture file does, or what became of a request')
    .argument('<file or request id>', 'the id is in the header x-longcat-mock-request-id')
    .action(async (target: string, values) => {
      const { explain: explainFile } = await import('./commands/explain.ts');
      const explainRequest = async (id: string) => {
        const asking = await import('./commands/explain-request.ts');
        return asking.explainRequest(id, await configure(values), streams);
      };
      finish(await explainFile(target, { explainRequest }, streams));
    });
  addFlags(explainCommand, ['host', 'port', 'adminToken'], 'of the mock to ask');
  addPush(program, finish);
  program
    .command('scenarios')
    .description('list the scenarios that can be selected')
    .option('--fixtures <path...>', 'your own besides')
    .option('--json', 'as JSON')
    .action(async ({ fixtures: paths = [], json = false }) => {
      const { scenarios } = await import('./commands/scenarios.ts');
      finish(await scenarios({ paths, json }, streams));
    });
  program
    .command('init')
    .description('write an example of a fixture file into ./longcat-mock')
    .argument('[folder]', 'where', '.')
    .action(async (folder: string) => {
      const { init } = await import('./commands/init.ts');
      finish(await init(folder, streams));
    });
  addImport(program, finish);
}

/** The command for a mock that started before its fixtures were there. */
function addPush(program: Command, finish: Finish): void {
  const pushCommand = program
    .command('push')
    .description('give fixture files to a mock that runs: exit 1 when one is wrong')
    .argument('[paths...]', 'files and folders (default: *.longcat.yaml in ./longcat-mock)')
    .option('--to <url>', 'of the mock', 'http://127.0.0.1:4010')
    .option('--wait <seconds>', 'how long the mock may take to be there', parseSeconds, 0)
    .option('--session <name>', 'for this session alone')
    .action(async (given: string[], { to, wait, session, ...values }) => {
      const { push } = await import('./commands/push.ts');
      const { parseRemote } = await import('./remote.ts');
      const { rehearse: checkStep } = await import('../rehearse.ts');
      const { fixtures, adminToken } = await configure(values);
      const paths = given.length > 0 ? given : fixtures;
      const remote = { url: parseRemote(to), adminToken };
      finish(await push({ paths, remote, session, waitMs: wait * 1000, checkStep }, streams));
    });
  addFlags(pushCommand, ['adminToken'], 'of the mock');
}

/** The commands that print what the project has generated. */
function addDocumentCommands(program: Command, finish: Finish): void {
  program
    .command('openapi')
    .description('print the OpenAPI document of the LongCat API')
    .addOption(
      new Option('--format <format>', 'how it is written')
        .choices(['yaml', 'json'])
        .default('yaml'),
    )
    .option('--output <file>', 'write it into this file instead')
    .option('--admin', 'the document of the admin API instead')
    .action(async ({ admin, format, output }) => {
      const { openapi } = await import('./commands/openapi.ts');
      finish(await openapi({ name: admin ? 'admin' : 'longcat', format, output }, streams));
    });
  program
    .command('schema')
    .description('print the JSON Schema of fixture files, or of cassettes')
    .addArgument(
      new Argument('[kind]', 'of which files').choices(['fixture', 'cassette']).default('fixture'),
    )
    .action(async (kind) => {
      const { schema } = await import('./commands/schema.ts');
      finish(schema(kind, streams));
    });
}

/** The commands for those who keep recordings. */
function addCassetteCommands(program: Command, finish: Finish): void {
  const streams = { out: process.stdout, err: process.stderr };
  program
    .command('cassettes')
    .description('list cassettes, their age and their use, or prune them')
    .addArgument(new Argument('[action]').choices(['list', 'prune']).default('list'))
    .option('--cassettes <dir>', 'the folder of cassettes', './cassettes')
    .option('--max-age <age>', 'what is older, such as 90d, is pruned, or makes the list exit 1')
    .option('--unused-for <age>', 'prune what has not answered for so long')
    .option('--dry-run', 'only tell what would be pruned')
    .option('--json', 'as JSON')
    .action(
      async (action, { cassettes: folder, maxAge, unusedFor, dryRun = false, json = false }) => {
        const { cassettes, pruneCassettes } = await import('./commands/cassettes.ts');
        const options = { folder, maxAge, unusedFor, dryRun, json, now: Date.now() };
        finish(await (action === 'prune' ? pruneCassettes : cassettes)(options, streams));
      },
    );
  program
    .command('redact')
    .description('leave secrets out of cassettes')
    .argument('[paths...]', 'files and folders (default: the folder of --cassettes)')
    .option('--check', 'only look for them: exit 1 when there is one, as before a commit')
    .option('--cassettes <dir>', 'the folder of cassettes', './cassettes')
    .option(
      '--redact <rule>',
      'leave out besides: a pattern (RE2), or member:NAME; can be repeated',
      (rule: string, rules: string[]) => [...rules, rule],
      [],
    )
    .addOption(
      new Option('--format <format>', 'how it is told')
        .choices(['text', 'json', 'github'])
        .default('text'),
    )
    .action(async (given: string[], { check = false, cassettes, redact: redactions, format }) => {
      const { redact } = await import('./commands/redact.ts');
      const paths = given.length > 0 ? given : [cassettes];
      const key = process.env['LONGCAT_API_KEY'] ?? '';
      const credentials = key === '' ? [] : [{ source: 'LONGCAT_API_KEY', value: key }];
      finish(await redact({ paths, check, redactions, format, credentials }, streams));
    });
}

/** The command for those who come from another tool. */
function addImport(program: Command, finish: Finish): void {
  program
    .command('import')
    .description('make fixtures of what another tool has: exit 1 when something was left')
    .addArgument(new Argument('<kind>', 'of what').choices(['har', 'aimock', 'wiremock']))
    .argument('<path>', 'a file or a folder')
    .option('-o, --output <path>', 'a folder, or one file (default: ./longcat-mock)')
    .option('--dry-run', 'print the fixtures and write nothing')
    .option('--force', 'write over files that are there')
    .option('--timing', 'of an archive: answers take the time that they took')
    .addOption(new Option('--format <format>', 'of the files').choices(['yaml', 'json']))
    .action(async (kind: ImportKind, path: string, values) => {
      const { importFixtures } = await import('./commands/import.ts');
      const { rehearse } = await import('../rehearse.ts');
      const { output, format, dryRun = false, force = false, timing = false } = values;
      const options = { kind, path, output, format, dryRun, force, timing, checkStep: rehearse };
      finish(await importFixtures(options, { out: process.stdout, err: process.stderr }));
    });
}

/** The command that watches the real API. */
function addDrift(program: Command, finish: Finish): void {
  program
    .command('drift')
    .description('ask a live API what was recorded: exit 1 when an answer is built otherwise')
    .option('--cassettes <folder>', 'where the recordings are', './cassettes')
    .requiredOption('--target <url>', 'the API to ask, such as https://api.longcat.chat')
    .option('--api-key <key>', 'of the API (default: LONGCAT_API_KEY)')
    .option('--allow-private-upstream', 'let the target have a private address')
    .addOption(
      new Option('--format <format>', 'how it is told').choices(['text', 'json']).default('text'),
    )
    .option('--max-requests <number>', 'ask so often and no more', parseCount)
    .option('--only <names...>', 'these cassettes or recordings')
    .action(async ({ allowPrivateUpstream: allowPrivate = false, only = [], ...values }) => {
      const { drift } = await import('./commands/drift.ts');
      const streams = { out: process.stdout, err: process.stderr };
      finish(await drift({ ...values, allowPrivate, only, environment: process.env }, streams));
    });
}

function parseCount(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`Expected a whole number from 1 on, not "${text}".`);
}

function parseSeconds(text: string): number {
  if (/^\d{1,5}(?:\.\d+)?$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`Expected seconds such as 30, not "${text}".`);
}

function addFlags(command: Command, names: readonly Setting[], purpose?: string): void {
  for (const setting of names) {
    const { flag, short, value, many, help } = flagOf(setting);
    const spelled = [[short, flag].filter(Boolean).join(', '), value].filter(Boolean).join(' ');
    const option = new Option(spelled, purpose ? `${setting} ${purpose}` : help);
    if (many) option.argParser((item: string, items: string[] = []) => [...items, item]);
    command.addOption(option);
  }
  if (names.length > 0) {
    command.option('--config <path>', 'read settings from this YAML or JSON file');
  }
}

/** The flags of the default command belong to the first help a user sees. */
function listFlags(command: Command): string {
  const help = command.createHelp();
  const rows = help
    .visibleOptions(command)
    .filter((option) => option.long !== '--help')
    .map((option) => `  ${help.optionTerm(option).padEnd(24)} ${help.optionDescription(option)}`);
  return ['Options of serve:', ...rows].join('\n');
}

function listQuirks(): string {
  const rows = quirkNames.map((name) => `  ${name.padEnd(24)} ${quirks[name].on ? 'on' : 'off'}`);
  return ['Quirks and their defaults, see the README:', ...rows].join('\n');
}

/** Commander names values after their flags; a configuration file and we name them as settings. */
async function configure(
  values: Readonly<Record<string, unknown>>,
  defaults: Readonly<Record<string, unknown>> = {},
): Promise<Config> {
  const { parseConfig } = await import('./config.ts');
  const { fromEnvironment, fromFile, fromFlags } = await import('./sources.ts');
  const { config: flagPath, ...rest } = values;
  const path = flagPath ?? process.env['LONGCAT_MOCK_CONFIG'];
  const given = settings.flatMap((setting) => {
    const value = rest[new Option(flagOf(setting).flag).attributeName()];
    return value === undefined ? [] : [[setting, value]];
  });
  return parseConfig([
    fromFlags(Object.fromEntries(given)),
    fromEnvironment(process.env, (message) => process.stderr.write(`${message}\n`)),
    ...(typeof path === 'string' ? [await fromFile(path)] : []),
    { values: defaults, nameOf: (setting) => setting },
  ]);
}

function explainWord(word: string, program: Command): string {
  const names = program.commands.map((command) => command.name());
  if (names.includes(word)) return `The command comes first: longcat-mock ${word} --port 4010.`;
  const known = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `Unknown command "${word}". Commands are ${known}.`;
}

function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageError;
  const message = error instanceof MockError ? error.message : (error as Error).stack;
  process.stderr.write(`error: ${message}\n`);
  return error instanceof MockError ? usageError : 1;
}

/** Who reads the output may have read enough, as `head` does. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
process.exitCode = await main(process.argv.slice(2));

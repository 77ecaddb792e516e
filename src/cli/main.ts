#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import { quirkNames, quirks } from '../contract/quirks.ts';
import { MockError } from '../errors.ts';
import { version } from '../version.ts';
import type { Config } from './config.ts';
import { flagOf, type Setting, settings } from './flags.ts';

const usageError = 2;

const examples = `
Every flag has a variable: --max-body is LONGCAT_MOCK_MAX_BODY. Flags win over variables, variables
over the --config file. Flags that take several values can be repeated or take a list: a,b.

Examples:
  $ longcat-mock                          http://127.0.0.1:4010, any key
  $ longcat-mock --port 0 --json          any free port, told as JSON
  $ longcat-mock --quirk usage-late=on    all usage at the end of a message stream
  $ longcat-mock health                   exit 0 when the mock is up`;

/** The exit code of a command line; the only caller of `process.exit` is below. */
async function main(argv: readonly string[]): Promise<number> {
  let code = 0;
  const program = new Command('longcat-mock')
    .description('A local stand-in for the LongCat API, on both of its formats.')
    .version(version, '-V, --version')
    .helpOption('-h, --help', 'show this help')
    .showHelpAfterError('Run "longcat-mock --help" for all flags.')
    .exitOverride();

  const serveCommand = program
    .command('serve', { isDefault: true })
    .description('serve until a signal (the default)')
    .allowExcessArguments()
    .action(async (values, { args: [word] }) => {
      if (word !== undefined) throw new MockError('invalid-config', explainWord(word));
      const { serve } = await import('./commands/serve.ts');
      code = await serve(await configure(values));
    });
  const healthCommand = program
    .command('health')
    .description('ask the mock on this host and port whether it is up')
    .action(async (values) => {
      const { health } = await import('./commands/health.ts');
      code = await health(await configure(values));
    });

  addFlags(program, []);
  addFlags(serveCommand, settings);
  addFlags(healthCommand, ['host', 'port'], 'of the mock to ask');
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
async function configure(values: Readonly<Record<string, unknown>>): Promise<Config> {
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
  ]);
}

function explainWord(word: string): string {
  if (word !== 'health') return `Unknown command "${word}". Commands are serve and health.`;
  return 'The command comes first: longcat-mock health --port 4010.';
}

function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageError;
  const message = error instanceof MockError ? error.message : (error as Error).stack;
  process.stderr.write(`error: ${message}\n`);
  return error instanceof MockError ? usageError : 1;
}

process.exitCode = await main(process.argv.slice(2));

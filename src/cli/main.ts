#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { quirkNames, quirks } from '../contract/quirks.ts';
import { MockError } from '../errors.ts';
import { version } from '../version.ts';
import { addDocumentCommands } from './program/documents.ts';
import { addFixtureCommands } from './program/fixtures.ts';
import { addRecordingCommands } from './program/recordings.ts';
import { addServingCommands } from './program/serving.ts';
import { addFlags, listFlags } from './program/settings.ts';

const usageError = 2;

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
  const serveCommand = addServingCommands(program, finish);
  addFixtureCommands(program, finish);
  addDocumentCommands(program, finish);
  addRecordingCommands(program, finish);
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

function listQuirks(): string {
  const rows = quirkNames.map((name) => `  ${name.padEnd(24)} ${quirks[name].on ? 'on' : 'off'}`);
  return ['Quirks and their defaults, see the README:', ...rows].join('\n');
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

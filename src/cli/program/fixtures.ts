import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import type { ImportKind } from '../commands/import-units.ts';
import { type Finish, streams } from './finish.ts';
import { addFlags, configure } from './settings.ts';

/** The commands for those who write fixtures. */
export function addFixtureCommands(program: Command, finish: Finish): void {
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
      const { validate } = await import('../commands/validate.ts');
      const { rehearse } = await import('../../rehearse.ts');
      finish(await validate({ paths, format, checkStep: rehearse }, streams));
    });
  const explainCommand = program
    .command('explain')
    .description('tell in words what a fixture file does, or what became of a request')
    .argument('<file or request id>', 'the id is in the header x-longcat-mock-request-id')
    .action(async (target: string, values) => {
      const { explain: explainFile } = await import('../commands/explain.ts');
      const explainRequest = async (id: string) => {
        const asking = await import('../commands/explain-request.ts');
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
      const { scenarios } = await import('../commands/scenarios.ts');
      finish(await scenarios({ paths, json }, streams));
    });
  program
    .command('init')
    .description('write an example of a fixture file into ./longcat-mock')
    .argument('[folder]', 'where', '.')
    .action(async (folder: string) => {
      const { init } = await import('../commands/init.ts');
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
      const { push } = await import('../commands/push.ts');
      const { parseRemote } = await import('../remote.ts');
      const { rehearse: checkStep } = await import('../../rehearse.ts');
      const { fixtures, adminToken } = await configure(values);
      const paths = given.length > 0 ? given : fixtures;
      const remote = { url: parseRemote(to), adminToken };
      finish(await push({ paths, remote, session, waitMs: wait * 1000, checkStep }, streams));
    });
  addFlags(pushCommand, ['adminToken'], 'of the mock');
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
      const { importFixtures } = await import('../commands/import.ts');
      const { rehearse } = await import('../../rehearse.ts');
      const { output, format, dryRun = false, force = false, timing = false } = values;
      const options = { kind, path, output, format, dryRun, force, timing, checkStep: rehearse };
      finish(await importFixtures(options, streams));
    });
}

function parseSeconds(text: string): number {
  if (/^\d{1,5}(?:\.\d+)?$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`Expected seconds such as 30, not "${text}".`);
}

import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { type Finish, streams } from './finish.ts';

/** The commands for those who keep recordings. */
export function addRecordingCommands(program: Command, finish: Finish): void {
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
        const { cassettes, pruneCassettes } = await import('../commands/cassettes.ts');
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
      const { redact } = await import('../commands/redact.ts');
      const paths = given.length > 0 ? given : [cassettes];
      const key = process.env['LONGCAT_API_KEY'] ?? '';
      const credentials = key === '' ? [] : [{ source: 'LONGCAT_API_KEY', value: key }];
      finish(await redact({ paths, check, redactions, format, credentials }, streams));
    });
  addDrift(program, finish);
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
      const { drift } = await import('../commands/drift.ts');
      finish(await drift({ ...values, allowPrivate, only, environment: process.env }, streams));
    });
}

function parseCount(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`Expected a whole number from 1 on, not "${text}".`);
}

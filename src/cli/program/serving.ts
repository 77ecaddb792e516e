import type { Command } from 'commander';
import { MockError } from '../../errors.ts';
import type { Config } from '../config.ts';
import { settings } from '../flags.ts';
import type { Finish } from './finish.ts';
import { addFlags, configure } from './settings.ts';

/** The commands that start a mock, or ask one. */
export function addServingCommands(program: Command, finish: Finish): Command {
  const serveCommand = program
    .command('serve', { isDefault: true })
    .description('serve until a signal (the default)')
    .allowExcessArguments()
    .action(async (values, { args: [word] }) => {
      if (word !== undefined) throw new MockError('invalid-config', explainWord(word, program));
      const { serve } = await import('../commands/serve.ts');
      finish(await serve(await configure(values)));
    });
  const runCommand = program
    .command('run')
    .description('serve while a command runs that finds the mock in its environment')
    .argument('<command...>', 'after two dashes: longcat-mock run -- npm test')
    .action(async (words: string[], values) => {
      const { run } = await import('../commands/run.ts');
      finish(await run(await configure(values, { port: 0 }), words));
    });
  const recordCommand = program
    .command('record')
    .description('as run, and record what the upstream answers')
    .argument('<command...>', 'after two dashes: longcat-mock record -- npm test')
    .action(async (words: string[], values) => {
      const { run } = await import('../commands/run.ts');
      const config = await configure(values, { port: 0, record: 'new_episodes' });
      finish(await run(requireKey(config, process.env), words));
    });
  const healthCommand = program
    .command('health')
    .description('ask the mock on this host and port whether it is up')
    .action(async (values) => {
      const { health } = await import('../commands/health.ts');
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

function explainWord(word: string, program: Command): string {
  const names = program.commands.map((command) => command.name());
  if (names.includes(word)) return `The command comes first: longcat-mock ${word} --port 4010.`;
  const known = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `Unknown command "${word}". Commands are ${known}.`;
}

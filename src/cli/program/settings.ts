import { type Command, Option } from 'commander';
import type { Config } from '../config.ts';
import { flagOf, type Setting, settings } from '../flags.ts';

/** Gives a command the flags of some settings. `purpose` stands in place of their own help. */
export function addFlags(command: Command, names: readonly Setting[], purpose?: string): void {
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
export function listFlags(command: Command): string {
  const help = command.createHelp();
  const rows = help
    .visibleOptions(command)
    .filter((option) => option.long !== '--help')
    .map((option) => `  ${help.optionTerm(option).padEnd(24)} ${help.optionDescription(option)}`);
  return ['Options of serve:', ...rows].join('\n');
}

/** Commander names values after their flags; a configuration file and we name them as settings. */
export async function configure(
  values: Readonly<Record<string, unknown>>,
  defaults: Readonly<Record<string, unknown>> = {},
): Promise<Config> {
  const { parseConfig } = await import('../config.ts');
  const { fromEnvironment, fromFile, fromFlags } = await import('../sources.ts');
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

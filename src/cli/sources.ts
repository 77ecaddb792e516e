import { readFile } from 'node:fs/promises';
import { MockError } from '../errors.ts';
import { isJsonObject } from '../exchange/json.ts';
import type { Source } from './config.ts';
import { flagOf, settings } from './flags.ts';

/** What the flags said, by setting. */
export function fromFlags(values: Readonly<Record<string, unknown>>): Source {
  return { values, nameOf: (setting) => nameOfSetting(setting, 'flag') };
}

/**
 * What the environment says. Kubernetes gives every service a variable such as
 * `LONGCAT_MOCK_PORT=tcp://10.0.0.1:4010`, which is not meant for us.
 */
export function fromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  warn: (message: string) => void,
): Source {
  const values: Record<string, string> = {};
  for (const variable of listUnknown(environment))
    warn(`Ignoring ${variable}: there is no such setting.`);
  for (const setting of settings) {
    const { variable } = flagOf(setting);
    const value = environment[variable];
    if (value?.startsWith('tcp://')) {
      warn(`Ignoring ${variable}="${value}": it looks like a variable that Kubernetes sets.`);
    } else if (value !== undefined && value !== '') {
      values[setting] = value;
    }
  }
  return { values, nameOf: (setting) => nameOfSetting(setting, 'variable') };
}

/** Kubernetes also sets `…_SERVICE_HOST`, `…_PORT_4010_TCP` and the like for a service of our name. */
function listUnknown(environment: Readonly<Record<string, string | undefined>>): string[] {
  const known: readonly string[] = [
    'LONGCAT_MOCK_CONFIG',
    'LONGCAT_MOCK_URL', // for the helpers of test runners: which mock to use
    ...settings.map((name) => flagOf(name).variable),
  ];
  return Object.keys(environment).filter(
    (name) =>
      name.startsWith('LONGCAT_MOCK_') &&
      !known.includes(name) &&
      !/_(SERVICE_(HOST|PORT)|PORT_\d+)/.test(name),
  );
}

/**
 * What a YAML or JSON file says.
 *
 * @throws MockError `invalid-config`
 */
export async function fromFile(path: string): Promise<Source> {
  const { parseYaml } = await import('./yaml.ts');
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `Cannot read the configuration file "${path}" of --config: ${reason}`;
    throw new MockError('invalid-config', message, { cause });
  });
  const values: unknown = tryParse(parseYaml, text, path) ?? {};
  if (!isJsonObject(values)) {
    throw new MockError('invalid-config', `"${path}" has to hold settings such as "port: 4010".`);
  }
  return { values, nameOf: (setting) => `"${setting}" in ${path}` };
}

function tryParse(parse: (text: string) => unknown, text: string, path: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MockError('invalid-config', `"${path}" is neither YAML nor JSON: ${reason}`, {
      cause,
    });
  }
}

function nameOfSetting(setting: string, kind: 'flag' | 'variable'): string {
  const known = settings.find((name) => name === setting);
  return known ? flagOf(known)[kind] : setting;
}

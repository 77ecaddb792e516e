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

/**
 * What a YAML or JSON file says.
 *
 * @throws MockError `invalid-config`
 */
export async function fromFile(path: string): Promise<Source> {
  const { parseYaml } = await import('./yaml.ts');
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new MockError(
      'invalid-config',
      `Cannot read the configuration file "${path}" of --config.`,
      { cause },
    );
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

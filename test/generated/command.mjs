import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const here = dirname(fileURLToPath(import.meta.url));
export const root = join(here, '../..');

const timeLimit = 600_000;

/** Runs a command in sight; true when it ended well. */
export function run(command, args, { cwd, env = {} } = {}) {
  return spawn(command, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

/** Runs a command out of sight; has its status and all it wrote. */
export function capture(command, args, { cwd, env = {} } = {}) {
  const { status, stdout, stderr } = spawn(command, args, { cwd, env, encoding: 'utf8' });
  return { status, output: `${stdout ?? ''}${stderr ?? ''}`.trim() };
}

/** Whether the command is there and ends well, which a `--version` does. */
export function has(command, args) {
  return spawn(command, args, { stdio: 'ignore' }).status === 0;
}

function spawn(command, args, { cwd, env, ...rest }) {
  const options = { cwd, env: { ...process.env, NO_COLOR: '1', ...env }, timeout: timeLimit };
  return spawnSync(command, args, { ...options, maxBuffer: 2 ** 26, ...rest });
}

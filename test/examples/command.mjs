import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';

const timeLimit = 600_000;

/** Runs a command in a process group of its own; has its status and all it wrote. */
export function runCommand([name, ...args], { cwd }) {
  const stdio = ['ignore', 'pipe', 'pipe'];
  const child = spawn(name, args, { cwd, stdio, detached: true, env: readerEnvironment() });
  const pieces = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece) => pieces.push(piece));
  const kill = () => killGroup(child.pid);
  const timer = setTimeout(kill, timeLimit);
  // Before the folder of the command is removed.
  process.prependOnceListener('exit', kill);
  return new Promise((resolve) => {
    child.on('error', ({ message }) => resolve({ status: 127, output: message }));
    child.on('close', (status) => {
      clearTimeout(timer);
      kill();
      process.off('exit', kill);
      resolve({ status: status ?? 128, output: Buffer.concat(pieces).toString() });
    });
  });
}

const ours =
  /^(CI$|INIT_CWD$|OPENAI_|ANTHROPIC_|LONGCAT_|npm_(package|lifecycle)_|npm_config_local_prefix$)/;

/** Of this process, less what npm and the repository put into it: no command is found in either. */
function readerEnvironment() {
  const entries = Object.entries(process.env).filter(([name]) => !ours.test(name));
  const { PATH = '' } = process.env;
  const paths = PATH.split(delimiter).filter((path) => !path.includes('node_modules'));
  const extra = { PATH: paths.join(delimiter), NO_COLOR: '1', NO_PROXY: '127.0.0.1' };
  return { ...Object.fromEntries(entries), ...extra };
}

/** A command that is not there has no group. */
function killGroup(id) {
  if (id === undefined) return;
  try {
    process.kill(-id, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture, has } from './command.mjs';

const oldest = 'import sys; sys.exit(sys.version_info < (3, 10))';

/** An environment with the packages, installed once; the folder of its commands. */
export function prepareVenv(venv, requirements) {
  const bin = join(venv, process.platform === 'win32' ? 'Scripts' : 'bin');
  const installed = join(venv, 'installed.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) {
    return { bin, problem: '' };
  }
  return { bin, problem: install({ venv, bin, requirements, installed, wanted }) };
}

/** What went wrong; empty when nothing did. */
function install({ venv, bin, requirements, installed, wanted }) {
  const python = ['python3', 'python'].find((name) => has(name, ['-c', oldest]));
  if (!python) {
    return 'There is no Python of 3.10 or later: on Debian, "apt-get install python3 python3-venv".';
  }
  rmSync(venv, { recursive: true, force: true });
  const made = capture(python, ['-m', 'venv', venv]);
  if (made.status !== 0) {
    return `"${python} -m venv" failed: on Debian, "apt-get install python3-venv".\n${made.output}`;
  }
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  const { status, output } = capture(join(bin, 'python'), [...pip, '--requirement', requirements]);
  if (status !== 0) return `pip could not install ${requirements}.\n${output}`;
  writeFileSync(installed, wanted);
  return '';
}

// Runs pytest in a virtual environment that is made for it.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/**
 * Installs the requirements, once, and runs pytest where they stand; resolves to its counts.
 * `description`: what else tells whether the environment is up to date.
 */
export function testIn(environment, { requirements, description, args }) {
  if (!existsSync(command)) fail('There is no dist/: run "npm run build".');
  const folder = dirname(requirements);
  const interpreter = prepare(environment, { requirements, description });
  const report = join(environment, 'report.xml');
  rmSync(report, { force: true });
  const quietly = ['-q', '--tb=short', '-p', 'no:cacheprovider', `--junitxml=${report}`];
  run(interpreter, ['-B', '-m', 'pytest', ...quietly, ...args], folder);
  return readReport(report);
}

function readReport(path) {
  const xml = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const read = (name) => Number(new RegExp(`<testsuite [^>]*\\b${name}="(\\d+)"`).exec(xml)?.[1]);
  const [tests, failures, errors, skipped] = ['tests', 'failures', 'errors', 'skipped'].map(read);
  if (!tests) return { passed: 0, failed: 1, skipped: 0 };
  const failed = failures + errors;
  return { passed: tests - failed - skipped, failed, skipped };
}

function prepare(environment, { requirements, description }) {
  const windows = process.platform === 'win32';
  const interpreter = join(environment, windows ? 'Scripts/python.exe' : 'bin/python');
  const installed = join(environment, 'installed.txt');
  const files = [requirements, ...(description ? [description] : [])];
  const wanted = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return interpreter;

  rmSync(environment, { recursive: true, force: true });
  const python = findPython();
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  if (run(python, ['-m', 'venv', environment]) !== 0) {
    fail(`"${python} -m venv" failed: on Debian, "apt-get install python3-venv" mends it.`);
  }
  if (run(interpreter, [...pip, '--requirement', requirements], dirname(requirements)) !== 0) {
    fail(`pip could not install ${requirements}.`);
  }
  writeFileSync(installed, wanted);
  return interpreter;
}

function findPython() {
  const oldest = 'import sys; sys.exit(sys.version_info < (3, 10))';
  const found = ['python3', 'python'].find((name) => run(name, ['-c', oldest]) === 0);
  return found ?? fail('There is no Python of 3.10 or later: install python3 and python3-venv.');
}

function run(name, args, cwd) {
  const { status } = spawnSync(name, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  return status;
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** Writes the counts of all runs as the last line, and returns it. */
export function conclude(counts) {
  const [passed, failed, skipped] = ['passed', 'failed', 'skipped'].map((name) =>
    counts.reduce((sum, count) => sum + count[name], 0),
  );
  const line = `${passed} passed, ${failed} failed, ${skipped} skipped\n`;
  process.stdout.write(line);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  return line;
}

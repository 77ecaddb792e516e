// Runs the official Python clients, in the newest and an older version, against the built mock.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const environments = join(here, '.venv');
const generations = ['requirements.txt', 'requirements-older.txt'];

if (!existsSync(join(here, '../../dist/cli.js'))) fail('There is no dist/: run "npm run build".');
const summary = join(environments, 'summary.txt');
rmSync(summary, { force: true });
const python = findPython();
const counts = generations.map(testGeneration);
const [passed, failed, skipped] = ['passed', 'failed', 'skipped'].map((name) =>
  counts.reduce((sum, count) => sum + count[name], 0),
);
const line = `${passed} passed, ${failed} failed, ${skipped} skipped\n`;
writeFileSync(summary, line);
process.stdout.write(line);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

/** Installs one file of requirements, once, and runs pytest with it. Its report counts the tests. */
function testGeneration(requirements) {
  const environment = join(environments, requirements.replace('.txt', ''));
  const interpreter = prepare(environment, join(here, requirements));
  const report = join(environment, 'report.xml');
  rmSync(report, { force: true });
  process.stdout.write(`\n${requirements}\n`);
  const quietly = ['-q', '--tb=short', '-p', 'no:cacheprovider', `--junitxml=${report}`];
  run(interpreter, ['-B', '-m', 'pytest', ...quietly, ...process.argv.slice(2), here]);
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

function prepare(environment, requirements) {
  const windows = process.platform === 'win32';
  const interpreter = join(environment, windows ? 'Scripts/python.exe' : 'bin/python');
  const installed = join(environment, 'installed.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return interpreter;

  rmSync(environment, { recursive: true, force: true });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  if (run(python, ['-m', 'venv', environment]) !== 0) {
    fail(`"${python} -m venv" failed: on Debian, "apt-get install python3-venv" mends it.`);
  }
  if (run(interpreter, [...pip, '--requirement', requirements]) !== 0) {
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

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  return status;
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

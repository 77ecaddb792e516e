// Runs the helpers for test runners, as a package would be installed, in the real runners.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const modules = join(here, 'node_modules');

if (!existsSync(join(root, 'dist/cjs/types'))) fail('There is no dist/: run "npm run build".');
install();
pack();
const { passed, failed, skipped } = runTests();
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

function install() {
  const marker = join(modules, '.installed');
  const wanted = readFileSync(join(here, 'package-lock.json'), 'utf8');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: here, stdio: ['ignore', 'inherit', 'inherit'] };
  if (spawnSync('npm', ['ci', ...flags], options).status !== 0) fail('npm could not install.');
  writeFileSync(marker, wanted);
}

/** A copy of what would be published: a link would find the runners of this repository. */
function pack() {
  const target = join(modules, 'longcat-mock');
  const flags = ['--ignore-scripts', '--json', '--pack-destination', modules];
  const told = execFileSync('npm', ['pack', ...flags], { cwd: root, encoding: 'utf8' });
  const [{ filename }] = JSON.parse(told);
  const archive = join(modules, filename);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-xzf', archive, '-C', target, '--strip-components=1']);
  rmSync(archive);
}

function runTests() {
  const report = join(modules, '.report.xml');
  rmSync(report, { force: true });
  const args = [
    '--test',
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=junit', `--test-reporter-destination=${report}`],
    ...['vitest', 'jest', 'node-test', 'playwright', 'readme'].map((name) => `${name}.test.mjs`),
  ];
  const { status } = spawnSync(process.execPath, args, { cwd: here, stdio: 'inherit' });
  const counts = readReport(report);
  return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** The report ends with its counts, as comments; without them the run did not end. */
function readReport(path) {
  const xml = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const read = (name) => Number(new RegExp(`^\\s*<!-- ${name} (\\d+) -->$`, 'm').exec(xml)?.[1]);
  const [passed, failed, cancelled, skipped] = ['pass', 'fail', 'cancelled', 'skipped'].map(read);
  if (Number.isNaN(passed)) return { passed: 0, failed: 1, skipped: 0 };
  return { passed, failed: failed + cancelled, skipped };
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

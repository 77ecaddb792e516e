// Runs clients that people use LongCat with against the built mock.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findIsolation } from './isolate.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, 'node_modules');
const timeLimit = 600_000;

if (!existsSync(join(here, '../../dist/cli.js'))) fail('There is no dist/: run "npm run build".');
install();
const { passed, failed, skipped } = await runTests();
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

function install() {
  const marker = join(modules, '.installed');
  const wanted = readFileSync(join(here, 'package-lock.json'), 'utf8');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;

  // The commands are put in place by the scripts that package.json allows.
  const flags = ['--ignore-scripts=false', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: here, stdio: ['ignore', 'inherit', 'inherit'], timeout: timeLimit };
  if (spawnSync('npm', ['ci', ...flags], options).status !== 0) fail('npm could not install.');
  writeFileSync(marker, wanted);
}

/** Runs all test files, and leaves no process behind. */
async function runTests() {
  const isolation = findIsolation();
  const report = join(modules, '.report.xml');
  rmSync(report, { force: true });
  const files = readdirSync(here).filter((name) => name.endsWith('.test.mjs'));
  const [name, ...args] = [
    ...isolation,
    process.execPath,
    '--test',
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=junit', `--test-reporter-destination=${report}`],
    ...process.argv.slice(2),
    ...files,
  ];
  const { PATH, TMPDIR, NO_COLOR } = process.env;
  const ISOLATED = isolation.length > 0 ? '1' : '0';
  const env = dropUndefined({ PATH, TMPDIR, NO_COLOR, ISOLATED });
  const stdio = ['ignore', 'inherit', 'inherit'];
  const status = await runGroup(spawn(name, args, { cwd: here, env, stdio, detached: true }));
  const counts = readReport(report);
  return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** Waits for the leader of a process group, then ends the whole group. Resolves to its status. */
function runGroup(leader) {
  const kill = () => killGroup(leader.pid);
  const timer = setTimeout(kill, timeLimit);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, kill);
  return new Promise((resolve) => {
    leader.on('exit', (status) => {
      clearTimeout(timer);
      kill();
      resolve(status);
    });
  });
}

function killGroup(id) {
  try {
    process.kill(-id, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** The report ends with its counts, as comments; without them the run did not end. */
function readReport(path) {
  const xml = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const read = (name) => Number(new RegExp(`^\\s*<!-- ${name} (\\d+) -->$`, 'm').exec(xml)?.[1]);
  const [passed, failed, cancelled, skipped] = ['pass', 'fail', 'cancelled', 'skipped'].map(read);
  if (Number.isNaN(passed)) return { passed: 0, failed: 1, skipped: 0 };
  return { passed, failed: failed + cancelled, skipped };
}

function dropUndefined(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

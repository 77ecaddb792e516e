// Proves the examples as a reader would: packs the project, copies the examples to an empty folder
// outside of the repository, and runs the commands of each README there, as they stand.
//
//   node test/examples/run.mjs              all examples
//   node test/examples/run.mjs go python    those examples
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from './command.mjs';
import { testExample } from './example.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const lanes = 2;

if (!existsSync(join(root, 'dist/cli.js'))) {
  process.stderr.write('There is no dist/: run "npm run build".\n');
  process.exit(1);
}
// The compose file has no app: the suite of the image covers it.
const examples = readdirSync(join(root, 'examples')).filter((name) =>
  existsSync(join(root, 'examples', name, 'README.md')),
);
const words = process.argv.slice(2);
const stranger = words.find((word) => !examples.includes(word));
if (stranger) {
  process.stderr.write(`There is no example "${stranger}", only ${examples.join(', ')}.\n`);
  process.exit(2);
}

// An exit ends what still runs, and leaves nothing behind.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
const folder = mkdtempSync(join(tmpdir(), 'longcat-mock-examples-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
const totals = { passed: 0, failed: 0, skipped: 0 };
await pack();
copyExamples();
const waiting = words.length > 0 ? words : sortByEffort(examples);
await Promise.all(Array.from({ length: lanes }, () => work(waiting)));
const { passed, failed, skipped } = totals;
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

/** The tarball, of the dist/ that is there, lies where the READMEs seek it: beside the examples. */
async function pack() {
  const flags = ['--ignore-scripts', '--loglevel=error', '--pack-destination', folder];
  const command = ['npm', 'pack', ...flags];
  const { status, output } = await runCommand(command, { cwd: root });
  if (status === 0) return;
  process.stdout.write(`${output}\nThe project cannot be packed.\n`);
  totals.failed += 1;
}

/** What is made in place, by hand, stays behind. */
function copyExamples() {
  const left = new Set([
    'node_modules',
    'dist',
    '.venv',
    '.pytest_cache',
    '__pycache__',
    '.uses.json',
  ]);
  const filter = (path) => !left.has(basename(path));
  cpSync(join(root, 'examples'), join(folder, 'examples'), { recursive: true, filter });
}

/** Go compiles for long, so it begins first. */
function sortByEffort(names) {
  return names.toSorted((left, right) => Number(right === 'go') - Number(left === 'go'));
}

/** Takes one example after the other from those that no lane has taken. */
async function work(waiting) {
  for (let name = waiting.shift(); name; name = waiting.shift()) {
    const start = performance.now();
    const { lines, counts } = await testExample(join(folder, 'examples', name));
    const seconds = Math.round((performance.now() - start) / 1000);
    process.stdout.write(`\n== ${name}, ${seconds} s\n${lines.join('\n')}\n`);
    for (const key of Object.keys(totals)) totals[key] += counts[key];
  }
}

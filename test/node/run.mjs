// Runs what is built, and the core of the tests, on the oldest and the newest Node.js of each line.
// They come from npm, into a folder that is not committed.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { complain, run } from './command.mjs';
import { createTally } from './tally.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (name) => JSON.parse(readFileSync(join(here, name), 'utf8'));
const known = read('known.json');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const tally = createTally();

for (const wanted of read('versions.json')) {
  const installed = await install(wanted);
  tally.report(`Node.js ${wanted} can be had`, installed.problems);
  if (installed.problems.length === 0) await check(installed.node, wanted);
}
process.exitCode = tally.end();

/** The package of a platform holds nothing but the binary, and runs no script. */
async function install(wanted) {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const folder = join(here, 'node_modules/.versions', wanted);
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const node = join(folder, 'node_modules', name, 'bin', file);
  if (existsSync(node)) return { node, problems: [] };
  mkdirSync(folder, { recursive: true });
  const flags = ['--no-audit', '--no-fund', '--no-save', '--ignore-scripts', '--loglevel=error'];
  const installed = await run('npm', [
    'install',
    '--prefix',
    folder,
    ...flags,
    `${name}@${wanted}`,
  ]);
  return { node, problems: complain(installed) };
}

async function check(node, wanted) {
  const on = (title) => `${title} on Node.js ${wanted}`;
  const told = await run(node, ['--version']);
  tally.report(on('it is that version'), expect(told, `v${wanted}\n`));
  const command = await run(node, ['dist/cli.js', '--version'], { cwd: root });
  tally.report(on('the command starts'), expect(command, `${version}\n`));
  const library = await run(node, [join(here, 'library.mjs')], { cwd: root });
  tally.report(
    on('the library answers, whole and streamed, from fixtures'),
    expect(library, 'ok\n'),
  );
  const began = performance.now();
  const left = known.filter((each) => wanted.startsWith(each.version));
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', ...read('core.json'), ...leaveOut(left)];
  for (const { test, reason } of left) tally.skip(on(`the test "${test}"`), reason);
  const tested = await run(node, vitest, { cwd: root });
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  const [counts = 'no counts'] = /Tests .*/.exec(tested.stdout) ?? [];
  process.stdout.write(`${counts}, in ${seconds} s\n`);
  tally.report(on('the core of the tests passes'), complain(tested).slice(-80));
}

/** The flags of Vitest for all tests but these. */
function leaveOut(left) {
  const names = left.map(({ test }) => test).join('|');
  return names === '' ? [] : ['--testNamePattern', `^(?!.*(?:${names}))`];
}

/** A warning of Node.js, such as one of a feature that is experimental there, is a problem, too. */
function expect(outcome, text) {
  const { code, stdout, stderr } = outcome;
  return code === 0 && stdout === text && stderr === ''
    ? []
    : [stdout, ...complain({ ...outcome, code: code || 'warnings' })];
}

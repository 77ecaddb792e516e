// Packs the package, has it judged, installs it into an empty folder, and uses it there.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { complain, run } from './command.mjs';
import { checkContents } from './contents.mjs';
import { createTally } from './tally.mjs';
import { checkTypes } from './types.mjs';
import { checkUse } from './use.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');
const scratch = mkdtempSync(join(tmpdir(), 'longcat-mock-package-'));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const tally = createTally();

try {
  const tarball = await pack();
  await judge(tarball);
  await refuseTag();
  const folder = await install(tarball);
  for (const [title, problems] of Object.entries(await checkUse({ folder, manifest }))) {
    tally.report(title, problems);
  }
  const typed = await checkTypes({ folder, manifest, root, here });
  for (const [title, problems] of Object.entries(typed)) tally.report(title, problems);
} catch (error) {
  tally.report('the suite reaches its end', [error.stack]);
} finally {
  rmSync(scratch, { recursive: true });
}
process.exitCode = tally.end();

/** As `npm publish` does it: `prepare` builds it first. */
async function pack() {
  const flags = ['pack', '--json', '--pack-destination', scratch];
  const packed = await run('npm', flags, { cwd: root });
  if (packed.code !== 0) throw new Error(packed.stderr);
  const [contents] = JSON.parse(packed.stdout.slice(packed.stdout.search(/^\[$/m)));
  const { size, unpackedSize, entryCount } = contents;
  process.stdout.write(`${entryCount} files, ${size} bytes packed, ${unpackedSize} unpacked.\n`);
  for (const [title, problems] of Object.entries(checkContents(contents, { manifest, root }))) {
    tally.report(title, problems);
  }
  return join(scratch, contents.filename);
}

async function judge(tarball) {
  const bin = (name) => join(here, 'node_modules/.bin', name);
  const publint = await run(bin('publint'), ['run', tarball, '--strict'], { cwd: root });
  tally.report('publint finds nothing', complain(publint));
  // The package is ESM: what a CommonJS module would get of it is not asked.
  const attw = await run(bin('attw'), [tarball, '--profile', 'esm-only', '--no-color']);
  tally.report('the types are right, says @arethetypeswrong/cli', complain(attw));
}

/** What the release workflow asks before it publishes anything. */
async function refuseTag() {
  const refused = await run(process.execPath, ['scripts/check-release.mjs', 'v99.0.0'], {
    cwd: root,
  });
  const isRefused = refused.code === 1 && refused.stderr.includes('The tag is "v99.0.0"');
  tally.report('a tag of another version is not released', isRefused ? [] : [refused.stderr]);
}

/** Into an empty folder: it brings no other package. */
async function install(tarball) {
  const folder = mkdtempSync(join(scratch, 'user-'));
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  const began = performance.now();
  const flags = ['install', '--no-audit', '--no-fund', '--loglevel=error', tarball];
  const installed = await run('npm', flags, { cwd: folder });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(`Installed in ${seconds} s.\n`);
  tally.report('it can be installed from its tarball', complain(installed));
  const names = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));
  const others = names.filter((name) => name !== manifest.name);
  tally.report(
    'it installs no other package',
    others.map((name) => `${name} came with it.`),
  );
  return folder;
}

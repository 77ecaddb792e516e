import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { chromium, here, run } from './runner.mjs';

const readme = readFileSync(join(here, '../../README.md'), 'utf8');
const recipes = [...readme.matchAll(/^```[jt]s\n\/\/ (\S+\.[cm]?[jt]s)\n(.*?)^```$/gms)];

const roots = [];
after(() => {
  for (const root of roots) rmSync(root, { recursive: true });
});

/** A folder of its own, outside of this repository, with those of README's recipes, as they stand there. */
function paste(folder, names, changes = (text) => text) {
  const root = mkdtempSync(join(tmpdir(), `longcat-mock-${folder}-`));
  roots.push(root);
  symlinkSync(join(here, 'node_modules'), join(root, 'node_modules'));
  for (const name of names) {
    const [recipe] = recipes.filter(([, file]) => file === name);
    assert.ok(recipe, `README has no recipe ${name}`);
    writeFileSync(join(root, name), changes(recipe[2]));
  }
  const type = folder === 'jest' ? 'commonjs' : 'module';
  writeFileSync(join(root, 'package.json'), JSON.stringify({ private: true, type }));
  return root;
}

test('README: the recipe for Vitest works as it stands', async () => {
  const cwd = paste('vitest', ['vitest.config.ts', 'greeting.test.ts']);
  const { code, stdout, stderr } = await run('vitest/vitest.mjs', ['run'], { cwd });

  assert.equal(code, 0, stdout + stderr);
  assert.match(stdout, /Tests {2}1 passed/);
});

const skip = chromium === undefined && 'there is no Chromium: name yours in CHROMIUM_PATH';

test(
  'README: the recipe for Playwright works, with this machine’s Chromium',
  { skip },
  async () => {
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const use = JSON.stringify({ launchOptions: { executablePath: chromium, args } });
    const cwd = paste('playwright', ['playwright.config.ts', 'greeting.spec.ts'], (text) =>
      text.replace('defineConfig({', `defineConfig({ use: ${use},`).replace('4010', '4917'),
    );
    const { code, stdout, stderr } = await run('@playwright/test/cli.js', ['test'], { cwd });

    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /1 passed/);
  },
);

test('README: the recipe for Jest works as it stands', async () => {
  const cwd = paste('jest', ['jest.config.js', 'greeting.test.js']);
  const { code, stderr } = await run('jest/bin/jest.js', [], { cwd });

  assert.equal(code, 0, stderr);
  assert.match(stderr, /Tests: +1 passed/);
});

test('README: the recipe for node:test works as it stands', async () => {
  const cwd = paste('node-test', ['greeting.test.mjs']);
  const { code, stdout } = await run('', ['--test', 'greeting.test.mjs'], { cwd });

  assert.equal(code, 0, stdout);
  assert.match(stdout, /pass 1$/m);
});

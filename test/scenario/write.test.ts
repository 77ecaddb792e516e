import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { beforeEach, expect, it } from 'vitest';
import { renderSchema } from '../../src/scenario/json-schema.ts';
import { makeFolder, writeInto } from './folder.ts';

const entry = fileURLToPath(new URL('../../src/scenario/write.ts', import.meta.url));
const scenario = `version: 1
scenario: one
description: An answer.
provenance: assumed
source: By analogy
fixtures: [{ id: one.answer, respond: { text: hi } }]
`;

let root = '';

beforeEach(async () => {
  root = makeFolder({ 'fixtures/one.yaml': scenario, 'fixtures/README.md': '# Fixtures' });
  const require =
    "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";
  await build({
    entryPoints: [entry],
    outfile: join(root, 'write.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: require },
  });
});

function run(...flags: readonly string[]) {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'write.mjs'), ...flags], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, stderr };
}

it('the library becomes JSON, without what is no longer in it', () => {
  writeInto(root, 'dist/fixtures/gone.json', '{}');

  expect(run()).toEqual({ status: 0, stderr: '' });
  expect(readdirSync(join(root, 'dist/fixtures')).toSorted()).toEqual(['index.json', 'one.json']);
  expect(JSON.parse(readFileSync(join(root, 'dist/fixtures/index.json'), 'utf8'))).toEqual([
    { name: 'one', description: 'An answer.', provenance: 'assumed', source: 'By analogy' },
  ]);
});

it('a broken file of the library fails the build, and nothing is written', () => {
  writeInto(root, 'fixtures/two.yaml', 'version: 1\nfixtrues: []\n');

  expect(run()).toEqual({
    status: 1,
    stderr: 'fixtures/two.yaml:2:1: error: Unknown key "fixtrues". Did you mean "fixtures"?\n',
  });
  expect(existsSync(join(root, 'dist'))).toBe(false);
});

it('the schema is checked, written and checked again', () => {
  const remedy = 'Run "node build.mjs --schema" and commit the result.';
  const stderr = `fixtures/fixture.schema.json is out of date. ${remedy}\n`;

  expect(run('--schema', '--check')).toEqual({ status: 1, stderr });
  expect(run('--schema')).toEqual({ status: 0, stderr: '' });
  expect(run('--schema', '--check')).toEqual({ status: 0, stderr: '' });
  expect(readFileSync(join(root, 'fixtures/fixture.schema.json'), 'utf8')).toBe(renderSchema());
});

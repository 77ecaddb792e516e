import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';

const entry = fileURLToPath(new URL('../../src/openapi/write.ts', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'longcat-mock-openapi-'));
const program = join(root, 'write.mjs');

beforeAll(async () => {
  writeFileSync(join(root, 'package.json'), '{"version":"1.2.3"}');
  const require =
    "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";
  await build({
    entryPoints: [entry],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: require },
  });
});

afterAll(() => rmSync(root, { recursive: true }));

function run(...flags: readonly string[]) {
  const { status, stderr } = spawnSync(process.execPath, [program, ...flags], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, stderr };
}

it('checks, writes and checks again', () => {
  expect(run('--check')).toEqual({
    status: 1,
    stderr: ['openapi/longcat.json', 'openapi/longcat.yaml'].map(remedy).join(''),
  });

  expect(run()).toEqual({ status: 0, stderr: '' });
  expect(run('--check')).toEqual({ status: 0, stderr: '' });

  writeFileSync(join(root, 'openapi/longcat.yaml'), 'openapi: 3.0.0\n');
  expect(run('--check')).toEqual({ status: 1, stderr: remedy('openapi/longcat.yaml') });
});

function remedy(path: string): string {
  return `${path} is out of date. Run "npm run openapi" and commit the result.\n`;
}

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listOutdated } from '../../src/openapi/write.ts';

const entry = fileURLToPath(new URL('../../src/openapi/write.ts', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'longcat-mock-openapi-'));
const program = join(root, 'write.mjs');

beforeAll(async () => {
  writeFileSync(join(root, 'package.json'), '{"version":"1.2.3"}');
  await bundle(program);
});

async function bundle(outfile: string, plugins: readonly Plugin[] = []): Promise<void> {
  const require =
    "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: require },
    plugins: [...plugins],
  });
}

afterAll(() => rmSync(root, { recursive: true }));

function run(...flags: readonly string[]) {
  const { status, stderr } = spawnSync(process.execPath, [program, ...flags], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, stderr };
}

it('checks, writes and checks again', () => {
  const paths = ['longcat.json', 'longcat.yaml', 'admin.json', 'admin.yaml'];
  expect(run('--check')).toEqual({
    status: 1,
    stderr: paths.map((path) => complaint(path, 'There is no such file.')).join(''),
  });

  expect(run()).toEqual({ status: 0, stderr: '' });
  expect(run('--check')).toEqual({ status: 0, stderr: '' });
});

it.each([
  ['another line', 'a\nx\nc\n', 'Line 2 is "x", and should be "b".'],
  ['a missing line', 'a\nc\n', 'Line 2 is "c", and should be "b".'],
  ['an empty file', '', 'Line 1 is "", and should be "a".'],
  ['the end missing', 'a\nb', 'Line 3 is nothing, and should be "c".'],
  ['more than there should be', 'a\nb\nc\nd\n', 'Line 4 is "d", and should be "".'],
  ['more after the last line', 'a\nb\nc\n\n', 'Line 5 is "", and should be nothing.'],
])('the first line that differs is named: %s', (_, found, difference) => {
  writeFileSync(join(root, 'some.yaml'), found);
  const files = [{ path: 'some.yaml', text: 'a\nb\nc\n' }];

  expect(listOutdated(files, root)).toEqual([{ path: 'some.yaml', difference }]);
});

it('a member added to a schema of the contract is in the document, with no other edit', async () => {
  const member = "added_member: z.literal('here').describe('Added.'),";
  const edited = join(root, 'edited.mjs');
  await bundle(edited, [
    {
      name: 'edit',
      setup: ({ onLoad }) =>
        onLoad({ filter: /contract[\\/]openai[\\/]response\.ts$/ }, ({ path }) => ({
          contents: readFileSync(path, 'utf8').replace('total_tokens: tokens', `${member} $&`),
          loader: 'ts',
        })),
    },
  ]);
  spawnSync(process.execPath, [edited], { cwd: root });
  const { components } = JSON.parse(readFileSync(join(root, 'openapi/longcat.json'), 'utf8'));

  expect(components.schemas.ChatUsage.properties.added_member).toEqual({
    type: 'string',
    enum: ['here'],
    description: 'Added.',
  });
  expect(components.schemas.ChatUsage.required).toContain('added_member');
});

function complaint(file: string, difference: string): string {
  const remedy = 'Run "npm run openapi" and commit the result.';
  return `openapi/${file} is out of date. ${difference} ${remedy}\n`;
}

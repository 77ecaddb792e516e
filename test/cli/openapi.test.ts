import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { run, serve } from './command.ts';

const openapi = new URL('../../openapi/', import.meta.url);
const command = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const hasAdmin = existsSync(new URL('admin.yaml', openapi));

function readCommitted(name: string): string {
  return readFileSync(new URL(name, openapi), 'utf8');
}

it.each([
  [[], 'longcat.yaml'],
  [['--format', 'yaml'], 'longcat.yaml'],
  [['--format', 'json'], 'longcat.json'],
])('openapi %j prints %s as it is committed', async (args, name) => {
  expect(await run(['openapi', ...args])).toEqual({
    code: 0,
    stdout: readCommitted(name),
    stderr: '',
  });
});

it('openapi --output writes the document into a file', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'longcat-mock-')), 'longcat.yaml');

  expect(await run(['openapi', '--output', path])).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(readFileSync(path, 'utf8')).toBe(readCommitted('longcat.yaml'));
});

it.each([
  [['--format', 'toml'], "argument 'toml' is invalid. Allowed choices are yaml, json."],
  [['--output', tmpdir()], `Cannot write the file "${tmpdir()}" of --output`],
])('openapi %j ends with 2 and says what is wrong', async (args, words) => {
  const { code, stdout, stderr } = await run(['openapi', ...args]);

  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(words);
});

it('openapi --admin prints the document of the admin API in both formats, or says that there is none', async () => {
  const [yaml, json] = [
    await run(['openapi', '--admin']),
    await run(['openapi', '--admin', '--format', 'json']),
  ];
  if (!hasAdmin) {
    const stderr =
      'error: There is no openapi/admin.yaml in this installation of longcat-mock. Leave out --admin for the document of the LongCat API.\n';
    expect([yaml, json]).toEqual(Array(2).fill({ code: 2, stdout: '', stderr }));
    return;
  }

  expect(yaml).toEqual({ code: 0, stdout: readCommitted('admin.yaml'), stderr: '' });
  expect(JSON.parse(json.stdout)).toEqual(parse(yaml.stdout));
});

it.each(['openapi', 'schema'])('%s ends well when its reader has read enough', async (name) => {
  const child = spawn(process.execPath, [command, name], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdout.destroy();
  const [code] = await once(child, 'close');

  expect([code, stderr]).toEqual([0, '']);
});

it.each([
  [['--log-level', 'info'], true],
  [['--log-level', 'error'], false],
  [['--log-level', 'info', '--json'], false],
])('serve %j tells where the reference is: %j', async (args, told) => {
  await using mock = await serve(args);
  const { code, stderr } = await mock.stop();

  expect(code).toBe(0);
  expect(stderr).toBe(told ? `The API's reference is at ${mock.url}/docs\n` : '');
});

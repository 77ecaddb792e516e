import { mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ask, messagesPath } from '../ask.ts';
import { waitFor } from '../wait.ts';
import { run, serve } from './command.ts';

function say(text: string, scenario = ''): string {
  const named = scenario === '' ? '' : `scenario: ${scenario}\n`;
  return `version: 1\n${named}fixtures:\n  - { id: only${scenario}, respond: { text: ${text} } }\n`;
}

function createFolder(): string {
  return mkdtempSync(join(tmpdir(), 'longcat-mock-'));
}

/** Written by rename, as editors do, so that nobody reads half of it. */
function write(folder: string, text: string, name = 'own.longcat.yaml'): void {
  const draft = join(folder, `${name}.draft`);
  writeFileSync(draft, text);
  renameSync(draft, join(folder, name));
}

async function read(url: string, headers: Record<string, string> = {}): Promise<string> {
  const response = await ask({}, { mock: { url }, headers });
  const { choices, error } = await response.json();
  return choices?.[0].message.content ?? error.message;
}

it('--fixtures serves the fixtures of a folder, and counts them in the ready line', async () => {
  const folder = createFolder();
  write(folder, say('one'));
  write(folder, say('two', 'second'), 'second.longcat.yaml');
  await using mock = await serve(['--fixtures', folder]);

  expect(mock.output.stdout).toContain(' fixtures=2 unmatched=error ');
  expect(await read(mock.url)).toBe('one');
  expect(await read(mock.url, { 'x-longcat-mock-scenario': 'second' })).toBe('two');
});

it('the fixtures of ./longcat-mock are served unasked', async () => {
  const folder = createFolder();
  const cwd = process.cwd();
  try {
    process.chdir(folder);
    expect((await run(['init'])).code).toBe(0);
    await using mock = await serve();
    expect(mock.output.stdout).not.toContain(' fixtures=0 ');
  } finally {
    process.chdir(cwd);
  }
});

it.each([
  [['--scenario', 'rate-limit-hard'], 429],
  [['--scenario', 'invalid-key'], 401],
])('%j selects a shipped scenario for all', async (args, status) => {
  await using mock = await serve(args);

  expect((await ask({}, { mock })).status).toBe(status);
  expect((await ask({}, { mock, path: messagesPath })).status).toBe(status);
});

it('--on-unmatched dynamic answers what no fixture matches', async () => {
  const folder = createFolder();
  write(
    folder,
    'version: 1\nfixtures: [{ id: a, match: { model: other }, respond: { text: one } }]\n',
  );
  await using strict = await serve(['--fixtures', folder]);
  await using dynamic = await serve(['--fixtures', folder, '--on-unmatched', 'dynamic']);

  expect((await ask({}, { mock: strict })).status).toBe(404);
  expect((await ask({}, { mock: dynamic })).status).toBe(200);
});

it('--fail-on-unmatched ends with 1 and tells what had no fixture', async () => {
  const folder = createFolder();
  write(
    folder,
    'version: 1\nfixtures: [{ id: a, match: { model: other }, respond: { text: one } }]\n',
  );
  await using mock = await serve(['--fixtures', folder, '--fail-on-unmatched']);
  await ask({}, { mock });
  const { code, stderr } = await mock.stop();

  expect(code).toBe(1);
  expect(stderr).toContain('1 unmatched.');
  expect(stderr).toContain('No fixture matched. Closest: "a"');
});

it('a fixture that cannot be loaded ends with 2, with its place', async () => {
  const folder = createFolder();
  write(folder, 'version: 1\nfixtures:\n  - { id: a, respnd: { text: one } }\n');
  const { code, stdout, stderr } = await run(['--port', '0', '--fixtures', folder]);

  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('Cannot load the fixtures:');
  expect(stderr).toMatch(/own\.longcat\.yaml:3:\d+: error: .*respnd/);
});

it('--watch serves an edit, and keeps what it has when an edit is bad', async () => {
  const folder = createFolder();
  write(folder, say('one'));
  await using mock = await serve(['--fixtures', folder, '--watch', '--log-level', 'error']);
  const { output } = mock;
  expect(await read(mock.url)).toBe('one');

  write(folder, 'version: 1\nfixtures:\n  - { id: a, respnd: { text: two } }\n');
  await waitFor(() => output.stderr.includes('The fixtures stay as they were:'));
  expect(output.stderr).toMatch(/own\.longcat\.yaml:3:\d+: error: .*respnd/);
  expect(await read(mock.url)).toBe('one');

  write(folder, say('three'));
  await waitFor(() => output.stderr.includes('Loaded the fixtures anew: 1 fixture.'));
  expect(await read(mock.url)).toBe('three');
});

it('--scenario with a typing error in it stops the start, and names the one that was meant', async () => {
  const { code, stderr } = await run(['--port', '0', '--scenario', 'rate-limt']);

  expect(code).toBe(2);
  expect(stderr).toContain('"rate-limt", as --scenario');
  expect(stderr).toContain('Did you mean "rate-limit"?');
});

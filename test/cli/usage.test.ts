import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { flags } from '../../src/cli/flags.ts';
import { quirkNames } from '../../src/contract/quirks.ts';
import { run } from './command.ts';

const commands = [
  'serve',
  'run',
  'health',
  'validate',
  'explain',
  'scenarios',
  'init',
  'openapi',
  'schema',
  'drift',
];

it('--help names every flag, every quirk and every command', async () => {
  const { code, stdout } = await run(['--help']);

  expect(code).toBe(0);
  for (const { flag } of Object.values(flags)) expect(stdout).toContain(flag);
  for (const name of quirkNames) expect(stdout).toContain(name);
  for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
});

it('--help fits a terminal of 120 columns', async () => {
  const { stdout } = await run(['--help']);

  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
});

it.each(commands)('%s --help says what it is for', async (command) => {
  const { code, stdout, stderr } = await run([command, '--help']);

  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(new RegExp(`^Usage: longcat-mock ${command}[^]*\\n\\n\\w+ `));
});

it('--version is that of the package', async () => {
  expect(await run(['--version'])).toEqual({
    code: 0,
    stdout: `${manifest.version}\n`,
    stderr: '',
  });
});

it.each([
  [
    ['--prot', '1'],
    ["unknown option '--prot'", 'Did you mean --port?'],
  ],
  [['serv'], ['Unknown command "serv"', 'Commands are serve, run, record, health']],
  [
    ['--port', '1', 'health'],
    ['The command comes first', 'longcat-mock health --port'],
  ],
  [['--port'], ["option '-p, --port <number>' argument missing"]],
  [
    ['--port', 'abc'],
    ['Invalid --port "abc"', 'expected a port from 0 to 65535', 'LONGCAT_MOCK_PORT'],
  ],
  [
    ['--port', '70000'],
    ['Invalid --port "70000"', 'expected a port from 0 to 65535'],
  ],
  [
    ['--quirk', 'nope=on'],
    ['Invalid --quirk "nope=on"', 'tool-delta-nulls'],
  ],
  [['--quirk', 'usage-alway=on'], ['Did you mean usage-always?']],
  [
    ['--quirk', 'usage-late=maybe'],
    ['Invalid --quirk "usage-late=maybe"', 'on or off'],
  ],
  [
    ['--cors-origin', 'app'],
    ['Invalid --cors-origin "app"', 'http://localhost:3000'],
  ],
  [
    ['--allowed-hosts', 'http://a'],
    ['Invalid --allowed-hosts "http://a"', 'mock.internal'],
  ],
  [['--port', ''], ['Invalid --port ""']],
  [
    ['--validate', 'strict'],
    ['Invalid --validate "strict"', 'expected error, warn or off'],
  ],
  [
    ['--max-body', 'huge'],
    ['Invalid --max-body "huge"', 'expected a size such as 32mb'],
  ],
  [
    ['--log-level', 'loud'],
    ['Invalid --log-level "loud"', 'expected silent, error, info or debug'],
  ],
  [
    ['--config', '/nowhere/at/all.yaml'],
    ['Cannot read the configuration file "/nowhere/at/all.yaml"', '--config'],
  ],
])('%j ends with 2 and says what to do', async (args, words) => {
  const { code, stdout, stderr } = await run(args);

  expect(code).toBe(2);
  expect(stdout).toBe('');
  for (const word of words) expect(stderr).toContain(word);
});

it('every mistake of every source is told at once, by the name it has there', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'longcat-mock-')), 'config.yaml');
  writeFileSync(path, 'validate: maybe\nmodles: [a]\n');
  const { code, stderr } = await run(['--config', path, '--port', 'x'], {
    LONGCAT_MOCK_MAX_BODY: 'y',
  });

  expect(code).toBe(2);
  expect(stderr).toContain('Invalid --port "x"');
  expect(stderr).toContain('Invalid LONGCAT_MOCK_MAX_BODY "y"');
  expect(stderr).toContain(`Invalid "validate" in ${path} "maybe"`);
  expect(stderr).toContain(`Unknown setting "modles" in ${path}`);
});

it.each([
  ['a: [', 'is neither YAML nor JSON'],
  ['just text', 'has to hold settings'],
])('a configuration file of %j is refused', async (text, words) => {
  const path = join(mkdtempSync(join(tmpdir(), 'longcat-mock-')), 'config.yaml');
  writeFileSync(path, text);
  const { code, stderr } = await run(['--config', path]);

  expect(code).toBe(2);
  expect(stderr).toContain(path);
  expect(stderr).toContain(words);
});

it('an address that cannot be bound ends with 2', async () => {
  const { code, stderr } = await run(['--host', '203.0.113.1', '--port', '0']);

  expect(code).toBe(2);
  expect(stderr).toContain('Cannot listen on 203.0.113.1:0');
});

it.each([
  ['max-body: 1', 'Unknown setting "max-body"', 'Did you mean maxBody?'],
  ['quirks: { usage-alway: on }', 'Invalid "quirks"', 'Did you mean usage-always?'],
])('a configuration file of %j is told what was meant', async (text, ...words) => {
  const path = join(mkdtempSync(join(tmpdir(), 'longcat-mock-')), 'config.yaml');
  writeFileSync(path, text);
  const { code, stderr } = await run(['--config', path]);

  expect(code).toBe(2);
  for (const word of words) expect(stderr).toContain(word);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

it('a variable that is no setting is told, unless Kubernetes could have set it', async () => {
  const { stderr } = await run(['--port', 'x'], {
    LONGCAT_MOCK_PROT: '1',
    LONGCAT_MOCK_SERVICE_HOST: '10.0.0.1',
    LONGCAT_MOCK_PORT_4010_TCP_ADDR: '10.0.0.1',
  });

  expect(stderr).toContain('Ignoring LONGCAT_MOCK_PROT: there is no such setting.');
  expect(stderr).not.toContain('10.0.0.1');
  expect(stderr).not.toContain('SERVICE_HOST');
});

it.each([
  '/nowhere/at/all/ready.json',
  tmpdir(),
])('a ready file that cannot be written at %s ends with 2', async (path) => {
  const { code, stdout, stderr } = await run(['--port', '0', '--ready-file', path]);

  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(`"${path}" of --ready-file`);
});

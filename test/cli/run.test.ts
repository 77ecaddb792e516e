import { mkdtempSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { waitFor } from '../wait.ts';
import { type Finished, launch, run } from './command.ts';

const greeting = JSON.stringify({
  model: 'LongCat-2.0',
  messages: [{ role: 'user', content: 'Hello!' }],
});

/** What a script of Node's can call. */
const prelude = `
  const { env } = process;
  const body = ${JSON.stringify(greeting)};
  const post = (url, key, session = 'default') => fetch(url, {
    method: 'POST',
    body,
    headers: { authorization: 'Bearer ' + key, 'x-longcat-mock-session': session },
  });
  const chat = (session) =>
    post(env.OPENAI_BASE_URL + '/chat/completions', env.OPENAI_API_KEY, session);
  const message = () => post(env.ANTHROPIC_BASE_URL + '/v1/messages', env.ANTHROPIC_AUTH_TOKEN);
`;

interface Running {
  readonly flags?: readonly string[];
  readonly environment?: Record<string, string>;
}

/** Runs a script of Node's under \`run\`. */
function runScript(
  code: string,
  { flags = [], environment = {} }: Running = {},
): Promise<Finished> {
  const script = `${prelude}(async () => { ${code} })()`;
  return run(['run', ...flags, '--', process.execPath, '-e', script], environment);
}

function writeFixtures(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'longcat-mock-')), 'own.longcat.yaml');
  writeFileSync(path, text);
  return path;
}

const burst = `version: 1
fixtures:
  - id: burst
    match: { messages: { last: { text: { contains: burst } } } }
    respond: { text: Here. }
`;

it('the command finds both addresses and accepted keys in its environment', async () => {
  const { code, stdout } = await runScript(
    `
    const statuses = [(await chat()).status, (await message()).status];
    const { OPENAI_BASE_URL, ANTHROPIC_BASE_URL, LONGCAT_BASE_URL, LONGCAT_API_KEY } = env;
    console.log(JSON.stringify({
      statuses, OPENAI_BASE_URL, ANTHROPIC_BASE_URL, LONGCAT_BASE_URL, LONGCAT_API_KEY,
    }));
  `,
    { flags: ['--accept-key', 'no-other'] },
  );
  const seen = JSON.parse(stdout);

  expect(code).toBe(0);
  expect(seen.LONGCAT_BASE_URL).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(seen).toEqual({
    statuses: [200, 200],
    OPENAI_BASE_URL: `${seen.LONGCAT_BASE_URL}/openai/v1`,
    ANTHROPIC_BASE_URL: `${seen.LONGCAT_BASE_URL}/anthropic`,
    LONGCAT_BASE_URL: seen.LONGCAT_BASE_URL,
    LONGCAT_API_KEY: 'lcmock_default',
  });
});

it('the command has the environment of its caller besides, but for the key that LongCat refuses', async () => {
  const environment = {
    ANTHROPIC_API_KEY: 'sk-real',
    OPENAI_API_KEY: 'sk-real',
    OPENAI_BASE_URL: 'https://api.openai.com/v1',
    ANTHROPIC_AUTH_TOKEN: 'sk-real',
    MINE: 'kept',
  };
  const { stdout } = await runScript('console.log(JSON.stringify(env))', { environment });
  const seen = JSON.parse(stdout);

  expect(seen).not.toHaveProperty('ANTHROPIC_API_KEY');
  expect(seen.MINE).toBe('kept');
  expect(stdout).not.toContain('sk-real');
  expect(stdout).not.toContain('api.openai.com');
});

it('the command’s output is its own, and the summary goes to stderr', async () => {
  const { stdout, stderr } = await runScript("console.log('out'); console.error('err');");

  expect(stdout).toBe('out\n');
  expect(stderr).toBe(
    'err\nlongcat-mock: 0 requests: 0 answered by fixtures, 0 generated, 0 refused, of those 0 unmatched.\n',
  );
});

it('arguments reach the command as they are', async () => {
  const args = ['a b', '--port', '7', '$HOME', '"', '*', ''];
  const code = 'console.log(JSON.stringify(process.argv.slice(1)))';
  const { stdout } = await run(['run', '--', process.execPath, '-e', code, '--', ...args]);

  expect(JSON.parse(stdout)).toEqual(args);
});

it.each([0, 1, 7, 255])('exit code %i of the command is ours', async (status) => {
  expect((await runScript(`process.exit(${status})`)).code).toBe(status);
});

it.each([
  'SIGKILL',
  'SIGTERM',
  'SIGINT',
] as const)('a command that dies of %s is 128 and its number', async (signal) => {
  const { code } = await runScript(
    `process.kill(process.pid, '${signal}'); setInterval(() => {}, 1000)`,
  );

  expect(code).toBe(128 + constants.signals[signal]);
});

it.each([
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
] as const)('%s is handed on to the command, whose end is ours', async (signal) => {
  const script = `
      process.on('${signal}', () => { console.log('got it'); process.exit(9); });
      setInterval(() => {}, 1000);
      console.log('up');
    `;
  const { child, output, code } = launch(['run', '--', process.execPath, '-e', script]);
  await waitFor(() => output.stdout === 'up\n');
  child.kill(signal);

  expect(await code).toBe(9);
  expect(output.stdout).toBe('up\ngot it\n');
  expect(output.stderr).toContain('longcat-mock: 0 requests');
});

it('a command that there is not ends with 2, and is named', async () => {
  const { code, stdout, stderr } = await run(['run', '--', 'no-such-command-at-all', 'x']);

  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toBe(
    'error: Cannot run "no-such-command-at-all": there is no such command. Is it installed, and on the PATH?\n',
  );
});

it.each([
  [['run'], "missing required argument 'command'"],
  [['run', '--'], "missing required argument 'command'"],
  [['run', '--port', 'x', '--', 'true'], 'Invalid --port "x"'],
  [['run', '--fixtures', '/nowhere/at/all', '--', 'true'], '/nowhere/at/all'],
  [['run', '--prot', '1', '--', 'true'], "unknown option '--prot'"],
])('%j ends with 2 and says why', async (args, words) => {
  const { code, stderr } = await run(args);

  expect(code).toBe(2);
  expect(stderr).toContain(words);
});

it('a mock of another command is no hindrance: each has a port of its own', async () => {
  const script = `${prelude} chat().then(({ status }) => console.log(status, env.LONGCAT_BASE_URL))`;
  const both = await Promise.all(
    [1, 2].map(() => run(['run', '--', process.execPath, '-e', script])),
  );
  const lines = both.map(({ stdout }) => stdout);

  for (const line of lines) expect(line).toMatch(/^200 http/);
  expect(new Set(lines).size).toBe(2);
});

it('what no fixture matched is told at the end, with the session and the reason', async () => {
  const fixtures = writeFixtures(burst);
  const { code, stderr } = await runScript("await chat('worker-1'); await message();", {
    flags: ['--fixtures', fixtures, '--log-level', 'silent'],
  });

  expect(code).toBe(0);
  expect(stderr).toContain('longcat-mock: 2 requests: 0 answered by fixtures');
  expect(stderr).toContain('2 unmatched.');
  expect(stderr).toMatch(
    /longcat-mock: {3}POST \/openai\/v1\/chat\/completions \(session "worker-1", request [\da-f]{32}\): No fixture matched\. Closest: "burst"/,
  );
  expect(stderr).toMatch(/longcat-mock: {3}POST \/anthropic\/v1\/messages \(session "default"/);
});

it.each([
  ['0', 1],
  ['3', 3],
])('--fail-on-unmatched: a command that ends with %s ends with %i', async (status, expected) => {
  const flags = ['--fixtures', writeFixtures(burst), '--fail-on-unmatched'];
  const { code } = await runScript(`await chat(); process.exit(${status})`, { flags });

  expect(code).toBe(expected);
});

it('--fail-on-unmatched is silent where all was matched', async () => {
  const fixtures = writeFixtures('version: 1\nfixtures: [{ id: all, respond: { text: Here. } }]\n');
  const flags = ['--fixtures', fixtures, '--fail-on-unmatched'];

  expect((await runScript('await chat();', { flags })).code).toBe(0);
});

it('--fail-on-unmatched remembers what the journal has dropped', async () => {
  const fixtures = writeFixtures(
    'version: 1\nfixtures: [{ id: chat, match: { api: openai }, respond: { text: Here. } }]\n',
  );
  const flags = ['--fixtures', fixtures, '--fail-on-unmatched', '--log-level', 'silent'];
  const { code, stderr } = await runScript(
    `
    await message();
    for (let round = 0; round < 11; round += 1) {
      await Promise.all(Array.from({ length: 100 }, () => chat()));
    }
  `,
    { flags },
  );

  expect(stderr).toContain('longcat-mock: 1101 requests: 1100 answered by fixtures');
  expect(stderr).toContain('POST /anthropic/v1/messages (session "default"');
  expect(code).toBe(1);
});

it('the verdict on the client is told at the end', async () => {
  const flags = ['--scenario', 'rate-limit-hard'];
  const { stderr } = await runScript('for (let n = 0; n < 3; n += 1) await chat();', { flags });

  expect(stderr).toMatch(/longcat-mock: .*retr/i);
});

it('the helpers of test runners find the mock of run, and the command does not wonder', async () => {
  const { stdout, stderr } = await runScript(
    `console.log(env.LONGCAT_MOCK_URL === env.LONGCAT_BASE_URL)`,
    { environment: { LONGCAT_MOCK_URL: 'http://127.0.0.1:9' } },
  );

  expect(stdout).toBe('true\n');
  expect(stderr).not.toContain('LONGCAT_MOCK_URL');
});

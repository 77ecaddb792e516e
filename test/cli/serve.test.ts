import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { ask, messagesPath } from '../ask.ts';
import { run, serve } from './command.ts';

it('one ready line on stdout tells the addresses', async () => {
  await using mock = await serve();

  expect(mock.output.stdout).toBe(
    `longcat-mock ready url=${mock.url} openai=${mock.url}/openai/v1 anthropic=${mock.url}/anthropic models=LongCat-2.0 fixtures=0 unmatched=dynamic version=${manifest.version} pid=${mock.pid}\n`,
  );
  expect((await ask({}, { mock })).status).toBe(200);
});

it('--json tells the same as JSON, and logs as JSON', async () => {
  await using mock = await serve(['--json', '--log-level', 'info']);
  await ask({}, { mock });
  const { stdout, stderr } = await mock.stop();

  expect(JSON.parse(stdout)).toMatchObject({ event: 'ready', url: mock.url, pid: mock.pid });
  expect(JSON.parse(stderr)).toMatchObject({ method: 'POST', status: 200, msg: 'request' });
});

it('--ready-file holds the addresses while the mock runs, and is gone afterwards', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'longcat-mock-')), 'ready.json');
  await using mock = await serve(['--ready-file', path]);

  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ url: mock.url, pid: mock.pid });
  await mock.stop();
  expect(existsSync(path)).toBe(false);
});

it('a ready file of a mock that was killed is gone before a new one listens', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'longcat-mock-')), 'ready.json');
  writeFileSync(path, '{"url":"http://127.0.0.1:1"}');
  await using mock = await serve();
  const { port } = new URL(mock.url);
  await run(['--port', port, '--ready-file', path]);

  expect(existsSync(path)).toBe(false);
});

it('a ready file that another mock wrote since stays', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'longcat-mock-')), 'ready.json');
  await using first = await serve(['--ready-file', path]);
  await using second = await serve(['--ready-file', path]);
  await first.stop();

  expect(JSON.parse(readFileSync(path, 'utf8')).pid).toBe(second.pid);
});

it('a configuration file may switch quirks as YAML does', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'longcat-mock-')), 'config.yaml');
  writeFileSync(path, 'quirks:\n  effective-cached-tokens: on\nseed: 7\n');
  await using mock = await serve(['--config', path]);

  expect((await (await ask({}, { mock })).json()).usage).toHaveProperty('effectiveCachedTokens');
});

it('a refusal is logged with what mends it', async () => {
  await using mock = await serve();
  await ask({ top_p: 2, reasoning_effort: 'bad\u001b[2J' }, { mock });
  await ask({}, { mock, headers: { authorization: '', 'x-api-key': 'k' } });
  await ask({ model: 'longcat-2.0' }, { mock });
  const { stderr } = await mock.stop();

  expect(stderr).toContain('  /top_p: 2 is not less or equal to 1\n');
  expect(stderr).toContain('bad\\u001b[2J is not a valid enum value');
  expect(stderr).toContain('LongCat ignores x-api-key: send "Authorization: Bearer KEY"');
  expect(stderr).toContain('The model "longcat-2.0" is not served, only LongCat-2.0');
});

it('without a terminal nothing is logged but what needs attention', async () => {
  await using mock = await serve();
  await ask({}, { mock });
  await ask({}, { mock, path: '/v1/chat/completions' });
  const { stderr } = await mock.stop();

  expect(stderr).toMatch(
    /^POST \/v1\/chat\/completions 404 [\d.]+ ms\n {2}No route POST \/v1\/chat\/completions\. Did you mean POST \/openai\/v1\/chat\/completions\?\n$/,
  );
});

it('--log-level info writes a line for every request', async () => {
  await using mock = await serve(['--log-level', 'info']);
  await ask({}, { mock, path: messagesPath });
  const { stderr } = await mock.stop();

  expect(stderr).toMatch(/\nPOST \/anthropic\/v1\/messages 200 [\d.]+ ms\n$/);
});

it('a line break in a path makes no line of its own', async () => {
  await using mock = await serve(['--log-level', 'info']);
  await ask({}, { mock, path: '/a%0Ab' });
  const { stderr } = await mock.stop();

  expect(stderr).toMatch(/^POST \/a\\nb 404 /m);
});

it('--log-level debug tells the settings, but no key', async () => {
  await using mock = await serve(['--log-level', 'debug', '--accept-key', 'planted-secret']);
  const { stderr } = await mock.stop();

  expect(stderr).toContain('"models":["LongCat-2.0"]');
  expect(stderr).not.toContain('planted-secret');
});

it.each<NodeJS.Signals>([
  'SIGTERM',
  'SIGINT',
])('%s ends the mock with 0, idle connections or not', async (signal) => {
  await using mock = await serve();
  const agent = new Agent({ keepAlive: true });
  await new Promise((resolve) => {
    request(`${mock.url}/health`, { agent }, (response) =>
      response.resume().on('end', resolve),
    ).end();
  });

  expect((await mock.stop(signal)).code).toBe(0);
  agent.destroy();
});

it('a taken port is told with its holder, and ends with 2', async () => {
  await using mock = await serve();
  const { port } = new URL(mock.url);
  const { code, stdout, stderr } = await run(['--port', port]);

  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(
    `Port ${port} on 127.0.0.1 is taken by another longcat-mock ${manifest.version}`,
  );
  expect(stderr).toContain(`pid ${mock.pid}`);
  expect(stderr).toContain('--port (0 for any free one)');
});

it('every setting of the wire reaches the answers', async () => {
  await using mock = await serve([
    ...['--models', 'LongCat-2.0,LongCat-2.5-Preview', '--accept-key', 'k1', '--accept-key', 'k2'],
    ...['--quirk', 'gateway-headers=on', '--quirk', 'effective-cached-tokens=on', '--seed', '7'],
    ...['--validate', 'warn', '--max-body', '1kb', '--allowed-hosts', 'mock.internal'],
    ...['--cors-origin', 'https://app.example'],
  ]);
  const headers = { authorization: 'Bearer k2', origin: 'https://app.example' };
  const answered = await ask({ model: 'LongCat-2.5-Preview', top_p: 2 }, { mock, headers });
  const refused = await ask({}, { mock, headers: { authorization: 'Bearer k3' } });
  const large = await ask({ padding: 'x'.repeat(1024) }, { mock, headers });

  expect(answered.headers.get('m-appkey')).toBe('com.sankuai.friday.lap.proxy');
  expect(answered.headers.get('x-longcat-mock-violations')).toContain('/top_p');
  expect(answered.headers.get('access-control-allow-origin')).toBe('https://app.example');
  expect(await answered.json()).toMatchObject({
    model: 'LongCat-2.5-Preview',
    usage: { effectiveCachedTokens: 0 },
  });
  expect([refused.status, large.status]).toEqual([401, 413]);
});

it('--strict-contract removes the mock’s own headers', async () => {
  await using mock = await serve(['--strict-contract']);
  const { headers } = await ask({}, { mock });

  expect([...headers.keys()].filter((name) => name.startsWith('x-longcat'))).toEqual([]);
});

it('flags win over variables, variables over the file, the file over defaults', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'longcat-mock-')), 'config.yaml');
  writeFileSync(path, 'models: [from-file]\nacceptKeys: [file-key]\nseed: file\n');
  await using mock = await serve(['--config', path, '--models', 'from-flag'], {
    LONGCAT_MOCK_MODELS: 'from-variable',
    LONGCAT_MOCK_ACCEPT_KEY: 'variable-key',
  });
  const asked = (model: string, key: string) =>
    ask({ model }, { mock, headers: { authorization: `Bearer ${key}` } });

  expect((await asked('from-flag', 'variable-key')).status).toBe(200);
  expect((await asked('from-variable', 'variable-key')).status).toBe(400);
  expect((await asked('from-flag', 'file-key')).status).toBe(401);
});

it('a variable that Kubernetes sets is ignored, with a warning', async () => {
  await using mock = await serve(['--host', '127.0.0.1'], {
    LONGCAT_MOCK_MAX_BODY: 'tcp://10.0.0.1:4010',
  });

  expect(mock.output.stderr).toContain('Ignoring LONGCAT_MOCK_MAX_BODY="tcp://10.0.0.1:4010"');
  expect((await ask({}, { mock })).status).toBe(200);
});

it('two processes with one seed give one answer, but for its time', async () => {
  const texts = await Promise.all(
    ['forward', 'backward'].map(async (order) => {
      await using mock = await serve(['--seed', 'twins']);
      const prompts = order === 'forward' ? ['one', 'two', 'three'] : ['three', 'two', 'one'];
      const bodies: string[] = [];
      for (const content of prompts) {
        for (const stream of [false, true]) {
          const body = { stream, messages: [{ role: 'user', content }] };
          bodies.push(await (await ask(body, { mock })).text());
          bodies.push(await (await ask(body, { mock, path: messagesPath })).text());
        }
      }
      return bodies.map((body) => body.replaceAll(/"created":\d+/g, '"created":0')).sort();
    }),
  );

  expect(texts[0]).toEqual(texts[1]);
  expect(new Set(texts[0]).size).toBe(12);
});

it('health is 0 while the mock is up, and 1 with a reason when it is not', async () => {
  await using mock = await serve();
  const { port } = new URL(mock.url);
  const up = await run(['health', '--port', port]);
  const byVariable = await run(['health'], { LONGCAT_MOCK_PORT: port });
  await mock.stop();
  const down = await run(['health', '--port', port]);

  expect(JSON.parse(up.stdout)).toMatchObject({ status: 'ok', name: 'longcat-mock' });
  expect([up.code, byVariable.code, down.code]).toEqual([0, 0, 1]);
  expect(down.stderr).toContain(`No longcat-mock answers at http://127.0.0.1:${port}/health.`);
});

import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { chromium, here, run } from './runner.mjs';

const cwd = join(here, 'playwright');
const skip = chromium === undefined && 'there is no Chromium: name yours in CHROMIUM_PATH';

async function runPlaywright(tests, env = {}) {
  const { stdout, stderr } = await run('@playwright/test/cli.js', ['test'], {
    cwd,
    env: { CHROMIUM_PATH: chromium, TESTS: tests, ...env },
  });
  assert.ok(stdout.includes('"stats"'), `no report:\n${stdout}\n${stderr}`);
  return { ...JSON.parse(stdout.slice(stdout.indexOf('{'))), stderr };
}

async function findPort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

test('Playwright: without a web server, each worker has a mock', { skip }, async () => {
  const { stats, errors, suites } = await runPlaywright('session.spec.mjs');

  assert.equal(stats.expected, 4, JSON.stringify([errors, suites]));
});

test('Playwright: with longcatServer, the tests use that mock', { skip }, async () => {
  const env = { MOCK_PORT: await findPort() };
  const { stats, errors, suites } = await runPlaywright('session.spec.mjs', env);

  assert.equal(stats.expected, 4, JSON.stringify([errors, suites]));
});

test('Playwright: an unmatched request fails the test with what differs', async () => {
  const report = await runPlaywright('failures.spec.mjs');
  const text = JSON.stringify(report);

  assert.equal(report.stats.unexpected, 1, text);
  assert.match(text, /1 request of session .{1,3}unmatched-\w+.{1,3} had no fixture\./);
  assert.match(text, /differs at turnIndex/);
});

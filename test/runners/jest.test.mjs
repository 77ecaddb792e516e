import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { here, run } from './runner.mjs';

const cwd = join(here, 'jest');

async function runJest(args, options = {}) {
  const { stdout, stderr, code } = await run('jest/bin/jest.js', ['--json', ...args], {
    cwd,
    ...options,
  });
  assert.ok(stdout.startsWith('{'), `no report:\n${stdout}\n${stderr}`);
  return { ...JSON.parse(stdout), stderr, code };
}

test('Jest: each test of CommonJS files has a session of its own', async () => {
  const report = await runJest(['one', 'two']);

  assert.equal(report.numFailedTests, 0, report.stderr);
  assert.equal(report.numPassedTests, 12);
  assert.doesNotMatch(report.stderr, /did not exit|open handle/);
});

test('Jest: what goes wrong fails the test, in words that say what to do', async () => {
  const { testResults } = await runJest(['failures']);
  const [unmatched, forgotten] = testResults[0].assertionResults.map(({ failureMessages }) =>
    failureMessages.join('\n'),
  );

  assert.match(unmatched, /1 request of session "unmatched-\w+" had no fixture\./);
  assert.match(unmatched, /Closest: "burst" \(0 of 1 conditions\) differs at turnIndex/);
  assert.match(forgotten, /Nobody waited for use\(\): write "await" before it/);
});

test('Jest: without a global setup, the lines that are missing are told', async () => {
  const { stderr } = await runJest(['--config', '{"testEnvironment":"node"}', 'one']);

  assert.match(
    stderr,
    /There is no mock for the tests. Add to the configuration of Jest: globalSetup/,
  );
});

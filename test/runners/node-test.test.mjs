import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { here, run } from './runner.mjs';

const cwd = join(here, 'node-test');

function runNode(...files) {
  return run('', ['--test', '--test-reporter=tap', ...files], { cwd });
}

test('node:test: each test has a session of its own, and the process ends', async () => {
  const { stdout, code } = await runNode('session.test.mjs', 'required.test.cjs');

  assert.equal(code, 0, stdout);
  assert.match(stdout, /^# pass 8$/m);
});

test('node:test: what goes wrong fails the test, in words that say what to do', async () => {
  const { stdout, code } = await runNode('failures.test.mjs');

  assert.equal(code, 1);
  assert.match(stdout, /^# fail 2$/m);
  assert.match(stdout, /1 request of session "unmatched-\w+" had no fixture\./);
  assert.match(stdout, /Nobody waited for use\(\): write "await" before it/);
});

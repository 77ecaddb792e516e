import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { here, run } from './runner.mjs';

const root = join(here, 'vitest');
const generated = join(root, 'generated');
const files = 16;

async function runVitest(pattern, env) {
  const args = ['run', '--root', root, '--reporter=json', pattern];
  const { stdout, stderr } = await run('vitest/vitest.mjs', args, { env });
  const start = stdout.indexOf('{');
  assert.notEqual(start, -1, `no report:\n${stdout}\n${stderr}`);
  return { ...JSON.parse(stdout.slice(start)), stderr };
}

function generate() {
  rmSync(generated, { recursive: true, force: true });
  mkdirSync(generated, { recursive: true });
  for (let number = 0; number < files; number += 1) {
    const text = `import { askAtOnce } from '../isolation.mjs';\naskAtOnce('file ${number}');\n`;
    writeFileSync(join(generated, `${number}.test.mjs`), text);
  }
}

for (const [setup, env] of [
  ['one mock for all', {}],
  ['a mock for each worker', { WITHOUT_SETUP: '1' }],
]) {
  test(`Vitest: with ${setup}, 320 concurrent tests see their own requests alone`, async () => {
    generate();
    const seen = join(generated, 'seen.txt');
    const report = await runVitest('generated', { ...env, SEEN: seen });

    assert.equal(report.numFailedTests, 0, JSON.stringify(report.testResults[0]));
    assert.equal(report.numPassedTests, files * 20);
    const lines = readFileSync(seen, 'utf8').trim().split('\n');
    const [urls, pids, names] = [0, 1, 2].map(
      (index) => new Set(lines.map((line) => line.split(' ')[index])),
    );
    assert.equal(names.size, files * 20);
    assert.ok(pids.size > 1);
    assert.equal(urls.size === 1, env.WITHOUT_SETUP === undefined);
  });
}

test('Vitest: what goes wrong fails the test, in words that say what to do', async () => {
  const report = await runVitest('failures');
  const told = new Map(
    report.testResults[0].assertionResults.map(({ title, status, failureMessages }) => [
      title,
      `${status}\n${failureMessages.join('\n')}`,
    ]),
  );

  assert.match(told.get('unmatched'), /^failed\nMockError: 1 request of session "unmatched-/);
  assert.match(told.get('unmatched'), /Closest: "burst" \(0 of 1 conditions\) differs at messages/);
  assert.match(
    told.get('unmatched'),
    /Closest fixture .*\| Request\n.*contains "burst" +\| "hello"/,
  );
  assert.match(
    told.get('forgotten'),
    /^failed\nMockError: Nobody waited for use\(\): write "await"/,
  );
  assert.match(
    told.get('not received'),
    /expected at least 1 request, received 0 requests\.\nNearest/,
  );
  assert.match(told.get('received after all'), /expected 0 requests, received 1 request\./);
  assert.match(told.get('no session'), /toHaveReceived\(\) wants a session, such as "longcat"/);
  assert.match(told.get('refused'), /fixtures\[0\]\.respond\.txt: Unknown key "txt"/);
  assert.match(told.get('refused'), /^ {4}at .*failures\.test\.mjs:\d+/m);
  assert.match(told.get('gone'), /There is no session "gone-\w+" any more/);
  assert.match(told.get('unknown scenario'), /no scenario or fixture "rate-limt".*"rate-limit/);
});

test('Vitest: unmatched requests may be let be', async () => {
  const report = await runVitest('allowed');

  assert.equal(report.numPassedTests, 1, JSON.stringify(report));
});

test('Vitest: a mock that cannot be reached is told before any test', async () => {
  const { stdout, stderr } = await run('vitest/vitest.mjs', ['run', '--root', root, 'allowed'], {
    env: { LONGCAT_MOCK_URL: 'http://127.0.0.1:9' },
  });

  assert.match(stdout + stderr, /No mock answers at http:\/\/127\.0\.0\.1:9: .*Start one there/);
});

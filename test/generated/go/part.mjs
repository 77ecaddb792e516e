import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { capture, has } from '../command.mjs';
import { createTally, say } from '../tally.mjs';

const missing =
  'There is no Go of 1.21 or later, which would fetch the one in go.mod: install it from https://go.dev/dl.';

/** oapi-codegen, of the version that go.mod names. */
export async function test({ root, folder, made, mock }) {
  const tally = createTally();
  if (!tally.check('Go is there', has('go', ['version']) ? '' : missing)) return tally.counts;

  const go = (...args) => capture('go', args, { cwd: folder, env: settings(made, mock) });
  const client = join(made, 'client');
  mkdirSync(client, { recursive: true });
  const document = join(root, 'openapi/longcat.json');
  const { output } = go('tool', 'oapi-codegen', '-config', 'oapi-codegen.yaml', document);
  const said = output.replaceAll(/^go: downloading .*$/gm, '').trim();
  if (!tally.check('oapi-codegen takes the document', said)) return tally.counts;

  const { status, output: complaints } = go('vet', './...');
  tally.check('go vet takes client and tests', status === 0 ? '' : complaints);
  tally.add(readTests(go('test', '-count=1', '-json', '.').output));
  return tally.counts;
}

/** What Go downloads and builds stays in this folder, and can be deleted. */
function settings(made, mock) {
  return {
    GOPATH: join(made, 'path'),
    GOCACHE: join(made, 'cache'),
    GOFLAGS: '-modcacherw -buildvcs=false',
    GOWORK: 'off',
    MOCK_URL: mock.url,
    NO_PROXY: '127.0.0.1',
  };
}

/** The counts of tests without tests inside; what failed is told. */
function readTests(output) {
  const events = output.split('\n').flatMap(readEvent);
  const ended = events.filter(({ Action, Test }) => Test && /^(pass|fail|skip)$/.test(Action));
  const leaves = ended.filter(
    ({ Test }) => !ended.some((other) => other.Test.startsWith(`${Test}/`)),
  );
  const count = (action) => leaves.filter(({ Action }) => Action === action).length;
  for (const { Action, Test } of leaves) say(`${Action}: ${Test}`);

  if (count('fail') > 0 || leaves.length === 0) {
    say(events.map(({ Output = '' }) => Output).join('') || output);
  }
  return {
    passed: count('pass'),
    failed: leaves.length ? count('fail') : 1,
    skipped: count('skip'),
  };
}

function readEvent(line) {
  return line.startsWith('{') ? [JSON.parse(line)] : [];
}

import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createHome, runCommand } from './command.mjs';
import { startMock } from './mock.mjs';
import { startOutside } from './outside.mjs';
import { readEvents, startRecorder } from './recorder.mjs';

const mock = await startMock();
const recorder = await startRecorder(mock.openai);
const outside = await startOutside();
const home = await createHome();
after(() => Promise.all([recorder.close(), outside.close(), mock.close(), home.remove()]));
await configure(join(home.path, '.config/opencode'));

// The package of one platform is installed, in the build for every processor of that platform: the
// package "opencode-ai" can only be locked where the registry has those of all platforms.
const binary = 'opencode-linux-x64-baseline/bin/opencode';
const skip = !(process.platform === 'linux' && process.arch === 'x64') && 'Linux on x64 only';

test('opencode prints the answer of the mock', { skip }, async () => {
  const { texts, exchanges } = await ask('Hello!');
  assert.equal(exchanges.length, 1);
  assert.deepEqual(texts, [readText(exchanges.at(-1))]);
});

test('opencode runs the tool that the mock calls, and ends with its answer', { skip }, async () => {
  const { texts, events, exchanges } = await ask('please todowrite');
  const calls = events.filter(({ type }) => type === 'tool_use');
  assert.deepEqual(
    calls.map(({ part }) => [part.tool, part.state.status]),
    [['todowrite', 'completed']],
  );
  assert.deepEqual(texts, [readText(exchanges.at(-1))]);
});

test('opencode asks nobody but the mock', { skip }, () => assert.deepEqual(outside.asked, []));

async function ask(prompt) {
  const start = recorder.exchanges.length;
  const args = ['run', '--format', 'json', prompt];
  const variables = {
    OPENCODE_DISABLE_AUTOUPDATE: '1',
    OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
    OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
    OPENCODE_DISABLE_MODELS_FETCH: '1',
    OPENCODE_DISABLE_SHARE: '1',
  };
  const ran = await runCommand(binary, args, {
    home: home.path,
    proxy: outside.url,
    variables,
  });
  assert.equal(ran.status, 0, ran.stdout + ran.stderr);
  const exchanges = recorder.exchanges.slice(start).filter(hasTools);
  for (const { method, path, status } of exchanges) {
    assert.equal(`${method} ${path} ${status}`, 'POST /openai/v1/chat/completions 200');
  }
  const events = ran.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const texts = events.filter(({ type }) => type === 'text').map(({ part }) => part.text);
  return { events, texts, exchanges };
}

/** The others ask for a title of the session; whether they end in time is up to chance. */
function hasTools({ question }) {
  return question.includes('"tools":');
}

/** opencode installs a package into this directory, unless its lock file says that it is there. */
async function configure(directory) {
  const dependencies = { '@opencode-ai/plugin': '*' };
  await mkdir(join(directory, 'node_modules'), { recursive: true });
  await writeJson(join(directory, 'package-lock.json'), { packages: { '': { dependencies } } });
  await writeJson(join(directory, 'opencode.json'), {
    model: 'longcat/LongCat-2.0',
    small_model: 'longcat/LongCat-2.0',
    provider: {
      longcat: {
        npm: '@ai-sdk/openai-compatible',
        options: { baseURL: `${recorder.url}/openai/v1`, apiKey: 'test' },
        models: { 'LongCat-2.0': {} },
      },
    },
  });
}

function writeJson(path, value) {
  return writeFile(path, JSON.stringify(value));
}

function readText(exchange) {
  const text = readEvents(exchange)
    .map(({ choices }) => choices[0]?.delta.content ?? '')
    .join('');
  assert.ok(text);
  return text;
}

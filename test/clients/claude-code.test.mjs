import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createHome, runCommand } from './command.mjs';
import { startMock } from './mock.mjs';
import { startOutside } from './outside.mjs';
import { readEvents, startRecorder } from './recorder.mjs';

const mock = await startMock();
const recorder = await startRecorder(mock.anthropic);
const outside = await startOutside();
const home = await createHome();
after(() => Promise.all([recorder.close(), outside.close(), mock.close(), home.remove()]));

test('Claude Code prints the answer of the mock', async () => {
  const { result, exchanges } = await ask('Hello!');
  assert.equal(exchanges.length, 1);
  assert.equal(result.num_turns, 1);
  assert.equal(result.result, readText(exchanges[0]));
});

test('Claude Code counts the tokens that the mock counts', async () => {
  const { result, exchanges } = await ask('Hello!');
  const { usage } = readEvents(exchanges[0]).find(isMessageDelta);
  assert.ok(usage.output_tokens > 0);
  assert.equal(result.usage.output_tokens, usage.output_tokens);
});

test('Claude Code runs the tool that the mock calls, and ends with its answer', async () => {
  const { result, exchanges } = await ask('please Read');
  assert.equal(result.num_turns, 2);
  const { messages } = JSON.parse(exchanges[1].question);
  const blocks = messages.flatMap(({ content }) => (Array.isArray(content) ? content : []));
  const call = blocks.find(({ type }) => type === 'tool_use');
  const outcome = blocks.find(({ type }) => type === 'tool_result');
  assert.equal(call.name, 'Read');
  assert.equal(outcome.tool_use_id, call.id);
  assert.equal(result.result, readText(exchanges[1]));
});

test('Claude Code asks nobody but the mock', () => assert.deepEqual(outside.asked, []));

async function ask(prompt) {
  const start = recorder.exchanges.length;
  const args = ['-p', prompt, '--output-format', 'json', '--allowedTools', 'Read'];
  const variables = {
    ANTHROPIC_BASE_URL: `${recorder.url}/anthropic`,
    ANTHROPIC_AUTH_TOKEN: 'test',
    ANTHROPIC_MODEL: 'LongCat-2.0',
    ANTHROPIC_SMALL_FAST_MODEL: 'LongCat-2.0',
    ANTHROPIC_DEFAULT_HAIKU_MODEL: 'LongCat-2.0',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
    DISABLE_TELEMETRY: '1',
    DISABLE_ERROR_REPORTING: '1',
  };
  const ran = await runCommand('.bin/claude', args, {
    home: home.path,
    proxy: outside.url,
    variables,
  });
  assert.equal(ran.status, 0, ran.stdout + ran.stderr);
  const exchanges = recorder.exchanges.slice(start);
  for (const { method, path, status } of exchanges) {
    assert.equal(`${method} ${path} ${status}`, 'POST /anthropic/v1/messages?beta=true 200');
  }
  return { result: JSON.parse(ran.stdout), exchanges };
}

function readText(exchange) {
  const text = readEvents(exchange)
    .map(({ delta }) => delta?.text ?? '')
    .join('');
  assert.ok(text);
  return text;
}

function isMessageDelta({ type }) {
  return type === 'message_delta';
}

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { hasStatus, longcat, readEvents, type Schemas } from './client.ts';

const url = process.env['MOCK_URL'] ?? '';
const client = longcat(url);

interface Case {
  readonly name: string;
  readonly format: 'chat' | 'message';
  readonly ends: string;
  readonly has: readonly string[];
  readonly body: Schemas['ChatRequest'] & Schemas['MessageRequest'];
}
interface ErrorCase {
  readonly name: string;
  readonly type: string;
  readonly status: number;
}
const cases: readonly Case[] = read('cases.json');
const errors: readonly ErrorCase[] = read('made/errors.json');

for (const { name, ends, has, body } of cases.filter(({ format }) => format === 'chat')) {
  test(`${name}, whole`, async () => {
    const { data } = await client.POST('/openai/v1/chat/completions', { body });
    const choice = data?.choices[0];
    assert.equal(choice?.finish_reason, ends);
    const { content, reasoning_content, tool_calls } = choice.message;
    const found = { content, reasoning_content, tool_calls, logprobs: choice.logprobs?.content };
    assert.deepEqual(listPresent(found), has);
    for (const call of tool_calls ?? []) {
      assert.equal(call.type, 'function');
      if (call.type === 'function') assert.match(call.function.name, /^get_/);
    }
  });

  test(`${name}, streamed`, async () => {
    const chunks: Schemas['ChatChunk'][] = [];
    for await (const event of readEvents<Schemas['ChatStreamEvent']>(await stream('chat', body))) {
      if ('error' in event) throw new Error(event.error.message);
      chunks.push(event);
    }
    const choices = chunks.flatMap(({ choices }) => choices);
    const ending = choices.map(({ finish_reason }) => finish_reason).filter(Boolean);
    assert.deepEqual(ending, [ends]);
    const calls = choices.flatMap(({ delta }) => delta.tool_calls ?? []);
    assert.equal(calls.length > 0, has.includes('tool_calls'));
    assert.equal(chunks.at(-1)?.lastOne, true);
  });
}

for (const { name, ends, has, body } of cases.filter(({ format }) => format === 'message')) {
  test(`${name}, whole`, async () => {
    const { data } = await client.POST('/anthropic/v1/messages', { body });
    assert.equal(data?.stop_reason, ends);
    assert.deepEqual([...new Set(data.content.map(({ type }) => type))], has);
    for (const block of data.content) {
      if (block.type === 'text') assert.ok(block.text.length > 0);
      if (block.type === 'tool_use') assert.equal(typeof block.input, 'object');
    }
  });

  test(`${name}, streamed`, async () => {
    const opened = new Set<string>();
    let ended: string | null | undefined;
    const response = await stream('message', body);
    for await (const event of readEvents<Schemas['MessageStreamEvent']>(response)) {
      if (event.type === 'content_block_start') opened.add(event.content_block.type);
      if (event.type === 'message_delta') ended = event.delta.stop_reason;
    }
    assert.deepEqual([...opened], has);
    assert.equal(ended, ends);
  });
}

for (const { name, type, status } of errors) {
  test(`the error ${name}`, async () => {
    const answer = await client.POST('/openai/v1/chat/completions', {
      body: { model: 'LongCat-2.0', messages: [{ role: 'user', content: 'Hello!' }] },
      headers: { 'x-longcat-mock-scenario': `the-error-${name}` },
      parseAs: type === 'text/html' ? 'text' : 'json',
    });
    assert.equal(answer.data, undefined);
    assert.equal(answer.response.status, status);
    if (hasStatus(answer, 429)) assert.equal(answer.error.error.type, 'rate_limit_error');
    if (hasStatus(answer, 456)) assert.match(answer.error.request_id, /^[0-9a-f]+$/);
    if (hasStatus(answer, 503)) assert.match(answer.error, /openresty/);
  });
}

test('the list of models', async () => {
  const { data } = await client.GET('/openai/v1/models');
  assert.deepEqual(
    data?.data.map(({ id }) => id),
    ['LongCat-2.0'],
  );
});

test('the detail of a model', async () => {
  const path = { model: 'LongCat-2.0' };
  const { data } = await client.GET('/anthropic/v1/models/{model}', { params: { path } });
  assert.equal(data?.context_length, 1_048_576);
});

test('the detail of an unknown model', async () => {
  const path = { model: 'Nope' };
  const answer = await client.GET('/openai/v1/models/{model}', { params: { path } });
  assert.ok(hasStatus(answer, 400));
  assert.equal(answer.error.error.message, 'Unsupported model');
});

function stream(format: Case['format'], body: Case['body']): Promise<Response> {
  const path = format === 'chat' ? '/openai/v1/chat/completions' : '/anthropic/v1/messages';
  const headers = { authorization: 'Bearer any', 'content-type': 'application/json' };
  const streamed = JSON.stringify({ ...body, stream: true });
  return fetch(url + path, { method: 'POST', headers, body: streamed });
}

function listPresent(members: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(members).filter((key) => members[key] !== undefined && members[key] !== null);
}

function read<T>(path: string): T {
  const folder = new URL('../../../../', import.meta.url);
  return JSON.parse(readFileSync(new URL(path, folder), 'utf8'));
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type ListeningOptions, startLongCatMock } from '../../src/index.ts';
import { createWire, type Received } from '../cases/wire.ts';
import { startRawServer } from '../record/raw-server.ts';
import { makeFolder, type RecordingMock, startRecorder } from '../record/recorder.ts';
import { call, refuse, textFixture } from './admin.ts';

const body = '{"object":"chat.completion"}';
const whole = `HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

async function arrange() {
  const upstream = await startRawServer([whole]);
  const cassettes = await makeFolder();
  const options = { cassettes, upstream: upstream.url, upstreamKey: 'upstream-key' };
  const recorder = await startRecorder({ ...options, record: 'none' });
  return { upstream, recorder, mock: recorder.mock };
}

function asSession(session: string) {
  return { 'x-longcat-mock-session': session };
}

it('records from when it is told to until it is told to stop', async () => {
  const { upstream, recorder, mock } = await arrange();
  await using _ = upstream;
  expect((await recorder.chat()).status).toBe(404);
  const started = await call(mock, 'startRecording', { body: {} });
  expect(started.body.mode).toBe('new_episodes');
  expect((await recorder.chat()).body).toBe(body);
  const stopped = await call(mock, 'stopRecording', { body: {} });
  expect(stopped.body).toMatchObject({
    mode: 'none',
    cassettes: [{ cassette: 'default', recordings: [expect.any(String)], unused: [] }],
  });
  expect((await recorder.chat()).body).toBe(body);
  expect((await recorder.chat({ max_tokens: 7 })).status).toBe(404);
  expect(upstream.count()).toBe(1);
});

it('records one session, into a cassette of its own', async () => {
  const { upstream, recorder, mock } = await arrange();
  await using _ = upstream;
  const start = { session: 'checkout', mode: 'all', cassette: 'checkout' };
  await call(mock, 'startRecording', { body: start });
  expect((await recorder.chat({}, asSession('other'))).status).toBe(404);
  expect((await recorder.chat({}, asSession('checkout'))).status).toBe(200);
  const { body: state } = await call(mock, 'getRecordings');
  expect(state.sessions).toEqual({ checkout: 'all' });
  expect(state.cassettes.map(({ cassette }) => cassette).toSorted()).toEqual([
    'checkout',
    'default',
  ]);
  await call(mock, 'stopRecording', { body: { session: 'checkout' } });
  expect((await recorder.chat({}, asSession('checkout'))).body).toBe(body);
  expect(upstream.count()).toBe(1);
});

it('plays the cassette that a session is declared with', async () => {
  const { upstream, recorder, mock } = await arrange();
  await using _ = upstream;
  const named = { 'x-longcat-mock-cassette': 'greeting' };
  await call(mock, 'startRecording', { body: {} });
  await recorder.chat({}, named);
  await call(mock, 'stopRecording', { body: {} });
  const { body: declared } = await call(mock, 'putSession', {
    id: 'checkout',
    body: { cassette: 'greeting' },
  });
  expect(declared.cassette).toBe('greeting');
  expect((await recorder.chat({}, asSession('checkout'))).body).toBe(body);
  expect((await recorder.chat({}, asSession('other'))).status).toBe(404);
});

it('has nothing to record with unless it was started so', async () => {
  await using mock = await startLongCatMock({ port: 0, fixtures: [] });
  for (const id of ['getRecordings', 'startRecording', 'stopRecording'] as const) {
    const asking = id === 'getRecordings' ? {} : { body: {} };
    const { status, code } = await refuse(mock, id, asking);
    expect([status, code]).toEqual([409, 'not_recording']);
  }
});

it('does not begin to record in CI', async () => {
  const { upstream, mock } = await arrange();
  await using _ = upstream;
  const { recorder } = mock.engine;
  if (!recorder) throw new Error('It records.');
  Object.assign(recorder, { mayCall: false });
  const { status, code } = await refuse(mock, 'startRecording', { body: { mode: 'all' } });
  expect([status, code]).toEqual([409, 'no_recording_in_ci']);
});

const weather = { name: 'get_weather', parameters: { type: 'object', properties: {} } };
const chatTools = { tools: [{ type: 'function', function: weather }] };
const messageTools = { tools: [{ name: weather.name, input_schema: weather.parameters }] };
const thinking = { thinking: { type: 'enabled', budget_tokens: 1024 } };
const longest = { max_tokens: 2000 };

const fixtures = [
  textFixture('greeting', 'Hello! 你好 🌍', { messages: { lastUser: 'Hello!' } }),
  {
    id: 'weather',
    match: { messages: { lastUser: 'Weather?' } },
    respond: {
      text: 'I look.',
      toolCalls: [{ name: 'get_weather', arguments: { city: 'Paris' } }],
    },
  },
  {
    id: 'thought',
    match: { messages: { lastUser: 'Think!' } },
    respond: { thinking: 'Let me see …', text: 'So it is.' },
  },
  {
    id: 'busy',
    match: { messages: { lastUser: 'Busy?' } },
    respond: [{ error: 'rate_limit_exceeded' }, { text: 'No more.' }],
  },
  {
    id: 'odd',
    match: { messages: { lastUser: 'Odd?' } },
    respond: {
      text: 'Odd, in other pieces.',
      headers: { 'x-odd': 'yes' },
      wire: { split: 7, newline: 'crlf', comments: true },
    },
  },
  {
    id: 'raw',
    match: { messages: { lastUser: 'Raw?' } },
    respond: { body: 'plain text', status: 502, raw: true },
  },
  {
    id: 'cut',
    match: { stream: true, messages: { lastUser: 'Cut?' } },
    respond: { text: 'This ends before it ends.', fault: 'STREAM_TRUNCATE' },
  },
];

function say(content: string, members: object = {}) {
  return { messages: [{ role: 'user', content }], ...longest, ...members };
}

const questions = [
  ...['Hello!', 'Nobody scripted this.', 'Odd?', 'Raw?', 'Busy?', 'Busy?'].map((text) => say(text)),
  say('Hello!', { stream_options: { include_usage: true } }),
  say('Think!', thinking),
  say('Weather?', { tools: true }),
];

/** Each question in both formats, whole and streamed; the answers in their order. */
async function askAll(recorder: RecordingMock, headers: Record<string, string>) {
  const answers: Received[] = [];
  for (const stream of [false, true]) {
    for (const { tools, ...question } of questions as readonly { tools?: boolean }[]) {
      const members = { ...question, stream };
      answers.push(await recorder.chat({ ...members, ...(tools && chatTools) }, headers));
      answers.push(await recorder.message({ ...members, ...(tools && messageTools) }, headers));
    }
  }
  return answers.map(({ status, headers: { date: _, connection: __, ...rest }, body: text }) => {
    const { 'transfer-encoding': ___, 'content-length': ____, ...told } = rest;
    return { status, headers: told, body: text };
  });
}

async function startScripted(options: ListeningOptions = {}) {
  const recorder = await startRecorder({ onUnmatched: 'dynamic', ...options });
  await call(recorder.mock, 'addFixtures', { body: fixtures });
  return recorder;
}

it('turns what a session was answered into a cassette that gives back the same bytes', async () => {
  const cassettes = await makeFolder();
  const quirks = { 'gateway-headers': true };
  const scripted = await startScripted({ cassettes, quirks, record: 'none' });
  const answers = await askAll(scripted, asSession('checkout'));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 429, 502]));
  const { body: made } = await call(scripted.mock, 'snapshotRecordings', {
    body: { session: 'checkout', cassette: 'checkout' },
  });
  if (made.format !== 'cassette') throw new Error('It is a cassette.');
  expect(made).toMatchObject({ path: join(cassettes, 'checkout.json'), notices: [], skipped: [] });
  const written = JSON.parse(await readFile(made.path ?? '', 'utf8'));
  expect(made.cassette).toEqual(written);
  const player = await startRecorder({ cassettes, record: 'none' });
  const replayed = await askAll(player, { 'x-longcat-mock-cassette': 'checkout' });
  expect(replayed).toEqual(answers);
});

it('turns replays into a cassette too', async () => {
  const cassettes = await makeFolder();
  const scripted = await startScripted({ cassettes, record: 'none' });
  const answers = await askAll(scripted, {});
  await call(scripted.mock, 'snapshotRecordings', { body: { cassette: 'first' } });
  const player = await startRecorder({ cassettes, record: 'none' });
  await askAll(player, { 'x-longcat-mock-cassette': 'first' });
  await call(player.mock, 'snapshotRecordings', { body: { cassette: 'second' } });
  const again = await startRecorder({ cassettes, record: 'none' });
  expect(await askAll(again, { 'x-longcat-mock-cassette': 'second' })).toEqual(answers);
});

it('writes the same requests in place of what it had of them', async () => {
  const cassettes = await makeFolder();
  const scripted = await startScripted({ cassettes, record: 'none' });
  await scripted.chat(say('Hello!'));
  const take = () => call(scripted.mock, 'snapshotRecordings', { body: { cassette: 'checkout' } });
  const [first, second] = [await take(), await take()];
  expect(second).toEqual(first);
  expect(JSON.parse(await readFile(join(cassettes, 'checkout.json'), 'utf8'))).toMatchObject({
    recordings: [{ request: { messages: [{ content: 'Hello!' }] } }],
  });
});

it('turns what a session was answered into fixtures that say the same', async () => {
  const scripted = await startScripted();
  const asked = [say('Hello!'), say('Weather?', chatTools), say('Think!', thinking)];
  const ask = async ({ chat }: RecordingMock) => {
    const answers = [];
    for (const question of asked) answers.push(JSON.parse((await chat(question)).body));
    return answers.map(({ choices: [{ message, finish_reason }] }) => {
      const calls = message.tool_calls?.map((each: { function: object }) => each.function);
      return { text: message.content, thought: message.reasoning_content, calls, finish_reason };
    });
  };
  const answers = await ask(scripted);
  const { body: made } = await call(scripted.mock, 'snapshotRecordings', {
    body: { format: 'fixtures' },
  });
  if (made.format !== 'fixtures') throw new Error('They are fixtures.');
  expect(made).toMatchObject({ leftovers: [], skipped: [], fixtures: { version: 1 } });
  const other = await startRecorder({});
  await call(other.mock, 'addFixtures', { body: made.fixtures['fixtures'] });
  expect(await ask(other)).toEqual(answers);
  expect(answers.map(({ text }) => text)).toEqual(['Hello! 你好 🌍', 'I look.', 'So it is.']);
});

it('needs no folder of cassettes to make one, only to write one', async () => {
  await using mock = await startLongCatMock({ port: 0, fixtures: [] });
  const { chat } = createWire(mock.port);
  await chat({}, { authorization: 'Bearer test' });
  const { body: made } = await call(mock, 'snapshotRecordings', { body: {} });
  expect(made).toMatchObject({ format: 'cassette', cassette: { recordings: [{ api: 'openai' }] } });
  const named = await refuse(mock, 'snapshotRecordings', { body: { cassette: 'checkout' } });
  expect([named.status, named.code]).toEqual([409, 'not_recording']);
  const body = { cassette: 'checkout', format: 'fixtures' };
  expect((await refuse(mock, 'snapshotRecordings', { body })).code).toBe('invalid_request');
});

it('refuses by id what cannot be recorded, unless it is left out', async () => {
  const { upstream, recorder } = await arrange();
  await using _ = upstream;
  const { mock, chat } = recorder;
  await call(mock, 'addFixtures', { body: fixtures });
  await chat(say('Hello!'));
  await chat(say('Cut?', { stream: true }));
  await chat(say('x'.repeat(300_000)));
  await call(mock, 'startRecording', { body: {} });
  await chat(say('The upstream answers.'));
  await chat(say('x'.repeat(300_000)));
  const { body: journal } = await call(mock, 'listRequests');
  const [greeting, cut, lost, passed, large] = journal.requests.map(({ id }) => id);
  const refused = await refuse(mock, 'snapshotRecordings', { body: {} });
  expect([refused.status, refused.code]).toEqual([422, 'unusable_requests']);
  expect(refused.requests).toEqual([
    { id: cut, reason: 'Its answer was cut before its end.' },
    { id: passed, reason: expect.stringMatching(/^Its answer only passed through/) },
    { id: large, reason: 'Its body was too large to keep.' },
  ]);
  const { body: made } = await call(mock, 'snapshotRecordings', {
    body: { ids: [greeting, lost] },
  });
  expect(made).toMatchObject({
    cassette: { recordings: [{ request: { messages: [{ content: 'Hello!' }] } }] },
    skipped: [{ id: lost, reason: 'The mock refused it: no_recording_matched.' }],
  });
});

it('leaves out what the mock itself refused', async () => {
  await using mock = await startLongCatMock({ port: 0, fixtures: [], acceptKeys: ['right'] });
  const { chat } = createWire(mock.port);
  await chat({}, { authorization: 'Bearer wrong' });
  const nothing = await refuse(mock, 'snapshotRecordings', { body: {} });
  expect([nothing.status, nothing.code]).toEqual([422, 'nothing_to_record']);
  await chat({}, { authorization: 'Bearer right' });
  await chat('no JSON', { authorization: 'Bearer right' });
  await chat({ messages: 1 }, { authorization: 'Bearer right' });
  const { body: made } = await call(mock, 'snapshotRecordings', { body: {} });
  expect(made.skipped.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/^The mock refused its key: /),
    'It has no body that could be asked again.',
  ]);
  expect(made).toMatchObject({
    cassette: { recordings: [{ response: { status: 200 } }, { response: { status: 400 } }] },
  });
});

it('knows no request of another session', async () => {
  await using mock = await startLongCatMock({ port: 0, fixtures: [] });
  await createWire(mock.port).chat({}, { authorization: 'Bearer test' });
  const { body: journal } = await call(mock, 'listRequests');
  const ids = journal.requests.map(({ id }) => id);
  const other = { session: 'other', ids };
  const { status, code } = await refuse(mock, 'snapshotRecordings', { body: other });
  expect([status, code]).toEqual([404, 'unknown_request']);
});

const secret = `sk-${'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY'}`;

it('leaves secrets out, and makes nothing of an answer that still holds one', async () => {
  const scripted = await startRecorder({ redact: ['Jane Doe'], onUnmatched: 'dynamic' });
  const { mock, chat } = scripted;
  const answers = textFixture('name', 'Hello, Jane Doe!', { messages: { lastUser: 'Name?' } });
  await call(mock, 'addFixtures', { body: answers });
  await chat(say('Name?'));
  for (const format of ['cassette', 'fixtures']) {
    const { body: made } = await call(mock, 'snapshotRecordings', { body: { format } });
    expect(JSON.stringify(made)).not.toContain('Jane Doe');
  }
  await chat(say(`My key is ${Buffer.from(secret).toString('base64')}.`));
  const { code, requests } = await refuse(mock, 'snapshotRecordings', { body: {} });
  expect(code).toBe('unusable_requests');
  expect(requests).toEqual([
    {
      id: expect.any(String),
      reason: expect.stringMatching(/^Its request\.messages\[0\]\.content/),
    },
  ]);
});

it('knows what a recording said as it knows what the mock says', async () => {
  const cassettes = await makeFolder();
  const scripted = await startScripted({ cassettes, record: 'none' });
  await askAll(scripted, {});
  await call(scripted.mock, 'snapshotRecordings', { body: { cassette: 'checkout' } });
  const player = await startRecorder({ cassettes, record: 'none' });
  await askAll(player, { 'x-longcat-mock-cassette': 'checkout' });
  const listSpoken = async ({ mock }: RecordingMock) => {
    const { body: journal } = await call(mock, 'listRequests');
    return journal.requests.map(({ api, status, text, thinking, callIds, usage }) => {
      if (status !== 200) return status;
      const told = { api, text, thinking, callIds: callIds?.map((id) => id.replace(/^\w+_/, '')) };
      return { ...told, output: usage?.output, input: usage?.input };
    });
  };
  const [said, replayed] = [await listSpoken(scripted), await listSpoken(player)];
  expect(replayed).toEqual(said);
  expect(said).toContainEqual(
    expect.objectContaining({ api: 'anthropic', thinking: true, text: 'So it is.' }),
  );
  expect(said).toContainEqual(
    expect.objectContaining({ text: 'I look.', callIds: [expect.any(String)] }),
  );
});

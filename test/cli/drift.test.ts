import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { type DriftOptions, drift } from '../../src/cli/commands/drift.ts';
import type { DriftReport } from '../../src/cli/drift/report.ts';
import { isJsonObject, type JsonObject } from '../../src/exchange/json.ts';
import { capture } from '../../src/recording/capture.ts';
import type { RecordedResponse, Recording } from '../../src/recording/cassette.ts';
import { renderCassette } from '../../src/recording/document.ts';
import { playBack } from '../../src/recording/playback.ts';
import {
  chat,
  chunk,
  completion,
  ended,
  messages,
  opening,
  over,
  start,
  stream,
  textBlock,
  usageChunk,
  whole,
} from '../recording/drift/answers.ts';
import { someCassette, someRecording } from '../recording/some-cassette.ts';
import { openUpstream, readChunks } from '../recording/upstream/calling.ts';
import { serveHttp } from '../recording/upstream/server.ts';
import { run, serve } from './command.ts';
import { collectStreams } from './streams.ts';

/** A recording whose request says which answer it is to get. */
function record(id: string, response: RecordedResponse, members: Partial<Recording> = {}) {
  return someRecording({ id, request: ask(id), response, ...members });
}

function ask(content: string): JsonObject {
  return { model: 'LongCat-2.0', messages: [{ role: 'user', content }] };
}

async function writeCassettes(files: Readonly<Record<string, readonly Recording[] | string>>) {
  const folder = await mkdtemp(join(tmpdir(), 'longcat-drift-'));
  for (const [name, content] of Object.entries(files)) {
    const text = typeof content === 'string' ? content : renderCassette(someCassette(...content));
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

/** An API that answers what it is asked for by name. */
async function serveAnswers(answers: Readonly<Record<string, RecordedResponse>>) {
  const asked: { path: string; key: string | undefined; version: unknown; body: JsonObject }[] = [];
  const server = await serveHttp(async (request, response) => {
    const body = await readBody(request);
    const { url = '', headers } = request;
    const { authorization: key, 'anthropic-version': version } = headers;
    asked.push({ path: url, key, version, body });
    const answer = answers[readContent(body)];
    if (!answer || answer.cut) {
      response.writeHead(200, { 'content-length': 99 }).write('{');
      setImmediate(() => request.socket.destroy());
      return;
    }
    response.writeHead(answer.status, answer.headers);
    for (const { bytes } of playBack(answer).chunks) response.write(bytes);
    response.end();
  });
  return { ...server, asked };
}

async function readBody(request: IncomingMessage): Promise<JsonObject> {
  let text = '';
  for await (const data of request) text += data;
  return JSON.parse(text);
}

function readContent({ messages: list }: JsonObject): string {
  const [first] = Array.isArray(list) ? list : [];
  return isJsonObject(first) ? String(first['content']) : '';
}

interface Setting {
  readonly recordings: readonly Recording[];
  readonly answers: Readonly<Record<string, RecordedResponse>>;
  readonly options?: Partial<DriftOptions>;
}

async function check({ recordings, answers, options }: Setting) {
  await using server = await serveAnswers(answers);
  const cassettes = await writeCassettes({ 'chat.json': recordings });
  const { streams, written } = collectStreams();
  const code = await drift(
    {
      cassettes,
      target: server.url,
      apiKey: 'ak_test',
      allowPrivate: true,
      format: 'json',
      only: [],
      environment: {},
      ...options,
    },
    streams,
  );
  const isJson = (options?.format ?? 'json') === 'json';
  const report: DriftReport | undefined = isJson ? JSON.parse(written.out) : undefined;
  return { code, report, written, asked: server.asked, url: server.url };
}

const cat = whole(completion());
const streamed = chat([{ content: 'Me' }, { content: 'ow.' }]);
const told = messages(start, ...textBlock(0, 'Meow.'), ended('end_turn'), over);
const anthropic = { api: 'anthropic', endpoint: 'messages' } as const;
const { usage: _, ...bare } = completion();
const { lastOne, ...rest } = completion();
const renamed = whole({ ...rest, last: lastOne ?? false });

it('says OK of answers that say other things in the same structure', async () => {
  const { code, report, written } = await check({
    recordings: [record('a', cat), record('b', streamed), record('c', told, anthropic)],
    answers: {
      a: whole(completion({ content: 'Purr.' })),
      b: chat([{ content: 'Purr.' }]),
      c: messages(start, ...textBlock(0, 'P', 'urr', '.'), ended('end_turn'), over),
    },
  });

  expect(report?.entries.map(({ result }) => result)).toEqual(['OK', 'OK', 'OK']);
  expect(report?.summary).toEqual({ ok: 3, changed: 0, unchecked: 0 });
  expect(code).toBe(0);
  expect(written.err).toBe('1 of 3: chat a\n2 of 3: chat b\n3 of 3: chat c\n');
});

it('asks what was recorded, by the path of its format, with the key', async () => {
  const { asked } = await check({
    recordings: [record('a', cat), record('c', told, anthropic)],
    answers: { a: cat, c: told },
    options: { apiKey: undefined, environment: { LONGCAT_API_KEY: 'ak_env' } },
  });

  expect(asked).toEqual([
    {
      path: '/openai/v1/chat/completions',
      key: 'Bearer ak_env',
      version: undefined,
      body: ask('a'),
    },
    { path: '/anthropic/v1/messages', key: 'Bearer ak_env', version: '2023-06-01', body: ask('c') },
  ]);
});

it.each([
  ['a member removed', cat, whole(bare), [['REMOVED', 'usage']]],
  [
    'a member renamed',
    cat,
    renamed,
    [
      ['REMOVED', 'lastOne'],
      ['ADDED', 'last'],
    ],
  ],
  [
    'a member retyped',
    cat,
    whole({ ...completion(), created: '1' }),
    [['TYPE_CHANGED', 'created']],
  ],
  ['a status changed', cat, whole({ error: {} }, 404), [['STATUS_CHANGED', 'status']]],
  [
    'an event dropped',
    streamed,
    stream(opening, chunk({ content: 'a' }), chunk({}, 'stop'), '[DONE]'),
    [['REMOVED', '']],
  ],
  [
    'another order',
    streamed,
    stream(opening, chunk({ content: 'a' }), usageChunk, chunk({}, 'stop'), '[DONE]'),
    [['ORDER_CHANGED', '']],
  ],
  ['a stream that is none', streamed, cat, [['TYPE_CHANGED', '']]],
])('tells %s', async (_case, recorded, live, expected) => {
  const { code, report } = await check({
    recordings: [record('a', recorded), record('same', cat)],
    answers: { a: live, same: cat },
  });

  const [entry, other] = report?.entries ?? [];
  const found = entry?.findings.filter(({ kind }) => kind !== 'CONTRACT');
  expect(found?.map(({ kind, path }) => [kind, path])).toEqual(expected);
  expect([entry?.result, other?.result, code]).toEqual(['CHANGED', 'OK', 1]);
});

it('an event dropped from a message stream is told by its name', async () => {
  const live = messages(start, ...textBlock(0, 'Meow.'), over);
  const { report } = await check({
    recordings: [record('c', told, anthropic)],
    answers: { c: live },
  });

  expect(report?.entries[0]?.findings).toEqual([
    { kind: 'REMOVED', path: '', event: 'message_delta', recorded: 'sent', live: 'absent' },
  ]);
});

it('what the contract does not know is told besides', async () => {
  const odd = whole({ ...completion(), tier: 'a' });
  const { code, report } = await check({ recordings: [record('a', odd)], answers: { a: odd } });

  expect(report?.entries[0]?.findings).toMatchObject([{ kind: 'CONTRACT', path: 'tier' }]);
  expect(code).toBe(1);
});

it.each([
  401, 402, 403, 429, 502, 503, 504,
])('a %i tells of the moment and not of the API', async (status) => {
  const { code, report } = await check({
    recordings: [record('a', cat)],
    answers: { a: whole({ error: {} }, status) },
  });

  expect(report?.entries[0]).toMatchObject({
    result: 'COULD_NOT_CHECK',
    reason: expect.stringContaining(`answered ${status}`),
  });
  expect(code).toBe(1);
});

it('a recorded 429 that comes again is OK', async () => {
  const error = { code: 'a', message: 'b', type: 'rate_limit_error' };
  const limited = whole({ error }, 429);
  const { code } = await check({ recordings: [record('a', limited)], answers: { a: limited } });

  expect(code).toBe(0);
});

it('a refusal of what was recorded without its secrets is no finding', async () => {
  const request = { ...ask('a'), tools: [{ token: '[redacted]' }] };
  const { report } = await check({
    recordings: [record('a', cat, { request })],
    answers: { a: whole({ error: {} }, 400) },
  });

  expect(report?.entries[0]).toMatchObject({
    result: 'COULD_NOT_CHECK',
    findings: [],
    reason: expect.stringContaining('(tools[0].token)'),
  });
});

it('an answer that breaks off could not be checked, nor a recording that did', async () => {
  const { report } = await check({
    recordings: [record('a', cat), record('b', { ...cat, cut: true })],
    answers: { a: { ...cat, cut: true }, b: cat },
  });

  expect(report?.entries.map(({ result, reason }) => [result, reason?.slice(0, 31)])).toEqual([
    ['COULD_NOT_CHECK', 'The live answer was cut off bef'],
    ['COULD_NOT_CHECK', 'The recorded answer was cut off'],
  ]);
});

it('an API that is down is told for each recording', async () => {
  const { url } = await check({ recordings: [record('a', cat)], answers: { a: cat } });
  const { code, report } = await check({
    recordings: [record('a', cat), record('b', cat)],
    answers: {},
    options: { target: url },
  });

  expect(report?.summary).toEqual({ ok: 0, changed: 0, unchecked: 2 });
  expect(report?.entries[0]?.reason).toContain(`Nothing takes connections at "${url}".`);
  expect(report?.entries[0]?.reason).toContain('--target');
  expect(code).toBe(1);
});

it('a private target is refused unless it is allowed', async () => {
  const { code, report, asked } = await check({
    recordings: [record('a', cat)],
    answers: { a: cat },
    options: { allowPrivate: false },
  });

  expect(report?.entries[0]?.reason).toContain('--allow-private-upstream');
  expect([code, asked]).toEqual([1, []]);
});

it('--max-requests leaves the others unchecked', async () => {
  const { code, report, asked } = await check({
    recordings: [record('a', cat), record('b', cat), record('c', cat)],
    answers: { a: cat, b: cat, c: cat },
    options: { maxRequests: 2 },
  });

  expect(asked).toHaveLength(2);
  expect(report?.entries[2]).toEqual({
    cassette: 'chat',
    id: 'c',
    result: 'COULD_NOT_CHECK',
    findings: [],
    reason: 'It was not asked: --max-requests is 2.',
  });
  expect(code).toBe(1);
});

it.each([
  [['b'], ['b']],
  [
    ['c', 'a'],
    ['a', 'c'],
  ],
  [['chat'], ['a', 'b', 'c']],
  [['chat.json'], ['a', 'b', 'c']],
])('--only %j asks for %j', async (only, expected) => {
  const { report } = await check({
    recordings: [record('a', cat), record('b', cat), record('c', cat)],
    answers: { a: cat, b: cat, c: cat },
    options: { only },
  });

  expect(report?.entries.map(({ id }) => id)).toEqual(expected);
});

it('as text each finding is a line, and the last line counts', async () => {
  const { written, url } = await check({
    recordings: [record('a', cat), record('b', cat), record('c', cat), record('d', streamed)],
    answers: {
      a: cat,
      b: whole({ ...bare, '\u001b[31m': 1 }),
      c: whole({}, 503),
      d: chat([{ content: 'a', refusal: null }]),
    },
    options: { format: 'text' },
  });

  expect(written.out.split('\n').filter((line) => !line.startsWith('CONTRACT'))).toEqual([
    'OK              chat a',
    'REMOVED         chat b  usage: recorded object, live absent',
    'ADDED           chat b  ["\\u001b[31m"]: recorded absent, live number',
    'COULD_NOT_CHECK chat c  The live API answered 503: it is out of service.',
    'ADDED           chat d  event choices[].delta.content choices[].delta.refusal: recorded absent, live null',
    `4 recordings against ${url}: 1 OK, 2 changed, 1 could not be checked.`,
    '',
  ]);
});

const offline = {
  target: 'http://127.0.0.1:1',
  apiKey: 'ak_test',
  allowPrivate: true,
  format: 'text',
  only: [],
  environment: {},
} as const;

it.each([
  ['no folder', { cassettes: '/no/such' }, 'There is no folder "/no/such".'],
  ['no URL', { cassettes: '/no', target: 'here' }, 'Invalid --target "here": expected a URL'],
  ['no key', { cassettes: '/no', apiKey: undefined }, 'set LONGCAT_API_KEY'],
  ['a key of a mock', { cassettes: '/no', apiKey: 'lcmock_default' }, 'set LONGCAT_API_KEY'],
])('%s is an error that names the fix', async (_case, options, message) => {
  const { streams } = collectStreams();

  await expect(drift({ ...offline, ...options }, streams)).rejects.toThrow(message);
});

it.each([
  ['no cassettes', { 'readme.txt': '' }, [], 'There are no cassettes (*.json) in'],
  ['an empty cassette', { 'a.json': [] }, [], 'hold no recordings'],
  ['a broken one', { 'a/b.json': '{', 'c.json': '{}' }, [], /b\.json:1:2: .*\n.*c\.json: /],
  ['an unknown name', { 'a.json': [record('x', cat)] }, ['y'], 'named "y". Cassettes are a.'],
] as const)('%s in the folder is an error', async (_case, files, only, message) => {
  const { streams } = collectStreams();
  const cassettes = await writeCassettes(files);

  await expect(drift({ ...offline, cassettes, only }, streams)).rejects.toThrow(message);
});

it('the command takes its flags and exits with what it found', async () => {
  await using server = await serveAnswers({ a: cat, b: whole(bare) });
  const cassettes = await writeCassettes({ 'chat.json': [record('a', cat), record('b', cat)] });
  const flags = [
    'drift',
    '--cassettes',
    cassettes,
    '--target',
    server.url,
    '--allow-private-upstream',
  ];
  const environment = { LONGCAT_API_KEY: 'ak_env', NO_PROXY: '127.0.0.1' };

  const one = await run([...flags, '--only', 'a', '--format', 'json'], environment);
  const both = await run(flags, environment);

  expect([one.code, JSON.parse(one.stdout).summary.ok]).toEqual([0, 1]);
  expect(both.code).toBe(1);
  expect(both.stdout).toContain('REMOVED         chat b  usage');
  expect(both.stderr).toBe('1 of 2: chat a\n2 of 2: chat b\n');
});

/** What the mock itself answers to these, as a recorder would keep it. */
async function recordMock(url: string, requests: readonly Request[]): Promise<Recording[]> {
  await using upstream = openUpstream(url);
  const recordings: Recording[] = [];
  for (const [index, { path, body, ...members }] of requests.entries()) {
    const answer = await upstream.ask({ path, body: JSON.stringify(body) });
    const chunks = await readChunks(answer);
    const response = capture({ ...answer, chunks, isCut: false });
    recordings.push(record(`${index}`, response, { request: body, ...members }));
  }
  return recordings;
}

type Request = Partial<Recording> & { readonly path: string; readonly body: JsonObject };

const tools = ['a', 'b'].map((name) => ({ name, input_schema: { type: 'object' } }));
const chatTools = tools.map(({ name }) => ({ type: 'function', function: { name } }));
const asked: readonly Request[] = [
  { path: '/openai/v1/chat/completions', body: ask('Hello') },
  { path: '/openai/v1/chat/completions', body: { ...ask('Hello'), stream: true } },
  {
    path: '/openai/v1/chat/completions',
    body: { ...ask('a, then b'), tools: chatTools, stream: true },
  },
  { path: '/openai/v1/chat/completions', body: { ...ask('Hello'), model: 'none' } },
  {
    path: '/anthropic/v1/messages',
    body: { ...ask('Hello'), max_tokens: 99, stream: true },
    ...anthropic,
  },
  {
    path: '/anthropic/v1/messages',
    body: { ...ask('Please a'), max_tokens: 99, stream: true, tools },
    ...anthropic,
  },
];

it('the mock does not drift from itself, whatever its seed, and does with another quirk', async () => {
  await using mock = await serve();
  const cassettes = await writeCassettes({ 'all.json': await recordMock(mock.url, asked) });
  await using same = await serve(['--seed', 'another']);
  await using other = await serve(['--quirk', 'messages-docs-shape=on,tool-delta-nulls=off']);
  const options = { ...offline, cassettes, apiKey: 'ak_test' };
  const [calm, upset] = [collectStreams(), collectStreams()];

  const codes = [
    await drift({ ...options, target: same.url }, calm.streams),
    await drift({ ...options, target: other.url }, upset.streams),
  ];

  expect(calm.written.out.split('\n').filter((line) => !line.startsWith('OK'))).toEqual([
    `6 recordings against ${same.url}: 6 OK, 0 changed, 0 could not be checked.`,
    '',
  ]);
  expect(upset.written.out).toContain('REMOVED         all 4  event content_block_start/text');
  expect(codes).toEqual([0, 1]);
});

it.each([
  [[], "required option '--target <url>' not specified"],
  [['--cassettes', '/no'], "required option '--target <url>' not specified"],
  [
    ['--cassettes', '/no', '--target', 'http://a', '--max-requests', '0'],
    'Expected a whole number from 1 on, not "0".',
  ],
  [['--cassettes', '/no', '--target', 'http://a', '--api-key', 'k'], 'There is no folder "/no"'],
])('drift %j is a usage error', async (args, message) => {
  const { code, stderr } = await run(['drift', ...args]);

  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createManualTimekeeper } from '../../src/engine/clock.ts';
import { startLongCatMock } from '../../src/index.ts';
import { chatPath, hello } from '../ask.ts';
import { call } from '../http/socket.ts';
import { waitFor } from '../wait.ts';
import { startRawServer } from './raw-server.ts';
import { makeFolder, startRecorder } from './recorder.ts';

/** Answers each request with the number of requests so far. */
async function startCounter(status = '200 OK') {
  let count = 0;
  return startRawServer((socket) => {
    count += 1;
    const body = JSON.stringify({ count });
    const head = `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`;
    socket.write(`${head}\r\n\r\n${body}`);
  });
}

function say(content: string) {
  return { messages: [{ role: 'user', content }] };
}

async function arrange(record: Parameters<typeof startRecorder>[0]['record'], cassettes?: string) {
  const upstream = await startCounter();
  const folder = cassettes ?? (await makeFolder());
  const options = {
    record,
    cassettes: folder,
    upstream: upstream.url,
    upstreamKey: 'upstream-key',
  };
  return { upstream, folder, options, mock: await startRecorder(options) };
}

it('once: records into a new cassette, and the next run replays it and nothing else', async () => {
  const { upstream, options, mock } = await arrange('once');
  await using _ = upstream;
  expect((await mock.chat(say('a'))).body).toBe('{"count":1}');
  expect((await mock.chat(say('a'))).body).toBe('{"count":2}');
  await mock.close();

  const next = await startRecorder(options);
  const answers = [await next.chat(say('a')), await next.chat(say('a')), await next.chat(say('a'))];
  // The same request recorded twice is a sequence, whose last answer stays.
  expect(answers.map(({ body }) => body)).toEqual(['{"count":1}', '{"count":2}', '{"count":2}']);
  const other = await next.chat(say('b'));
  expect(other.status).toBe(404);
  expect(other.headers['x-should-retry']).toBe('false');
  expect(JSON.parse(other.body).error).toMatchObject({ code: 'no_recording_matched' });
  expect(upstream.count()).toBe(2);
});

it('none: never asks the upstream, and says which member differs from the closest recording', async () => {
  const { upstream, folder, mock } = await arrange('once');
  await using _ = upstream;
  await mock.chat({ ...say('What is the time?'), temperature: 0.5 });
  const { mock: player } = await arrange('none', folder);
  const { body, status } = await player.chat({ ...say('What is the date?'), temperature: 0.5 });
  expect(status).toBe(404);
  expect(JSON.parse(body).error.message).toMatch(
    /^No recording matches in cassette "default"\. Closest: recording "[0-9a-f]{8}" differs at messages\[0\]\.content: recorded ".*time\?", asked ".*date\?"\./,
  );
  expect(upstream.count()).toBe(1);
});

it('new_episodes: asks for what is new only, and remembers it at once', async () => {
  const { upstream, mock } = await arrange('new_episodes');
  await using _ = upstream;
  await mock.chat(say('a'));
  expect((await mock.chat(say('a'))).body).toBe('{"count":1}');
  expect((await mock.chat(say('b'))).body).toBe('{"count":2}');
});

it('all: asks again for what is there, and the new answers take the place of the old', async () => {
  const { upstream, folder, mock } = await arrange('once');
  await using _ = upstream;
  await mock.chat(say('a'));
  await mock.chat(say('b'));
  const again = await arrange('all', folder);
  await using __ = again.upstream;
  await again.mock.chat(say('a'));
  await again.mock.chat(say('a'));
  const cassette = JSON.parse(await readFile(join(folder, 'default.json'), 'utf8'));
  const bodies = cassette.recordings.map(
    (one: { request: { messages: [{ content: string }] }; response: { body: unknown } }) => [
      one.request.messages[0].content,
      one.response.body,
    ],
  );
  expect(bodies).toEqual([
    ['b', { count: 2 }],
    ['a', { count: 1 }],
    ['a', { count: 2 }],
  ]);
});

it('passthrough: asks each time and writes nothing', async () => {
  const { upstream, folder, mock } = await arrange('passthrough');
  await using _ = upstream;
  await mock.chat(say('a'));
  expect((await mock.chat(say('a'))).body).toBe('{"count":2}');
  await expect(readFile(join(folder, 'default.json'))).rejects.toThrow(/ENOENT/);
});

it('calls no upstream in CI unless that is allowed', async () => {
  const before = process.env['CI'];
  process.env['CI'] = 'true';
  try {
    await expect(startLongCatMock({ port: 0, fixtures: [], record: 'once' })).rejects.toThrow(
      /"--record once" may call the upstream, and CI is set.*--allow-record-in-ci/s,
    );
    await expect(
      startLongCatMock({ port: 0, fixtures: [], onUnmatched: 'passthrough' }),
    ).rejects.toThrow(/"--on-unmatched passthrough" may call the upstream/);
    const { upstream, folder, mock } = await arrange('once');
    await using _ = upstream;
    await mock.chat(say('a')); // allowed, as the recorders of these tests are
    expect(upstream.count()).toBe(1);
    const player = await startRecorder({ cassettes: folder, allowRecordInCi: false });
    expect((await player.chat(say('a'))).body).toBe('{"count":1}');
    expect((await player.chat(say('b'))).status).toBe(404);
  } finally {
    if (before === undefined) delete process.env['CI'];
    else process.env['CI'] = before;
  }
});

it('keeps a cassette for each name that a request gives', async () => {
  const { upstream, folder, mock } = await arrange('once');
  await using _ = upstream;
  await mock.chat(say('a'), { 'x-longcat-mock-cassette': 'one' });
  await mock.chat(say('a'), { 'x-longcat-mock-cassette': 'sub/two' });
  const files = await Promise.all(
    ['one.json', 'sub/two.json'].map((name) => readFile(join(folder, name), 'utf8')),
  );
  expect(files.map((text) => JSON.parse(text).recordings[0].response.body)).toEqual([
    { count: 1 },
    { count: 2 },
  ]);
});

it('lets the fixtures answer first', async () => {
  const { upstream, mock } = await arrange('once');
  await using _ = upstream;
  const { status } = await mock.chat(say('a'), {
    'x-longcat-mock-scenario': 'server-error-then-ok',
  });
  expect(status).toBe(500);
  expect(upstream.count()).toBe(0);
});

it('asks the upstream for what LongCat might refuse, and warns', async () => {
  const upstream = await startCounter();
  await using _ = upstream;
  const mock = await startRecorder({
    record: 'once',
    cassettes: await makeFolder(),
    upstream: upstream.url,
    upstreamKey: 'upstream-key',
    strictContract: false,
  });
  const { status, headers } = await mock.chat({ ...say('a'), model: 'LongCat-9', max_tokens: -1 });
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'x-longcat-mock-source': 'upstream',
    'x-longcat-mock-cassette': 'default',
    'x-longcat-mock-violations': expect.stringMatching(/\/model: .*LongCat-9.*\/max_tokens: /),
  });
});

it('does not record errors unless asked to, and refused keys never', async () => {
  for (const [status, recordFailed, expected] of [
    ['500 Internal Server Error', false, 0],
    ['500 Internal Server Error', true, 1],
    ['401 Unauthorized', true, 0],
    ['403 Forbidden', true, 0],
  ] as const) {
    await using upstream = await startCounter(status);
    const cassettes = await makeFolder();
    const options = { record: 'once', upstreamKey: 'upstream-key', recordFailed } as const;
    const mock = await startRecorder({ ...options, cassettes, upstream: upstream.url });
    expect((await mock.chat()).status).toBe(Number(status.slice(0, 3)));
    const text = await readFile(join(cassettes, 'default.json'), 'utf8').catch(() => '');
    expect(text === '' ? 0 : JSON.parse(text).recordings.length).toBe(expected);
    expect(mock.told.at(-1)).toMatch(expected === 1 ? /^Recorded / : /^Not recorded: /);
  }
});

/** A cassette whose answer began after a minute, and whose second event came after another. */
async function arrangeSlow(timing: string) {
  const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n';
  await using upstream = await startRawServer([head, 'data: 1\n\n', 'data: [DONE]\n\n']);
  const cassettes = await makeFolder();
  const options = { cassettes, upstream: upstream.url, upstreamKey: 'upstream-key' };
  const recorder = await startRecorder({ ...options, record: 'once' });
  await recorder.chat({ stream: true });
  await recorder.close();
  const path = join(cassettes, 'default.json');
  const cassette = JSON.parse(await readFile(path, 'utf8'));
  const { response } = cassette.recordings[0];
  const [first, second] = response.events;
  const slow = { ...response, atMs: 60_000, chunks: undefined };
  const events = [
    { ...first, atMs: 60_000 },
    { ...second, atMs: 120_000 },
  ];
  cassette.recordings[0].response = { ...slow, events };
  await writeFile(path, JSON.stringify(cassette));
  const player = await startRecorder({ ...options, record: 'none', replayTiming: timing });
  const clock = createManualTimekeeper(0);
  player.mock.engine.sessions.change('default', { clock });
  return { player, clock };
}

it.each([
  ['recorded', 60_000, 120_000],
  ['2x', 30_000, 60_000],
])('plays at the speed %s: first after %i ms, the end after %i ms', async (timing, first, end) => {
  const { player, clock } = await arrangeSlow(timing);
  const asked = call(player.mock.port, {
    path: chatPath,
    headers: { connection: 'close' },
    body: JSON.stringify({ ...hello, stream: true }),
  });
  await waitFor(() => player.mock.engine.journal.count('default').seen === 1);
  await turn();
  clock.advance(first - 1);
  await turn();
  expect(asked.heard()).toBe('');
  clock.advance(1);
  await waitFor(() => asked.heard().includes('data: 1\n\n'));
  clock.advance(end - first - 1);
  await turn();
  expect(asked.heard()).not.toContain('[DONE]');
  clock.advance(1);
  expect(await asked.end).toBe('FIN');
  expect(asked.heard()).toContain('data: [DONE]\n\n');
});

function turn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

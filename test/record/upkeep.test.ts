import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { frozenClock } from '../../src/index.ts';
import { run } from '../cli/command.ts';
import { completion } from '../recording/drift/answers.ts';
import { startRawServer } from './raw-server.ts';
import { makeFolder, startRecorder } from './recorder.ts';

const body = '{"object":"chat.completion"}';
const whole = `HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

function say(content: string) {
  return { messages: [{ role: 'user', content }] };
}

/** A cassette with recordings of "a" and "b", made on the first of September. */
async function arrange() {
  const upstream = await startRawServer([whole]);
  const cassettes = await makeFolder();
  const clock = frozenClock(new Date('2026-09-01'));
  const options = { cassettes, upstream: upstream.url, upstreamKey: 'upstream-key' };
  const recorder = await startRecorder({ ...options, record: 'once', clock });
  await recorder.chat(say('a'));
  await recorder.chat(say('b'));
  await recorder.close();
  return { upstream, options: { ...options, clock: frozenClock(new Date('2026-11-22')) } };
}

it('warns once of a recording that is too old, and answers', async () => {
  const { upstream, options } = await arrange();
  await using _ = upstream;
  const player = await startRecorder({ ...options, record: 'none', maxAge: '30d' });
  expect((await player.chat(say('a'))).status).toBe(200);
  expect((await player.chat(say('a'))).status).toBe(200);
  expect(player.told).toEqual([
    expect.stringMatching(/^The recording "[0-9a-f]{8}" is 82 days old, and --max-age is 30d\./),
  ]);
});

it('does not answer with one that is too old where that fails', async () => {
  const { upstream, options } = await arrange();
  await using _ = upstream;
  const player = await startRecorder({
    ...options,
    record: 'none',
    maxAge: '30d',
    onExpiry: 'fail',
  });
  const { status, body: text } = await player.chat(say('a'));
  expect(status).toBe(404);
  expect(JSON.parse(text).error.message).toMatch(/is 82 days old/);
});

it('records one anew that is too old, in its place', async () => {
  const { upstream, options } = await arrange();
  await using _ = upstream;
  const expiry = { maxAge: '30d', onExpiry: 'rerecord' } as const;
  const recorder = await startRecorder({ ...options, record: 'once', ...expiry });
  await recorder.chat(say('a'));
  await recorder.chat(say('a'));
  expect(upstream.count()).toBe(3);
  const text = await readFile(join(options.cassettes, 'default.json'), 'utf8');
  const times = JSON.parse(text).recordings.map((one: { recordedAt: string }) => one.recordedAt);
  expect(times).toEqual(['2026-09-01T00:00:00.000Z', '2026-11-22T00:00:00.000Z']);
});

it.each([
  ['ignore', 0, 2],
  ['warn', 1, 2],
  ['fail', 1, 2],
  ['prune', 1, 1],
] as const)('%s: recordings that nothing asked for', async (onUnused, lines, left) => {
  const { upstream, options } = await arrange();
  await using _ = upstream;
  const player = await startRecorder({ ...options, record: 'none', onUnused });
  await player.chat(say('a'));
  await player.close();
  expect(player.told).toHaveLength(lines);
  if (lines > 0) expect(player.told[0]).toMatch(/1 of 2 recordings were not used: "[0-9a-f]{8}"/);
  const text = await readFile(join(options.cassettes, 'default.json'), 'utf8');
  expect(JSON.parse(text).recordings).toHaveLength(left);
});

it('ends with 1 where unused recordings are to fail the run', async () => {
  const { upstream, options } = await arrange();
  await using _ = upstream;
  const script = `fetch(process.env.OPENAI_BASE_URL + '/chat/completions', {
    method: 'POST',
    headers: { authorization: 'Bearer x' },
    body: JSON.stringify({ model: 'LongCat-2.0', messages: [{ role: 'user', content: 'a' }] }),
  }).then((answer) => process.exit(answer.status === 200 ? 0 : 3))`;
  const flags = ['--cassettes', options.cassettes, '--record', 'none'];
  const command = ['--', process.execPath, '-e', script];
  expect((await run(['run', ...flags, ...command])).code).toBe(0);
  const failed = await run(['run', ...flags, '--on-unused', 'fail', ...command]);
  expect(failed.code).toBe(1);
  expect(failed.stderr).toMatch(/1 of 2 recordings were not used/);
});

it('notes down what was used, for the list of cassettes', async () => {
  const { upstream, options } = await arrange();
  await using _ = upstream;
  const player = await startRecorder({ ...options, record: 'none' });
  await player.chat(say('a'));
  await player.close();
  const { stdout } = await run(['cassettes', '--cassettes', options.cassettes]);
  expect(stdout).toMatch(
    /2 recordings of http:\/\/127\.0\.0\.1:\d+, 2026-09-01, last used 2026-11-22/,
  );
});

it('says what is wrong with a cassette that it cannot read, and reads it once it is mended', async () => {
  const { upstream, options } = await arrange();
  await using _ = upstream;
  const path = join(options.cassettes, 'default.json');
  const text = await readFile(path, 'utf8');
  const player = await startRecorder({ ...options, record: 'none' });
  await writeFile(path, text.replace('"recordings"', '"recording"'));
  const broken = await player.chat(say('a'));
  expect(broken.status).toBe(404);
  expect(JSON.parse(broken.body).error.message).toMatch(/default\.json.*recording/s);
  await writeFile(path, text);
  expect((await player.chat(say('a'))).status).toBe(200);
});

it('records a conversation with one command, and replays it with another', async () => {
  await using upstream = await startRawServer([whole]);
  const cassettes = await makeFolder();
  const script = `fetch(process.env.OPENAI_BASE_URL + '/chat/completions', {
    method: 'POST',
    headers: { authorization: 'Bearer ' + process.env.OPENAI_API_KEY },
    body: JSON.stringify({ model: 'LongCat-2.0', messages: [{ role: 'user', content: 'a' }] }),
  }).then((answer) => answer.text()).then((text) => console.log(text))`;
  const command = ['--cassettes', cassettes, '--', process.execPath, '-e', script];
  const live = ['--upstream', upstream.url, '--allow-private-upstream', '--allow-record-in-ci'];
  const without = await run(['record', ...live, ...command]);
  expect(without).toMatchObject({ code: 2, stderr: expect.stringMatching(/set LONGCAT_API_KEY/) });
  const key = { LONGCAT_API_KEY: 'key-of-the-upstream' };
  const recorded = await run(['record', ...live, ...command], key);
  expect(recorded).toMatchObject({ code: 0, stdout: expect.stringContaining(body) });
  expect(recorded.stderr).toMatch(/Recorded [0-9a-f]{8} in .*default\.json\./);
  expect(upstream.heard()).toContain('authorization: Bearer key-of-the-upstream');
  const replayed = await run(['run', '--record', 'none', ...command]);
  expect(replayed).toMatchObject({ code: 0, stdout: expect.stringContaining(body) });
  expect(upstream.count()).toBe(1);
});

/** The cassette of "a" and "b" as if it were of a time with another contract. */
async function makeStale(cassettes: string, answers: readonly object[]): Promise<string> {
  const path = join(cassettes, 'default.json');
  const cassette = JSON.parse(await readFile(path, 'utf8'));
  cassette.recordedWith.contractHash = `sha256:${'0'.repeat(64)}`;
  for (const [index, answer] of answers.entries()) {
    const { response } = cassette.recordings[index];
    Object.assign(response, { body: answer, headers: { 'content-type': 'application/json' } });
  }
  await writeFile(path, JSON.stringify(cassette));
  return path;
}

const { prompt_tokens, completion_tokens } = Object(completion()['usage']);
const outgrown = { ...completion(), usage: { prompt_tokens, completion_tokens } };

it('tells once which recordings the contract has outgrown', async () => {
  const { upstream, options } = await arrange();
  await using _ = upstream;
  const path = await makeStale(options.cassettes, [completion(), outgrown]);
  const player = await startRecorder({ ...options, record: 'none' });
  expect((await player.chat(say('a'))).status).toBe(200);
  expect((await player.chat(say('b'))).status).toBe(200);
  await writeFile(path, `${await readFile(path, 'utf8')}\n`);
  expect((await player.chat(say('b'))).status).toBe(200);
  const { recordings } = JSON.parse(await readFile(path, 'utf8'));
  expect(player.told).toEqual([
    `The contract has changed since "${path}" was recorded, and 1 of 2 recordings no longer fits it: "${recordings[1].id}" at usage.total_tokens: Required. Record it anew with --record all.`,
  ]);
});

it('says nothing of a changed contract that all recordings fit', async () => {
  const { upstream, options } = await arrange();
  await using _ = upstream;
  await makeStale(options.cassettes, [completion(), completion()]);
  const player = await startRecorder({ ...options, record: 'none' });
  expect((await player.chat(say('a'))).status).toBe(200);
  expect(player.told).toEqual([]);
});

it('looks at no recording while the contract is the same', async () => {
  const { upstream, options } = await arrange();
  await using _ = upstream;
  const player = await startRecorder({ ...options, record: 'none' });
  expect((await player.chat(say('a'))).body).toBe(body);
  expect(player.told).toEqual([]);
});

it.each([
  ['stays with', outgrown, /^sha256:0{64}$/],
  ['leaves', completion(), /^sha256:(?!0{64})/],
])('a cassette %s its contract when it grows, as its recordings do', async (_, first, hash) => {
  const { upstream, options } = await arrange();
  await using __ = upstream;
  const path = await makeStale(options.cassettes, [first, completion()]);
  const recorder = await startRecorder({ ...options, record: 'new_episodes' });
  await recorder.chat(say('c'));
  await recorder.close();
  const { recordedWith, recordings } = JSON.parse(await readFile(path, 'utf8'));
  expect(recordings).toHaveLength(3);
  expect(recordedWith.contractHash).toMatch(hash);
});

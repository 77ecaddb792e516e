import { once } from 'node:events';
import { expect, it } from 'vitest';
import { chatPath, hello } from '../ask.ts';
import { call } from '../http/socket.ts';
import { waitFor } from '../wait.ts';
import { startRawServer } from './raw-server.ts';
import { makeFolder, readFolder, startRecorder } from './recorder.ts';

const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n';
const body = JSON.stringify({ ...hello, stream: true });

/** An upstream that sends so much and then keeps the connection open. */
async function arrange(sent: string) {
  const ended: string[] = [];
  const upstream = await startRawServer((socket) => {
    socket.write(sent);
    void once(socket, 'close').then(() => ended.push('closed'));
  });
  const cassettes = await makeFolder();
  const options = {
    record: 'once',
    cassettes,
    upstream: upstream.url,
    upstreamKey: 'any',
  } as const;
  return { upstream, cassettes, ended, recorder: await startRecorder(options) };
}

it('keeps what is whole when the client leaves right after the end of the stream', async () => {
  const { upstream, cassettes, ended, recorder } = await arrange(
    `${head}data: {"a":1}\n\ndata: [DONE]\n\n`,
  );
  await using _ = upstream;
  const asked = call(recorder.mock.port, { path: chatPath, body });
  await waitFor(() => asked.heard().includes('[DONE]'));
  asked.leave();
  await waitFor(() => ended.length === 1);
  await recorder.close();
  expect((await readFolder(cassettes)).join()).toContain('[DONE]');
});

it('drops what is not, and ends the call to the upstream', async () => {
  const { upstream, cassettes, ended, recorder } = await arrange(`${head}data: {"a":1}\n\n`);
  await using _ = upstream;
  const asked = call(recorder.mock.port, { path: chatPath, body });
  await waitFor(() => asked.heard().includes('data: '));
  asked.leave();
  await waitFor(() => ended.length === 1);
  const { journal } = recorder.mock.engine;
  await waitFor(() => journal.list({ session: 'default' })[0]?.end === 'client-left');
  await recorder.close();
  expect(await readFolder(cassettes)).toEqual([]);
});

it('hands a broken answer on as broken, and records it only when it is told to', async () => {
  for (const [recordFailed, files] of [
    [false, 0],
    [true, 1],
  ] as const) {
    await using upstream = await startRawServer((socket) => {
      socket.write(
        'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 999\r\n\r\n',
      );
      socket.write('data: 1\n\n', () => socket.end());
    });
    const cassettes = await makeFolder();
    const options = { cassettes, upstream: upstream.url, upstreamKey: 'any', recordFailed };
    const recorder = await startRecorder({ ...options, record: 'once' });
    const asked = call(recorder.mock.port, { path: chatPath, body });
    expect(await asked.end).toBe('ECONNRESET');
    expect(asked.heard()).toContain('data: 1\n\n');
    await recorder.close();
    const written = await readFolder(cassettes);
    expect(written.filter((text) => text.includes('"recordings"'))).toHaveLength(files);
    if (!recordFailed) continue;
    const player = await startRecorder({ cassettes, record: 'none' });
    const again = call(player.mock.port, { path: chatPath, body });
    expect(await again.end).toBe('ECONNRESET');
    expect(again.heard()).toContain('data: 1\n\n');
  }
});

it('says in the answer why the upstream gave none', async () => {
  const cassettes = await makeFolder();
  const recorder = await startRecorder({
    record: 'once',
    cassettes,
    upstream: 'http://127.0.0.1:9', // where nobody listens
    upstreamKey: 'any',
  });
  const answer = await recorder.chat();
  expect(answer.status).toBe(502);
  expect(JSON.parse(answer.body).error.message).toMatch(/127\.0\.0\.1:9.*--upstream/);
  expect(answer.headers['x-should-retry']).toBe('false');
});

it('calls no private address unless that is allowed', async () => {
  await using upstream = await startRawServer([`${head}data: [DONE]\n\n`]);
  const cassettes = await makeFolder();
  const recorder = await startRecorder({
    record: 'once',
    cassettes,
    upstream: upstream.url,
    upstreamKey: 'any',
    allowPrivateUpstream: false,
  });
  const { status, body: text } = await recorder.chat();
  expect(status).toBe(502);
  expect(JSON.parse(text).error.message).toMatch(/--allow-private-upstream/);
  expect(upstream.count()).toBe(0);
});

import { expect, it } from 'vitest';
import { startLongCatMock } from '../../src/index.ts';
import { startRawServer } from '../record/raw-server.ts';
import { makeFolder, startRecorder } from '../record/recorder.ts';
import { call, refuse } from './admin.ts';

const body = '{"object":"chat.completion"}';
const whole = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

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

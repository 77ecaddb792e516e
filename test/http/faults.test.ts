import { afterAll, beforeAll, expect, it } from 'vitest';
import { renderError } from '../../src/contract/errors.ts';
import { createManualTimekeeper } from '../../src/engine/clock.ts';
import { connectionFaults } from '../../src/exchange/delivery.ts';
import {
  createLongCatMock,
  frozenClock,
  type LongCatMockOptions,
  type RunningLongCatMock,
  startLongCatMock,
} from '../../src/index.ts';
import type { FixtureInput } from '../../src/scenario/schema.ts';
import { ask, chatPath, messagesPath } from '../ask.ts';
import { createWire, type Received, writeBody } from '../cases/wire.ts';
import { script } from '../script.ts';
import { waitFor } from '../wait.ts';
import { type Call, call } from './socket.ts';

type Step = Exclude<FixtureInput['respond'], readonly unknown[]>;
type Fault = NonNullable<Step['fault']>;
type Api = 'chat' | 'message';

const apis: readonly Api[] = ['chat', 'message'];
const paths = { chat: chatPath, message: messagesPath };
const chunks = ['One ', 'two ', '猫.'];

let mock: RunningLongCatMock;

beforeAll(async () => {
  mock = await startLongCatMock({ port: 0, clock: frozenClock(0) });
});
afterAll(() => mock.close());

/** Lets every answer fail so; what was asked before is forgotten. */
function fail(respond: Step, target: Pick<RunningLongCatMock, 'engine'> = mock): void {
  script(target, [{ id: 'failing', respond }]);
  target.engine.sessions.remove('default');
}

/** The same answer, whole. */
async function plainFrames(api: Api): Promise<string[]> {
  fail({ stream: { chunks } });
  const { body } = await createWire(mock.port)[api]({ stream: true });
  return Buffer.from(body)
    .toString('latin1')
    .split(/(?<=\n\n)/);
}

function post(api: Api, { stream = true } = {}, port: number = mock.port): Call {
  const headers = { connection: 'close' };
  return call(port, { path: paths[api], headers, body: writeBody({ stream }) });
}

/** As a whole stream is chunked: a frame a chunk. */
function toHttpChunks(frames: readonly string[]): string {
  return frames.map((frame) => `${frame.length.toString(16)}\r\n${frame}\r\n`).join('');
}

const lastChunk = '0\r\n\r\n';

function bodyOf(heard: string): string {
  expect(heard).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(heard).toMatch(/\r\ntransfer-encoding: chunked\r\n/i);
  return heard.slice(heard.indexOf('\r\n\r\n') + 4);
}

async function expectAlive(api: Api): Promise<void> {
  fail({ text: 'Well again.' });
  const received: Received = await createWire(mock.port)[api]();
  expect(received.status).toBe(200);
  expect(received.body).toContain('Well again.');
}

const requests = apis.flatMap((api) => [true, false].map((stream) => [api, stream] as const));
const malformedHead =
  'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n';

it.each(requests)('EMPTY_RESPONSE is FIN and no byte (%s, stream %s)', async (api, stream) => {
  fail({ text: 'Never sent.', fault: 'EMPTY_RESPONSE' });
  const { heard, end } = post(api, { stream });

  expect(await end).toBe('FIN');
  expect(heard()).toBe('');
  await expectAlive(api);
});

it.each(
  requests,
)('CONNECTION_RESET_BY_PEER is RST and no byte (%s, stream %s)', async (api, stream) => {
  fail({ text: 'Never sent.', fault: 'CONNECTION_RESET_BY_PEER' });
  const { heard, end } = post(api, { stream });

  expect(await end).toBe('ECONNRESET');
  expect(heard()).toBe('');
  await expectAlive(api);
});

it.each(
  requests,
)('RANDOM_DATA_THEN_CLOSE is 64 bytes of the seed and FIN (%s, stream %s)', async (api, stream) => {
  const garbage: string[] = [];
  for (let run = 0; run < 2; run += 1) {
    fail({ text: 'Never sent.', fault: 'RANDOM_DATA_THEN_CLOSE' });
    const { heard, end } = post(api, { stream });
    expect(await end).toBe('FIN');
    garbage.push(heard());
  }

  expect(garbage[0]).toHaveLength(64);
  expect(garbage[0]).not.toContain('HTTP');
  expect(garbage[1]).toBe(garbage[0]);
  await expectAlive(api);
});

it.each(
  requests,
)('MALFORMED_RESPONSE_CHUNK is a head, garbage in place of a chunk, and FIN (%s, stream %s)', async (api, stream) => {
  fail({ text: 'Never sent.', fault: 'MALFORMED_RESPONSE_CHUNK' });
  const { heard, end } = post(api, { stream });

  expect(await end).toBe('FIN');
  expect(heard().startsWith(malformedHead)).toBe(true);
  const garbage = heard().slice(malformedHead.length);
  expect(garbage).toHaveLength(64);
  expect(garbage).not.toMatch(/^[\da-f]+\r\n/i);
  await expectAlive(api);
});

it.each(connectionFaults)('%s may stand in place of an error', async (fault) => {
  fail({ error: 'internal_error', fault });
  const { heard, end } = post('chat', { stream: false });

  expect(await end).toBe(fault === 'CONNECTION_RESET_BY_PEER' ? 'ECONNRESET' : 'FIN');
  expect(heard()).not.toContain('internal_error');
});

/** Frames with content, of the whole stream. */
const isContent = (frame: string) => /"content":"[^"]|text_delta/.test(frame);

const counts = apis.flatMap((api) => [0, 1, 2, 3, 9].map((count) => [api, count] as const));

/** How many frames come before the fault: all up to the content frame of that number. */
function framesBefore(frames: readonly string[], afterChunks: number): number {
  const contents = frames.flatMap((frame, index) => (isContent(frame) ? [index] : []));
  expect(contents).toHaveLength(chunks.length);
  if (afterChunks === 0) return contents[0] ?? 0;
  return (contents[Math.min(afterChunks, contents.length) - 1] ?? 0) + 1;
}

async function failAfter(api: Api, fault: Fault): Promise<{ heard: string; end: string }> {
  fail({ stream: { chunks }, fault });
  const { heard, end } = post(api);
  return { end: await end, heard: bodyOf(heard()) };
}

it.each(
  counts,
)('a %s stream that is truncated after %i chunks ends in good order with the chunk after which', async (api, afterChunks) => {
  const frames = await plainFrames(api);
  const { heard, end } = await failAfter(api, { type: 'STREAM_TRUNCATE', afterChunks });

  const sent = frames.slice(0, framesBefore(frames, afterChunks));
  expect(heard).toBe(toHttpChunks(sent) + lastChunk);
  expect(end).toBe('FIN');
  await expectAlive(api);
});

it.each(
  counts.filter(([, afterChunks]) => afterChunks > 0),
)('a %s stream that is reset after %i chunks has those, no last HTTP chunk, and RST', async (api, afterChunks) => {
  const frames = await plainFrames(api);
  const fault = { type: 'CONNECTION_RESET_BY_PEER', afterChunks } as const;
  const { heard, end } = await failAfter(api, fault);

  expect(heard).toBe(toHttpChunks(frames.slice(0, framesBefore(frames, afterChunks))));
  expect(end).toBe('ECONNRESET');
  await expectAlive(api);
});

it.each(
  counts,
)('an error in a %s stream after %i chunks is its last event', async (api, afterChunks) => {
  const frames = await plainFrames(api);
  const { heard, end } = await failAfter(api, { type: 'STREAM_ERROR_EVENT', afterChunks });

  const { error } = JSON.parse(renderError('internal_error').body);
  const frame = {
    chat: `data: ${JSON.stringify({ error })}\n\n`,
    message: `event: error\ndata: ${JSON.stringify({ type: 'error', error })}\n\n`,
  }[api];
  const sent = frames.slice(0, framesBefore(frames, afterChunks));
  expect(heard).toBe(toHttpChunks([...sent, frame]) + lastChunk);
  expect(end).toBe('FIN');
  await expectAlive(api);
});

it.each(
  counts,
)('an event of a %s stream that breaks off in its JSON after %i chunks is followed by the rest', async (api, afterChunks) => {
  const frames = await plainFrames(api);
  const { heard, end } = await failAfter(api, { type: 'STREAM_MALFORMED_EVENT', afterChunks });

  const at = framesBefore(frames, afterChunks);
  const broken = frames[at]?.replace(/(data: .{12}).*\n\n$/, '$1\n\n') ?? '';
  expect(() => JSON.parse(broken.slice(broken.indexOf('data: ') + 6))).toThrow();
  expect(heard).toBe(
    toHttpChunks([...frames.slice(0, at), broken, ...frames.slice(at)]) + lastChunk,
  );
  expect(end).toBe('FIN');
  await expectAlive(api);
});

it.each([
  ['chat', 'data: [DONE]\n\n'],
  ['message', 'event: message_stop\ndata: {"type":"message_stop"}\n\n'],
] as const)('STREAM_NO_DONE is a %s stream without its last frame', async (api, last) => {
  const frames = await plainFrames(api);
  const { heard, end } = await failAfter(api, 'STREAM_NO_DONE');

  expect(frames.at(-1)).toBe(last);
  expect(heard).toBe(toHttpChunks(frames.slice(0, -1)) + lastChunk);
  expect(end).toBe('FIN');
  await expectAlive(api);
});

it.each(
  counts,
)('a %s stream that stalls after %i chunks says no more, until its client leaves', async (api, afterChunks) => {
  const frames = await plainFrames(api);
  fail({ stream: { chunks }, fault: { type: 'STREAM_STALL', afterChunks } });
  const { heard, leave } = post(api);
  const expected = toHttpChunks(frames.slice(0, framesBefore(frames, afterChunks)));
  await waitFor(() => heard().endsWith(expected));
  const [entry] = mock.engine.journal.list({ session: 'default' });
  expect(entry?.status).toBe(200);
  expect(entry?.end).toBeUndefined();
  leave();
  await waitFor(() => readEnd(mock) !== undefined);

  expect(bodyOf(heard())).toBe(expected);
  const text = chunks.slice(0, afterChunks).join('');
  expect(mock.engine.journal.list({ session: 'default' })).toMatchObject([
    { end: 'client-left', text, status: 200 },
  ]);
  await expectAlive(api);
});

function readEnd({ engine }: Pick<RunningLongCatMock, 'engine'>): string | undefined {
  return engine.journal.list({ session: 'default' })[0]?.end;
}

it('a mock that is closed ends its stalled streams', async () => {
  const closing = await startLongCatMock({ port: 0 });
  fail({ text: 'Half an answer.', fault: { type: 'STREAM_STALL', afterChunks: 1 } }, closing);
  const calls = apis.map((api) => post(api, {}, closing.port));
  await waitFor(() => calls.every(({ heard }) => heard().includes('Half an')));
  await closing.close();

  for (const { end, heard } of calls) {
    await end;
    expect(heard().endsWith(lastChunk)).toBe(false);
  }
});

it('a stalled stream goes on with heartbeats when it has any', async () => {
  const clock = createManualTimekeeper(0);
  const stream = { chunks, heartbeatMs: 1000 };
  fail({ stream, fault: { type: 'STREAM_STALL', afterChunks: 1 } });
  mock.engine.sessions.change('default', { clock });
  const { heard, leave } = post('chat');
  await waitFor(() => heard().includes('One '));
  const beats = () => heard().match(/: heartbeat\n\n/g)?.length ?? 0;
  expect(beats()).toBe(0);
  for (const count of [1, 2, 3]) {
    clock.advance(1000);
    await waitFor(() => beats() === count);
  }
  leave();
  await waitFor(() => readEnd(mock) === 'client-left');
  clock.advance(10_000);

  expect(beats()).toBe(3);
});

it('on a clock that stands still a stalled stream is silent, heartbeats or not', async () => {
  fail({ stream: { chunks, heartbeatMs: 1 }, fault: { type: 'STREAM_STALL', afterChunks: 1 } });
  const { heard, leave } = post('chat');
  await waitFor(() => heard().includes('One '));
  for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);

  expect(heard()).not.toContain('heartbeat');
  leave();
  await waitFor(() => readEnd(mock) === 'client-left');
});

it.each(connectionFaults)('%s comes after its delay', async (type) => {
  const clock = createManualTimekeeper(0);
  fail({ text: 'Never sent.', fault: type, delay: 60_000 });
  mock.engine.sessions.change('default', { clock });
  const { heard, end } = post('chat');
  let ended = false;
  end.then(() => {
    ended = true;
  });
  await waitFor(() => mock.engine.journal.count('default').seen === 1);
  clock.advance(59_999);
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  expect([ended, heard()]).toEqual([false, '']);
  clock.advance(1);

  expect(await end).toBe(type === 'CONNECTION_RESET_BY_PEER' ? 'ECONNRESET' : 'FIN');
  expect(readEnd(mock)).toBe('cut');
});

it('a stream fault comes after its delay too', async () => {
  const clock = createManualTimekeeper(0);
  fail({ stream: { chunks }, fault: { type: 'STREAM_TRUNCATE', afterChunks: 1 }, delay: 1000 });
  mock.engine.sessions.change('default', { clock });
  const { heard, end } = post('message');
  await waitFor(() => mock.engine.journal.count('default').seen === 1);
  expect(heard()).toBe('');
  clock.advance(1000);

  expect(await end).toBe('FIN');
  expect(heard()).toContain('One ');
  expect(mock.engine.journal.list({ session: 'default' })).toMatchObject([
    { end: 'cut', text: 'One ' },
  ]);
});

it.each([
  ['STREAM_TRUNCATE', 'cut', 'One two '],
  ['STREAM_ERROR_EVENT', 'cut', 'One two '],
  ['CONNECTION_RESET_BY_PEER', 'cut', 'One two '],
  ['STREAM_MALFORMED_EVENT', 'finished', 'One two 猫.'],
] as const)('%s after two chunks is in the journal as %s, with the text sent', async (type, end, text) => {
  fail({ stream: { chunks }, fault: { type, afterChunks: 2 } });
  await post('chat').end;

  expect(mock.engine.journal.list({ session: 'default' })).toMatchObject([{ end, text }]);
});

const inProcess: readonly (readonly [string, LongCatMockOptions])[] = [
  ['by itself', {}],
  ['with a log', { report: () => {} }],
  ['with pages let in', { corsOrigins: ['*'] }],
];
const inProcessTable = connectionFaults.flatMap((fault) =>
  inProcess.map(([name, options]) => [fault, name, options] as const),
);

it.each(inProcessTable)('%s in process, %s, is what fetch throws', async (fault, _, options) => {
  const hosted = createLongCatMock(options);
  fail({ text: 'Never sent.', fault }, hosted);
  const headers = { origin: 'https://app.example' };

  for (const stream of [false, true]) {
    await expect(ask({ stream }, { mock: hosted, headers })).rejects.toThrow(
      expect.objectContaining({
        name: 'TypeError',
        message: 'fetch failed',
        cause: expect.objectContaining({ code: 'ECONNRESET' }),
      }),
    );
  }
  fail({ text: 'Well again.' }, hosted);
  expect((await ask({}, { mock: hosted })).status).toBe(200);
});

it('with pages let in, a fault over a socket is the same', async () => {
  await using open = await startLongCatMock({ port: 0, corsOrigins: ['*'] });
  for (const fault of connectionFaults) {
    fail({ text: 'Never sent.', fault }, open);
    const { end, heard } = post('chat', {}, open.port);

    expect(await end).toBe(fault === 'CONNECTION_RESET_BY_PEER' ? 'ECONNRESET' : 'FIN');
    expect(heard()).not.toContain('Never sent');
  }
});

it('a stream that is reset in process breaks while it is read', async () => {
  const hosted = createLongCatMock();
  const fault = { type: 'CONNECTION_RESET_BY_PEER', afterChunks: 1 } as const;
  fail({ stream: { chunks }, fault }, hosted);
  const response = await ask({ stream: true }, { mock: hosted });

  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow(TypeError);
});

/** Of so many requests, which fail; every request is another one when `distinct`. */
async function listFailures(
  probability: number,
  { seed, distinct }: { readonly seed: string; readonly distinct: boolean },
): Promise<string> {
  const hosted = createLongCatMock({ seed });
  fail({ text: 'Well.', fault: { type: 'EMPTY_RESPONSE', probability } }, hosted);
  const outcomes: string[] = [];
  for (let number = 0; number < 60; number += 1) {
    const content = distinct ? `Hello ${number}` : 'Hello';
    const asked = ask({ messages: [{ role: 'user', content }] }, { mock: hosted });
    outcomes.push(
      await asked.then(
        () => '.',
        () => 'F',
      ),
    );
  }
  return outcomes.join('');
}

it.each([
  ['the same request again and again', false],
  ['requests that are all different', true],
])('a fault with a probability hits some of %s, by the seed', async (_, distinct) => {
  const first = await listFailures(0.5, { seed: 'one', distinct });

  expect(first).toMatch(/F/);
  expect(first.replaceAll('.', '').length).toBeGreaterThan(10);
  expect(first.replaceAll('F', '').length).toBeGreaterThan(10);
  expect(await listFailures(0.5, { seed: 'one', distinct })).toBe(first);
  expect(await listFailures(0.5, { seed: 'two', distinct })).not.toBe(first);
  expect(await listFailures(0, { seed: 'one', distinct })).toBe('.'.repeat(60));
  expect(await listFailures(1, { seed: 'one', distinct })).toBe('F'.repeat(60));
});

it('a fault that does not come leaves the answer as it would be without it', async () => {
  const answers = [];
  for (const fault of [undefined, { type: 'STREAM_TRUNCATE', probability: 0 } as const]) {
    fail({ stream: { chunks }, fault });
    answers.push((await createWire(mock.port).chat({ stream: true })).body);
  }

  expect(answers[1]).toBe(answers[0]);
});

import { EventEmitter, once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { listen } from '../../src/http/listen.ts';
import {
  createLongCatMock,
  MockError,
  type RequestReport,
  startLongCatMock,
} from '../../src/index.ts';
import { ask, chatPath, hello } from '../ask.ts';

it('port 0 is any free one, and two mocks have two', async () => {
  await using one = await startLongCatMock({ port: 0 });
  await using two = await startLongCatMock({ port: 0 });

  expect(one.port).not.toBe(two.port);
  expect([(await ask({}, { mock: { url: one.url } })).status]).toEqual([200]);
  expect((await ask({}, { mock: { url: two.url } })).status).toBe(200);
});

it('a taken port is a MockError that says so', async () => {
  await using mock = await startLongCatMock({ port: 0 });

  const refused = await startLongCatMock({ port: mock.port }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(MockError);
  expect(refused).toMatchObject({ code: 'port-taken' });
});

it('leaving the block of `await using` frees the port', async () => {
  let port = 0;
  {
    await using mock = await startLongCatMock({ port: 0 });
    port = mock.port;
  }
  await using again = await startLongCatMock({ port });

  expect(again.port).toBe(port);
});

it('a host other than loopback is answered for when it is listened on', async () => {
  await using mock = await startLongCatMock({ port: 0, host: '::1' });

  expect(mock.url).toBe(`http://[::1]:${mock.port}`);
  expect((await fetch(`${mock.url}/health`)).status).toBe(200);
});

it('closing waits for an answer under way, and no longer than the grace', async () => {
  const bytes = new TransformStream<Uint8Array, Uint8Array>();
  const writer = bytes.writable.getWriter();
  const listener = await listen({
    host: '127.0.0.1',
    port: 0,
    fetch: () => new Response(bytes.readable),
  });
  const client = request({ host: '127.0.0.1', port: listener.port });
  client.end();
  const [response] = await once(client, 'response');
  await writer.write(new TextEncoder().encode('first '));

  const closed = listener.close();
  await writer.write(new TextEncoder().encode('last'));
  await writer.close();
  let text = '';
  for await (const chunk of response) text += chunk;
  await closed;

  expect(text).toBe('first last');
});

it('closing cuts what does not end within the grace', async () => {
  const endless = new ReadableStream({
    start: (controller) => controller.enqueue(new Uint8Array(1)),
  });
  const listener = await listen({ host: '127.0.0.1', port: 0, fetch: () => new Response(endless) });
  const client = request({ host: '127.0.0.1', port: listener.port });
  client.end();
  const [response] = await once(client, 'response');
  const cut = once(response, 'error');
  response.resume();

  await listener.close(10);

  expect((await cut)[0]).toMatchObject({ code: 'ECONNRESET' });
});

it('an answer that expects 100-continue is told to go on', async () => {
  await using mock = await startLongCatMock({ port: 0 });
  const client = request(`${mock.url}${chatPath}`, {
    method: 'POST',
    headers: { authorization: 'Bearer k', expect: '100-continue' },
  });
  client.flushHeaders();
  await once(client, 'continue');
  client.end(JSON.stringify(hello));
  const [response] = await once(client, 'response');

  expect(response.statusCode).toBe(200);
  response.resume();
});

it('requests one after another on one connection are answered in turn', async () => {
  await using mock = await startLongCatMock({ port: 0 });
  const body = JSON.stringify(hello);
  const head = `POST ${chatPath} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer k\r\nContent-Length: ${body.length}\r\n\r\n`;
  const socket = connect(mock.port, '127.0.0.1');
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk;
  });
  socket.write(head + body + head + body + head + body);

  while ((received.match(/"lastOne":false/g) ?? []).length < 3) await once(socket, 'data');
  expect(received.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(3);
  socket.destroy();
});

it('a client that leaves in the middle of its request is reported as such', async () => {
  const reports: RequestReport[] = [];
  const heard = new EventEmitter();
  await using mock = await startLongCatMock({
    port: 0,
    report: (report) => {
      reports.push(report);
      heard.emit('report');
    },
  });
  const head = `POST ${chatPath} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n`;
  const client = connect(mock.port, '127.0.0.1', () =>
    client.write(`${head}{`, () => client.destroy()),
  );
  await once(heard, 'report');

  expect(reports[0]).toMatchObject({
    status: 499,
    notes: ['The client left before its request was read.'],
  });
  expect((await ask({}, { mock: { url: mock.url } })).status).toBe(200);
});

it('a client that leaves in the middle of a stream leaves a mock that answers, and stops at once', async () => {
  const mock = await startLongCatMock({ port: 0 });
  const abort = new AbortController();
  const streamed = await fetch(`${mock.url}${chatPath}`, {
    method: 'POST',
    headers: { authorization: 'Bearer k' },
    body: JSON.stringify({ ...hello, stream: true, n: 128 }),
    signal: abort.signal,
  });
  await streamed.body?.getReader().read();
  abort.abort();

  expect((await ask({}, { mock: { url: mock.url } })).status).toBe(200);
  const start = performance.now();
  await mock.close();
  expect(performance.now() - start).toBeLessThan(1500);
});

it('a mock in process answers without a port', async () => {
  const { fetch: fetchInProcess } = createLongCatMock();
  const response = await fetchInProcess(`https://api.longcat.chat${chatPath}`, {
    method: 'POST',
    headers: { authorization: 'Bearer k' },
    body: JSON.stringify(hello),
  });

  expect(response.status).toBe(200);
});

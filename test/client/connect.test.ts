import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { connectLongCatMock, startLongCatMock } from '../../src/index.ts';

it('an address where nothing listens is told with its cause', async () => {
  await using mock = await startLongCatMock({ port: 0, fixtures: [] });
  const { url } = mock;
  await mock.close();

  await expect(connectLongCatMock({ url })).rejects.toMatchObject({
    code: 'cannot-connect',
    message: expect.stringMatching(
      /^No mock answers at http:\/\/127.0.0.1:\d+: connect ECONNREFUSED .*Start one there/,
    ),
  });
});

it('another server than a mock is told', async () => {
  const server = createServer((_, answer) => answer.end('<html>Hello</html>')).listen(0);
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one

  await expect(connectLongCatMock({ url: `http://127.0.0.1:${port}` })).rejects.toThrow(
    `What answers at http://127.0.0.1:${port} is no longcat-mock: 200 "<html>Hello</html>".`,
  );
  server.close();
});

it('a missing token is told with the places to give it', async () => {
  await using mock = await startLongCatMock({ port: 0, fixtures: [], adminToken: 'secret' });

  await expect(connectLongCatMock({ url: mock.url })).rejects.toThrow(
    /wants its token: .* Here, give it as adminToken, or in LONGCAT_MOCK_ADMIN_TOKEN\.$/,
  );
});

it('what is no address is refused', async () => {
  await expect(connectLongCatMock({ url: 'localhost:4010' })).rejects.toThrow(
    'Invalid address "localhost:4010" of a mock: expected a URL such as http://127.0.0.1:4010.',
  );
});

it('a mock that others use, too, is not reset under their feet', async () => {
  await using mock = await startLongCatMock({ port: 0, fixtures: [] });
  await using other = await mock.session('of-another-run');
  const connected = await connectLongCatMock({ url: mock.url });

  await expect(connected.reset()).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining(
      'Other sessions were active in the last 10 s: "of-another-run"',
    ),
  });
  await mock.reset();
  expect(await mock.has(other.name)).toBe(false);
});

it('two who are connected never get the same session', async () => {
  await using mock = await startLongCatMock({ port: 0, fixtures: [] });
  const [one, other] = await Promise.all(
    [1, 2].map(async () => (await connectLongCatMock({ url: mock.url })).session()),
  );

  expect(one?.name).not.toBe(other?.name);
});

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get, request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { after, test } from 'node:test';
import { startOutside } from './outside.mjs';

const outside = await startOutside();
after(outside.close);

const skip = process.env.ISOLATED !== '1' && 'this machine grants no network namespace';

test('the tests run where there is no network but loopback', { skip }, async () => {
  assert.deepEqual(Object.keys(networkInterfaces()), ['lo']);
  // An address of the documentation range: nothing answers there, but here it has no route either.
  await assert.rejects(once(get('http://192.0.2.1/'), 'response'), { code: 'ENETUNREACH' });
});

test('the proxy between a command and the world refuses and keeps every request', async () => {
  const { port } = new URL(outside.url);
  const [connected] = await once(
    request({ port, method: 'CONNECT', path: 'api.example:443' }).end(),
    'connect',
  );
  const [plain] = await once(get({ port, path: 'http://api.example/' }), 'response');
  assert.deepEqual([connected.statusCode, plain.statusCode], [403, 403]);
  assert.deepEqual(outside.asked, ['CONNECT api.example:443', 'GET http://api.example/']);
});

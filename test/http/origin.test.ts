import { expect, it } from 'vitest';
import { createLongCatMock, type LongCatMockOptions } from '../../src/index.ts';

function get(headers: Record<string, string>, options: LongCatMockOptions = {}, method = 'GET') {
  const { app } = createLongCatMock(options);
  return app.request('http://127.0.0.1/health', { method, headers });
}

it.each([
  ['127.0.0.1:4010', {}, 200],
  ['localhost:4010', {}, 200],
  ['LOCALHOST', {}, 200],
  ['[::1]:4010', {}, 200],
  ['127.0.0.1.evil.example', {}, 403],
  ['mock', {}, 403],
  ['mock:4010', { allowedHosts: ['mock'] }, 200],
  ['mock:4010', { allowedHosts: ['mock:4010'] }, 200],
  ['[fd00::5]:4010', { allowedHosts: ['fd00::5'] }, 200],
  ['anything', { allowedHosts: ['*'] }, 200],
  ['[::2]:4010', {}, 403],
  ['[::1]', {}, 200],
])('the host %j with %j gets %i', async (host, options, status) => {
  expect((await get({ host }, options)).status).toBe(status);
});

it.each([
  ['http://localhost:3000', {}, 200],
  ['https://evil.example', {}, 403],
  ['null', {}, 403],
  ['https://app.example', { corsOrigins: ['https://app.example'] }, 200],
  ['https://evil.example', { corsOrigins: ['https://app.example'] }, 403],
  ['https://evil.example', { corsOrigins: ['*'] }, 200],
  ['https://app.example', { corsOrigins: ['https://app.example/'] }, 200],
  ['https://evil.example', { allowedHosts: ['*'] }, 403],
])('the origin %j with %j gets %i', async (origin, options, status) => {
  expect((await get({ host: 'localhost', origin }, options)).status).toBe(status);
});

it('a page of the mock’s own allowed host may call it', async () => {
  const headers = { host: 'mock:4010', origin: 'http://mock:4010' };

  expect((await get(headers, { allowedHosts: ['*'] })).status).toBe(200);
});

it('no answer allows a foreign origin to read it unless told so', async () => {
  const origin = 'http://localhost:3000';
  const silent = await get({ origin });
  const told = await get({ origin }, { corsOrigins: [origin] });

  expect(silent.headers.has('access-control-allow-origin')).toBe(false);
  expect(told.headers.get('access-control-allow-origin')).toBe(origin);
});

it('a preflight is answered without a key, and allows the headers it asks for', async () => {
  const origin = 'https://app.example';
  const headers = {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,content-type,x-stainless-lang',
  };
  const response = await get(headers, { corsOrigins: [origin] }, 'OPTIONS');

  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-headers')).toBe(
    'authorization,content-type,x-stainless-lang',
  );
});

it('in process there is no foreign page, and every host is answered for', async () => {
  const response = await createLongCatMock().fetch('https://api.longcat.chat/health');

  expect(response.status).toBe(200);
});

it('a preflight from an origin that may not call is told how to allow it', async () => {
  const headers = { origin: 'http://localhost:3000', 'access-control-request-method': 'POST' };
  const response = await get(headers, {}, 'OPTIONS');

  expect(response.status).toBe(404);
  expect(response.headers.get('x-longcat-mock-hint')).toBe(
    'A page of http://localhost:3000 asks to call the mock: allow it with --cors-origin http://localhost:3000.',
  );
});

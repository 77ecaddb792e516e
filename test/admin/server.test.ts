import { expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { adminOperations } from '../../src/admin/operations.ts';
import { createLongCatMock, startLongCatMock } from '../../src/index.ts';
import { call, readRefusal, refuse, send } from './admin.ts';

it('health and version are told', async () => {
  const mock = createLongCatMock();
  const { body } = await call(mock, 'getHealth');

  expect(body).toMatchObject({ status: 'healthy', version: manifest.version });
  expect((await call(mock, 'getVersion')).body).toEqual({ version: manifest.version });
});

it('the settings are told without a secret', async () => {
  const mock = createLongCatMock({ acceptKeys: ['planted-key'], adminToken: 'planted-token' });
  const headers = { 'x-longcat-mock-admin-token': 'planted-token' };
  const { body } = await call(mock, 'getSettings', { headers });

  expect(body).toMatchObject({ models: ['LongCat-2.0'], acceptsAnyKey: false, needsToken: true });
  expect(JSON.stringify(body)).not.toContain('planted');
});

it('the settings of a mock that listens tell where', async () => {
  await using mock = await startLongCatMock({ port: 0, fixtures: [] });
  const { body } = await call(mock, 'getSettings');

  expect(body).toMatchObject({ host: '127.0.0.1', fixtures: [] });
});

it.each([
  ['GET', '/__admin/session', 404, 'Did you mean GET /__admin/sessions?'],
  ['POST', '/__admin/request/count', 404, 'Did you mean POST /__admin/requests/count?'],
  ['PUT', '/__admin/scenarios/abc/stat', 404, 'Did you mean PUT /__admin/scenarios/abc/state?'],
  ['GET', '/__admin', 404, 'There are /__admin/health,'],
  ['POST', '/__admin/clock', 405, 'has no POST, only PUT'],
  ['OPTIONS', '/__admin/verify', 405, 'has no OPTIONS, only POST'],
])('%s %s is %i and says what was meant', async (method, path, status, words) => {
  const response = await createLongCatMock().fetch(`http://localhost${path}`, { method });
  const refusal = await readRefusal(response);

  expect(refusal.status).toBe(status);
  expect(refusal.message).toContain(words);
});

it('every route wants the token, where there is one', async () => {
  const mock = createLongCatMock({ adminToken: 'planted' });
  const statuses = await Promise.all(
    Object.keys(adminOperations).map(async (id) => {
      const operation = id as keyof typeof adminOperations; // Object.keys widens to string
      const headers = { authorization: 'Bearer plante', 'x-longcat-mock-admin-token': 'plantedd' };
      const [none, wrong] = [
        await refuse(mock, operation, { id: 'x' }),
        await refuse(mock, operation, { id: 'x', headers }),
      ];
      return [none.status, wrong.status];
    }),
  );

  expect(new Set(statuses.flat())).toEqual(new Set([401]));
});

it.each([
  ['x-longcat-mock-admin-token', 'planted'],
  ['authorization', 'Bearer planted'],
])('the token is taken as %s: %s', async (name, value) => {
  const mock = createLongCatMock({ adminToken: 'planted' });

  expect((await send(mock, 'getHealth', { headers: { [name]: value } })).status).toBe(200);
  expect((await mock.fetch('http://localhost/health')).status).toBe(200);
});

it('a mock that other machines reach makes a token of its own', async () => {
  await using open = await startLongCatMock({ host: '0.0.0.0', port: 0, fixtures: [] });
  await using local = await startLongCatMock({ port: 0, fixtures: [] });
  const headers = { authorization: `Bearer ${open.adminToken}` };

  expect(open.adminToken).toMatch(/^[0-9a-f-]{36}$/);
  expect((await refuse(open, 'getHealth')).status).toBe(401);
  expect((await call(open, 'getHealth', { headers })).status).toBe(200);
  expect(local.adminToken).toBeUndefined();
  expect((await call(local, 'getHealth')).status).toBe(200);
});

it.each([
  'https://app.example',
  'http://localhost:3000',
  'null',
])('a page of %s is not let in, whatever --cors-origin says', async (origin) => {
  await using mock = await startLongCatMock({ port: 0, fixtures: [], corsOrigins: ['*'] });
  const [asked, preflight] = await Promise.all(
    ['POST', 'OPTIONS'].map((method) =>
      fetch(`${mock.url}/__admin/reset`, { method, headers: { origin } }),
    ),
  );

  expect(asked?.headers.get('access-control-allow-origin')).toBeNull();
  expect(preflight?.headers.get('access-control-allow-origin')).toBeNull();
  expect([asked?.status, preflight?.status]).toEqual([403, 403]);
});

it('the page of the mock itself is let in', async () => {
  await using mock = await startLongCatMock({ port: 0, fixtures: [] });

  expect((await send(mock, 'reset', { headers: { origin: mock.url } })).status).toBe(200);
});

it('the guard of hosts stands before the admin API', async () => {
  const { app } = createLongCatMock();
  const headers = { host: 'evil.example' };
  const response = await app.request('http://evil.example/__admin/health', { headers });

  expect(response.status).toBe(403);
});

it('a body that is too long is refused', async () => {
  const mock = createLongCatMock({ maxBody: 100 });
  const body = { id: 'a', respond: { text: 'x'.repeat(100) } };

  expect(await refuse(mock, 'addFixtures', { body })).toMatchObject({
    status: 413,
    code: 'request_too_large',
  });
});

it('a shutdown ends a mock that listens, and no other', async () => {
  const mock = await startLongCatMock({ port: 0, fixtures: [] });
  const { status, body } = await call(mock, 'shutdown');
  await mock.closed;

  expect([status, body]).toEqual([202, { status: 'closing' }]);
  await expect(fetch(`${mock.url}/health`)).rejects.toThrow();
  expect(await refuse(createLongCatMock(), 'shutdown')).toMatchObject({
    status: 501,
    code: 'not_listening',
  });
});

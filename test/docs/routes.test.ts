import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { docsPaths } from '../../src/docs/paths.ts';
import { createDocs } from '../../src/docs/routes.ts';
import { createLongCatMock } from '../../src/index.ts';

const committed = JSON.parse(
  readFileSync(new URL('../../openapi/longcat.json', import.meta.url), 'utf8'),
);
const host = '127.0.0.1:4711';

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

async function get(path: string, { headers, ...rest }: Asked = {}): Promise<Response> {
  const { app } = createLongCatMock({ strictContract: true });
  return app.request(`http://${host}${path}`, { headers: { host, ...headers }, ...rest });
}

const types = {
  '/openapi.json': 'application/json',
  '/openapi.yaml': 'application/yaml',
  '/docs': 'text/html; charset=UTF-8',
  '/docs/page.css': 'text/css; charset=utf-8',
  '/docs/page.js': 'text/javascript; charset=utf-8',
  '/docs/swagger-ui.css': 'text/css; charset=utf-8',
  '/docs/swagger-ui.js': 'text/javascript; charset=utf-8',
};

it.each([
  ['/openapi.json', (text: string) => JSON.parse(text)],
  ['/openapi.yaml', (text: string) => parse(text)],
])('%s is the committed document, with the mock the first of its servers', async (path, read) => {
  const served = read(await (await get(path)).text());

  const [own, ...others] = served.servers;
  expect(own).toEqual({ url: `http://${host}`, description: 'This longcat-mock' });
  expect({ ...served, servers: others }).toEqual(committed);
});

it.each([
  ['/openapi.json', (text: string) => JSON.parse(text)],
  ['/openapi.yaml', (text: string) => parse(text)],
])('%s names a server once that the document names too', async (path, read) => {
  const { app } = createLongCatMock();
  const answer = await app.request(`http://127.0.0.1:4010${path}`);

  const { servers } = read(await answer.text());
  expect(servers.map(({ url }: { url: string }) => url)).toEqual([
    'http://127.0.0.1:4010',
    'https://api.longcat.chat',
  ]);
});

it.each(Object.entries(types))('%s is %s, and is asked for anew each time', async (path, type) => {
  const { status, headers } = await get(path);

  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe(type);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('cache-control')).toBe('no-cache');
  expect(headers.get('etag')).toMatch(/^"\w+"$/);
});

it.each(Object.keys(types))('%s answers HEAD with the same headers and no body', async (path) => {
  const [head, whole] = [await get(path, { method: 'HEAD' }), await get(path)];

  expect(head.status).toBe(200);
  expect([...head.headers]).toEqual([...whole.headers]);
  expect(await head.text()).toBe('');
});

it.each(Object.keys(types))('%s is not sent again to who has it', async (path) => {
  const etag = (await get(path)).headers.get('etag') ?? '';
  const again = await get(path, { headers: { 'if-none-match': etag } });

  expect([again.status, await again.text()]).toEqual([304, '']);
});

it('another address has another document, by its etag', async () => {
  const { app } = createLongCatMock();
  const tags = ['http://127.0.0.1:1', 'http://127.0.0.1:2'].map(async (url) =>
    (await app.request(`${url}/openapi.json`)).headers.get('etag'),
  );

  expect(new Set(await Promise.all(tags)).size).toBe(2);
});

it.each([
  ['gzip, deflate', 'gzip'],
  ['GZIP;q=0.5', 'gzip'],
  ['gzip;q=0', null],
  ['br', null],
])('an asset asked for with the coding %j is sent as %j', async (accepted, coding) => {
  const answer = await get('/docs/swagger-ui.css', { headers: { 'accept-encoding': accepted } });

  expect(answer.headers.get('content-encoding')).toBe(coding);
  expect(answer.headers.get('vary')).toBe('accept-encoding');
  const body = answer.body?.pipeThrough(
    coding === null ? new TransformStream() : new DecompressionStream(coding as 'gzip'),
  );
  expect(await new Response(body).text()).toContain('.swagger-ui');
});

it('the page lets in its own files and calls its own mock, and nothing else', async () => {
  const page = await get('/docs');
  const html = await page.text();

  expect(page.headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  expect(html).not.toMatch(/<script(?![^>]* src=)|<style| style=| on\w+=/);
  const addresses = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address);
  expect(addresses.filter((address) => !/^(?:\.\/|data:image)/.test(address ?? ''))).toEqual([]);
  for (const path of docsPaths.filter((each) => each.startsWith('/docs/') && each in types)) {
    expect(addresses).toContain(`.${path}`);
  }
});

it.each([
  [true, 200, ['./docs', './docs/admin']],
  [false, 404, ['./docs']],
])('the admin API has a page if the mock describes it: %j', async (described, status, links) => {
  const docs = createDocs({ describesAdmin: async () => described });
  const environment = { request: new Request('http://localhost/docs') };
  const html = await (await docs.request('/docs', {}, environment)).text();

  expect([...html.matchAll(/<a href="([^"]*docs[^"]*)"/g)].map(([, link]) => link)).toEqual(links);
  expect((await docs.request('/docs/admin', {}, environment)).status).toBe(status);
});

it('the page may be asked for with a slash at its end', async () => {
  const { status, headers } = await get('/docs/');

  expect([status, headers.get('location')]).toEqual([308, '../docs']);
});

it.each([
  ['GET', '/'],
  ['GET', '/docs/index.html'],
  ['GET', '/docs/%2e%2e/package.json'],
  ['GET', '/docs/..%2fpackage.json'],
  ['GET', '/docs/page.js.gz'],
  ['GET', '/s/w1/openapi.json'],
  ['POST', '/docs'],
  ['DELETE', '/openapi.json'],
])('%s %s is LongCat’s 404', async (method, path) => {
  const unknown = await get('/nothing', { method });
  const answer = await get(path, { method });

  expect(answer.status).toBe(404);
  expect(answer.headers.get('content-type')).toBe(unknown.headers.get('content-type'));
});

it.each(docsPaths)('%s is refused under a strange host, and to a strange page', async (path) => {
  expect((await get(path, { headers: { host: 'evil.example' } })).status).toBe(403);
  expect((await get(path, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
});

it('the document is for pages of an allowed origin, too', async () => {
  const { app } = createLongCatMock({ corsOrigins: ['https://app.example'] });
  const headers = { origin: 'https://app.example' };
  const answer = await app.request('http://localhost/openapi.json', { headers });

  expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.example');
});

it('under a path of another app, the document and its page are that of the mock there', async () => {
  const { app } = createLongCatMock();
  const outer = new Hono().route('/llm', app);
  const document = await outer.request('http://localhost/llm/openapi.json');

  expect((await document.json()).servers[0].url).toBe('http://localhost/llm');
  expect((await outer.request('http://localhost/llm/docs/page.js')).status).toBe(200);
});

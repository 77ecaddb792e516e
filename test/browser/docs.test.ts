import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { createDocs } from '../../src/docs/routes.ts';
import {
  type LongCatMockOptions,
  type RunningLongCatMock,
  startLongCatMock,
} from '../../src/index.ts';
import { browserIt, reason, startChromium } from './chromium.ts';

let browser: Browser;
const mocks: RunningLongCatMock[] = [];

beforeAll(async () => {
  // No name is resolved: the page has to do with the mock alone.
  browser = await startChromium(['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1']);
});

afterEach(async () => {
  for (const context of browser?.contexts() ?? []) await context.close();
});

afterAll(async () => {
  await browser?.close();
  await Promise.all(mocks.map((mock) => mock.close()));
});

interface Opened {
  readonly page: Page;
  readonly url: string;
  /** Every address that was asked for, whether or not it was reached. */
  readonly asked: readonly string[];
  /** What the browser complained of. */
  readonly complaints: readonly string[];
}

type Preparation = (page: Page, mock: RunningLongCatMock) => Promise<void>;

async function openDocs(
  path = '/docs',
  { prepare, ...options }: LongCatMockOptions & { readonly prepare?: Preparation | undefined } = {},
): Promise<Opened> {
  const mock = await startLongCatMock({ ...options, port: 0 });
  mocks.push(mock);
  const page = await browser.newPage();
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => complaints.push(`${request.url()} failed`));
  await prepare?.(page, mock);
  await page.goto(`${mock.url}${path}`);
  await page.locator('.opblock').first().waitFor();
  return { page, url: mock.url, asked, complaints };
}

/** Opens an operation as a reader would, and readies it for a call. */
async function tryOut(page: Page, id: string) {
  const operation = page.locator(`[id="operations-${id}"]`);
  await operation.locator('.opblock-summary-control').click();
  await operation.getByRole('button', { name: 'Try it out' }).click();
  return {
    operation,
    async execute() {
      await operation.getByRole('button', { name: 'Execute' }).click();
      const answer = operation.locator('.live-responses-table');
      await answer.waitFor();
      return {
        status: await answer.locator('.response .response-col_status').innerText(),
        body: await answer.locator('.response-col_description pre').first().innerText(),
        headers: await answer.locator('.response-col_description pre').nth(1).innerText(),
      };
    },
  };
}

browserIt(`the reference shows every operation, and complains of nothing${reason}`, async () => {
  const { page, url, asked, complaints } = await openDocs();
  const { paths } = await (await fetch(`${url}/openapi.json`)).json();
  const operations: readonly object[] = Object.values(paths);

  expect(await page.locator('.opblock').count()).toBe(operations.length);
  expect(await page.title()).toBe('LongCat API · longcat-mock');
  expect(asked.filter((address) => !address.startsWith(`${url}/`))).toEqual([]);
  expect(complaints).toEqual([]);
});

browserIt(`nothing in the reference asks for another host when it is opened${reason}`, async () => {
  const { page, url, asked, complaints } = await openDocs();
  const operation = page.locator('[id="operations-Chat-createChatCompletion"]');
  await operation.locator('.opblock-summary-control').click();
  await operation.getByRole('tab', { name: 'Schema' }).first().click();
  await page.getByRole('button', { name: 'Schemas' }).click();
  await page.getByRole('button', { name: 'Authorize' }).click();
  await page.locator('.dialog-ux').waitFor();

  expect(asked.filter((address) => !address.startsWith(`${url}/`))).toEqual([]);
  expect(complaints).toEqual([]);
});

browserIt(`the policy of the reference lets no request out${reason}`, async () => {
  const { page, complaints } = await openDocs();
  const outcome = await page.evaluate(() =>
    fetch('https://api.longcat.chat/').catch((error) => String(error)),
  );

  expect(outcome).toBe('TypeError: Failed to fetch');
  expect(complaints.join()).toContain("connect-src 'self'");
});

browserIt.each([
  ['Chat-createChatCompletion', '"object": "chat.completion"'],
  ['Messages-createMessage', '"type": "message"'],
  ['Models-listModels', '"LongCat-2.0"'],
])(`a call of %s can be tried with the key that is there${reason}`, async (id, words) => {
  const { page, complaints } = await openDocs('/docs', { acceptKeys: ['secret'] });
  const { status, body } = await (await tryOut(page, id)).execute();

  expect(status).toBe('200');
  expect(body).toContain(words);
  expect(complaints).toEqual([]);
});

browserIt(`calls of the reference have a session of their own${reason}`, async () => {
  const { page } = await openDocs();
  const { headers } = await (await tryOut(page, 'Chat-createChatCompletion')).execute();

  expect(headers).toContain('x-longcat-mock-session: docs');
});

browserIt.each([
  ['Chat-createChatCompletion', /^data: \{.*\n\ndata: [\s\S]*\n\ndata: \[DONE\]\s*$/],
  ['Messages-createMessage', /^event: message_start\n[\s\S]*event: message_stop\ndata: .*\s*$/],
])(`a streamed answer to %s is shown to its end${reason}`, async (id, whole) => {
  const { page, complaints } = await openDocs();
  const { operation, execute } = await tryOut(page, id);
  const body = operation.locator('textarea.body-param__text');
  await body.fill(JSON.stringify({ ...JSON.parse(await body.inputValue()), stream: true }));
  const answer = await execute();

  expect(answer.status).toBe('200');
  expect(answer.headers).toContain('content-type: text/event-stream');
  expect(answer.body).toMatch(whole);
  expect(complaints).toEqual([]);
});

browserIt(`a refusal is shown as LongCat words it${reason}`, async () => {
  const { page } = await openDocs();
  const { operation, execute } = await tryOut(page, 'Chat-createChatCompletion');
  await operation.locator('textarea.body-param__text').fill('{');
  const { status, body } = await execute();

  expect(status).toContain('400');
  expect(JSON.parse(body)).toHaveProperty('error.message');
});

browserIt(`an address of an operation opens it${reason}`, async () => {
  const { page } = await openDocs('/docs#/Models/listModels');

  await page.locator('[id="operations-Models-listModels"].is-open').waitFor();
});

/** A mock that describes its admin API. */
async function describeAdmin(page: Page, { url }: RunningLongCatMock): Promise<void> {
  const docs = createDocs({ describesAdmin: async () => true });
  const html = await docs.request('/docs/admin', {}, { request: new Request(`${url}/docs/admin`) });
  const headers = Object.fromEntries(html.headers);
  const body = await html.text();
  await page.route(`${url}/docs/admin`, (route) => route.fulfill({ headers, body }));
  const get = { operationId: 'getServer', responses: { 200: { description: 'The server.' } } };
  const json = { openapi: '3.1.0', info: { title: 'Admin', version: '1' }, paths: {} };
  await page.route(`${url}/__admin/openapi.json`, (route) =>
    route.fulfill({ json: { ...json, paths: { '/__admin/server': { get } } } }),
  );
}

browserIt(`the admin API has a page beside the other${reason}`, async () => {
  const { page, url, complaints } = await openDocs('/docs/admin', { prepare: describeAdmin });

  expect(await page.title()).toBe('Admin API · longcat-mock');
  expect(await page.locator('.opblock').innerText()).toContain('/__admin/server');
  expect(complaints).toEqual([]);
  await page.getByRole('link', { name: 'LongCat API' }).click();
  await page.locator('[id="operations-Models-listModels"]').waitFor();
  expect(page.url()).toBe(`${url}/docs`);
});

browserIt(`a document that cannot be had is said to be missing${reason}`, async () => {
  const { page } = await openDocs();
  await page.route('**/openapi.json', (route) => route.fulfill({ status: 503 }));
  await page.reload();

  await page.getByText(/The reference cannot be shown: .*openapi\.json answered 503\./).waitFor();
});

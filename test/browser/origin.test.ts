import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect } from 'vitest';
import {
  type LongCatMockOptions,
  type RunningLongCatMock,
  startLongCatMock,
} from '../../src/index.ts';
import { browserIt, reason, startChromium } from './chromium.ts';

/** Chromium resolves it to 127.0.0.1, as a hostile page's own name server would have it do. */
const stranger = 'stranger.example';
/** The site's page here has the origin "null", as one opened from a file or a sandbox has. */
const sandboxed = '/sandboxed';

let browser: Browser;
let site: Server;
let sitePort: number;
const mocks: RunningLongCatMock[] = [];

beforeAll(async () => {
  browser = await startChromium([`--host-resolver-rules=MAP ${stranger} 127.0.0.1`]);
  site = createServer(({ url }, response) => {
    if (url === sandboxed) response.setHeader('content-security-policy', 'sandbox allow-scripts');
    response.setHeader('content-type', 'text/html').end('<title>A page</title>');
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  sitePort = (site.address() as AddressInfo).port; // a TCP server that listens has one
});

afterAll(async () => {
  await browser?.close();
  await Promise.all(mocks.map((mock) => mock.close()));
  site?.close();
});

interface Started {
  readonly url: string;
  readonly port: number;
  /** What reached the mock, such as `POST 200`. */
  readonly seen: readonly string[];
}

async function startMock(options: LongCatMockOptions = {}): Promise<Started> {
  const seen: string[] = [];
  const mock = await startLongCatMock({
    ...options,
    port: 0,
    report: ({ method, status }) => seen.push(`${method} ${status}`),
  });
  mocks.push(mock);
  return { url: mock.url, port: mock.port, seen };
}

async function openPage(host: string, pathname = '/'): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`http://${host}:${sitePort}${pathname}`);
  return page;
}

type Outcome =
  | { readonly status: number; readonly text: string; readonly requestId: string | null }
  | { readonly blocked: string };

/** Asks for a streamed answer with the headers that the official clients send from a browser. */
function ask(page: Page, { url }: Started): Promise<Outcome> {
  return page.evaluate(async (target): Promise<Outcome> => {
    const headers = {
      authorization: 'Bearer test',
      'content-type': 'application/json',
      'x-stainless-lang': 'js',
      'anthropic-dangerous-direct-browser-access': 'true',
    };
    const messages = [{ role: 'user', content: 'Hello!' }];
    const body = JSON.stringify({ model: 'LongCat-2.0', messages, stream: true });
    try {
      const response = await fetch(target, { method: 'POST', headers, body });
      const requestId = response.headers.get('x-longcat-mock-request-id');
      return { status: response.status, text: await response.text(), requestId };
    } catch (error) {
      return { blocked: String(error) };
    }
  }, `${url}/openai/v1/chat/completions`);
}

/** Posts as a form would, for which no browser asks leave first. */
async function postBlindly(page: Page, { url }: Started): Promise<void> {
  await page.evaluate(
    (target) => fetch(target, { method: 'POST', mode: 'no-cors', body: '{}' }),
    `${url}/openai/v1/chat/completions`,
  );
}

const readable = {
  status: 200,
  text: expect.stringMatching(/data: \[DONE\]\n\n$/),
  requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
};
const blocked = { blocked: 'TypeError: Failed to fetch' };

browserIt(`a page of another port on this machine cannot read an answer${reason}`, async () => {
  const mock = await startMock();

  expect(await ask(await openPage('127.0.0.1'), mock)).toEqual(blocked);
  expect(mock.seen).not.toContain('POST 200');
});

browserIt(`a page of an allowed origin asks leave, then reads the answer${reason}`, async () => {
  const mock = await startMock({ corsOrigins: [`http://127.0.0.1:${sitePort}`] });

  expect(await ask(await openPage('127.0.0.1'), mock)).toEqual(readable);
  expect(mock.seen).toEqual(['OPTIONS 204', 'POST 200']);
});

browserIt(`a page of a strange origin is refused before and without asking${reason}`, async () => {
  const mock = await startMock({ corsOrigins: [`http://127.0.0.1:${sitePort}`] });
  const page = await openPage(stranger);

  expect(await ask(page, mock)).toEqual(blocked);
  await postBlindly(page, mock);
  expect(mock.seen).toEqual(['OPTIONS 403', 'POST 403']);
});

browserIt(`a page of a strange origin reads answers once it is allowed${reason}`, async () => {
  const mock = await startMock({ corsOrigins: [`http://${stranger}:${sitePort}`] });

  expect(await ask(await openPage(stranger), mock)).toEqual(readable);
});

browserIt(`any page reads answers when all origins are allowed${reason}`, async () => {
  const mock = await startMock({ corsOrigins: ['*'] });

  expect(await ask(await openPage(stranger), mock)).toEqual(readable);
  expect(await ask(await openPage('127.0.0.1', sandboxed), mock)).toEqual(readable);
});

browserIt(`a page whose origin is "null" is refused${reason}`, async () => {
  const mock = await startMock();
  const page = await openPage('127.0.0.1', sandboxed);

  expect(await page.evaluate(() => window.origin)).toBe('null');
  expect(await ask(page, mock)).toEqual(blocked);
  await postBlindly(page, mock);
  expect(mock.seen).toEqual(['OPTIONS 403', 'POST 403']);
});

browserIt(`a strange name that resolves to the mock is refused by its Host${reason}`, async () => {
  const mock = await startMock();
  const page = await browser.newPage();
  const response = await page.goto(`http://${stranger}:${mock.port}/health`);

  expect(response?.status()).toBe(403);
  expect(await response?.json()).toMatchObject({ error: { code: 'host_not_allowed' } });
});

browserIt(`a name among the allowed hosts is answered${reason}`, async () => {
  const mock = await startMock({ allowedHosts: [stranger] });
  const page = await browser.newPage();
  const response = await page.goto(`http://${stranger}:${mock.port}/health`);

  expect(await response?.json()).toMatchObject({ status: 'ok', name: 'longcat-mock' });
});

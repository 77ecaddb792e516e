import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { importHar } from '../../src/importing/har.ts';
import { startLongCatMock } from '../../src/index.ts';
import { ask, chatPath, hello, messagesPath } from '../ask.ts';
import { serveImported } from '../importing/land.ts';
import { makeFolder } from '../scenario/folder.ts';
import { browserIt, reason, startChromium } from './chromium.ts';

/** What a page asked of the mock, and what it got. */
interface Asked {
  readonly path: string;
  readonly body: object;
}

const questions: readonly Asked[] = [chatPath, messagesPath].flatMap((path) =>
  [false, true].map((stream) => ({ path, body: { ...hello, max_tokens: 500, stream } })),
);

/** Ids and stamps change with every answer. */
function mask(text: string): string {
  return text.replaceAll(/[0-9a-f]{32,}/g, 'ID').replaceAll(/"created":\d+/g, '"created":0');
}

browserIt(`what Chromium recorded answers as the page was answered${reason}`, async () => {
  const path = join(makeFolder(), 'page.har');
  await using mock = await startLongCatMock({ port: 0 });
  const browser = await startChromium([]);
  const context = await browser.newContext({ recordHar: { path, content: 'embed' } });
  const page = await context.newPage();
  await page.goto(`${mock.url}/health`);
  const got = await page.evaluate(async (asked) => {
    const texts: string[] = [];
    for (const { path, body } of asked) {
      const headers = {
        'content-type': 'application/json',
        authorization: 'Bearer a-key-of-the-page',
      };
      const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
      texts.push(await response.text());
    }
    return texts;
  }, questions);
  await context.close();
  await browser.close();

  const text = readFileSync(path, 'utf8');
  const imported = importHar(text, { file: 'page.har' });
  if (!imported) throw new Error('no archive');
  const again = await serveImported(imported);
  const answers: string[] = [];
  for (const { path, body } of questions) {
    answers.push(await (await ask(body, { path, mock: again })).text());
  }
  expect(imported.leftovers).toEqual([]);
  expect(answers.map(mask)).toEqual(got.map(mask));
  expect(text).toContain('a-key-of-the-page');
  expect(JSON.stringify(imported)).not.toContain('a-key-of-the-page');
});

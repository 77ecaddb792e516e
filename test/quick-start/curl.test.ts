import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Message } from '../../src/contract/anthropic/response.ts';
import { ChatCompletion } from '../../src/contract/openai/response.ts';
import { type RunningLongCatMock, startLongCatMock } from '../../src/index.ts';

const run = promisify(execFile);
const key = 'lc-quick-start';
let mock: RunningLongCatMock;

beforeAll(async () => {
  await run('curl', ['--version']).catch((cause: unknown) => {
    throw new Error('curl is missing, and the Quick Start uses it: install it.', { cause });
  });
  mock = await startLongCatMock({ port: 0, acceptKeys: [key] });
});

afterAll(() => mock?.close());

/** What an example prints when only its host and key are changed. */
async function runExample(name: string): Promise<unknown> {
  const example = await readFile(new URL(name, import.meta.url), 'utf8');
  const script = example
    .replaceAll('https://api.longcat.chat', mock.url)
    .replaceAll('YOUR_APP_KEY', key);
  const { stdout } = await run('sh', ['-c', script], {
    env: { ...process.env, NO_PROXY: '127.0.0.1' },
  });
  return JSON.parse(stdout);
}

it('the OpenAI cURL example gets a chat completion', async () => {
  const completion = ChatCompletion.parse(await runExample('openai.sh'));

  expect(completion.model).toBe('LongCat-2.0');
  expect(completion.choices[0]?.message.content).toMatch(/\w/);
});

it('the Anthropic cURL example gets a message', async () => {
  const message = Message.parse(await runExample('anthropic.sh'));

  expect(message.model).toBe('LongCat-2.0');
  expect(message.content).toEqual([{ type: 'text', text: expect.stringMatching(/\w/) }]);
});

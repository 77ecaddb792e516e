import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ask } from '../ask.ts';
import { makeFolder, oneFixture } from '../scenario/folder.ts';
import { run, serve } from './command.ts';

async function readText(response: Response): Promise<string> {
  const answer = (await response.json()) as {
    readonly choices: readonly { readonly message: { readonly content: string } }[];
  };
  return answer.choices[0]?.message.content ?? '';
}

it('a mock answers by what was pushed, the files of its answers included', async () => {
  await using mock = await serve();
  const folder = makeFolder({
    'a.yaml': oneFixture('a', '{ textFile: words.txt }'),
    'words.txt': 'From a file.',
    'b.yaml': `scenario: other\n${oneFixture('b', '{ text: Other. }')}`,
  });
  const { code, stdout, stderr } = await run(['push', folder, '--to', `${mock.url}/`]);
  const headers = { 'x-longcat-mock-scenario': 'other' };

  expect([code, stdout, stderr]).toEqual([0, `Pushed 2 fixtures of 2 files to ${mock.url}.\n`, '']);
  expect(await readText(await ask({}, { mock }))).toBe('From a file.');
  expect(await readText(await ask({}, { mock, headers }))).toBe('Other.');
});

it('--session gives them to one session', async () => {
  await using mock = await serve();
  const folder = makeFolder({ 'a.yaml': oneFixture('a', '{ text: Mine. }') });
  await run(['push', folder, '--to', mock.url, '--session', 'w 1']);
  const headers = { 'x-longcat-mock-session': 'w 1' };

  expect(await readText(await ask({}, { mock, headers }))).toBe('Mine.');
  expect(await readText(await ask({}, { mock }))).not.toBe('Mine.');
});

it('what is wrong is told by file, line and column, before any mock is asked', async () => {
  const folder = makeFolder({ 'a.yaml': oneFixture('a', '{ txt: hi }') });
  const { code, stderr } = await run(['push', folder, '--to', 'http://127.0.0.1:9']);

  expect(code).toBe(1);
  expect(stderr).toContain(`${join(folder, 'a.yaml')}:4:16: error: `);
});

it('a fixture that is there already is refused, with its file', async () => {
  await using mock = await serve();
  const folder = makeFolder({ 'a.yaml': oneFixture('a'), 'b.yaml': oneFixture('b') });
  await run(['push', join(folder, 'b.yaml'), '--to', mock.url]);
  const { code, stderr } = await run(['push', folder, '--to', mock.url]);

  expect(code).toBe(1);
  expect(stderr).toContain(`${join(folder, 'b.yaml')}: There is already fixture "b"`);
  expect(stderr).toContain('The mock keeps what it was given before that.');
});

it('a mock that wants its token says so, and takes it from the flag or the variable', async () => {
  await using mock = await serve(['--admin-token', 'planted']);
  const files = { 'a.yaml': oneFixture('a') };
  const pushing = (path: string) => ['push', path, '--to', mock.url];
  const folder = makeFolder(files);
  const without = await run(pushing(folder));
  const flagged = await run([...pushing(folder), '--admin-token', 'planted']);
  const other = makeFolder({ 'b.yaml': oneFixture('b') });
  const variable = await run(pushing(other), { LONGCAT_MOCK_ADMIN_TOKEN: 'planted' });

  expect(without.code).toBe(2);
  expect(without.stderr).toContain('wants its token');
  expect(without.stderr).toContain('Here: --admin-token.');
  expect([flagged.code, variable.code]).toEqual([0, 0]);
});

/** Something that answers as it is told to, at an address that it tells. */
async function pretend(answer: (method: string) => { status: number; body: object }) {
  const server = createServer((request, response) => {
    const { status, body } = answer(request.method ?? '');
    response.writeHead(status).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo; // it listens
  return `http://127.0.0.1:${port}`;
}

const ready = { status: 200, body: { name: 'longcat-mock' } };

it('a problem that only the mock sees is told at its place in the file', async () => {
  const problem = { severity: 'error', path: 'fixtures[0].respond.text', message: 'Too new' };
  const error = { code: 'invalid_fixtures', message: 'Wrong.', problems: [problem] };
  const url = await pretend((method) =>
    method === 'GET' ? ready : { status: 422, body: { error } },
  );
  const folder = makeFolder({ 'a.yaml': oneFixture('a', '{ text: hi }') });
  const { code, stderr } = await run(['push', folder, '--to', url]);

  expect([code, stderr]).toEqual([1, `${join(folder, 'a.yaml')}:4:22: error: Too new\n`]);
});

it('--wait asks again until the mock is there', async () => {
  let asked = 0;
  const url = await pretend(() => {
    asked += 1;
    return asked < 3 ? { status: 503, body: {} } : ready;
  });
  const folder = makeFolder({ 'a.yaml': oneFixture('a') });
  const { code, stdout } = await run(['push', folder, '--to', url, '--wait', '60']);

  expect([code, stdout]).toEqual([0, `Pushed 1 fixture of 1 file to ${url}.\n`]);
  expect(asked).toBe(4);
});

it.each([
  [['--to', 'http://127.0.0.1:9'], 'No longcat-mock answers at http://127.0.0.1:9. Wait for it'],
  [['--to', 'http://127.0.0.1:9', '--wait', '0.2'], 'at http://127.0.0.1:9 within 0.2 s. Is that'],
  [['--to', '127.0.0.1:9'], 'Invalid --to "127.0.0.1:9": expected the address of a mock'],
  [['--to', 'http://127.0.0.1:9/openai'], 'without a path.'],
  [['--wait', 'long'], 'Expected seconds such as 30, not "long".'],
])('%j ends with 2 and says why', async (flags, words) => {
  const folder = makeFolder({ 'a.yaml': oneFixture('a') });
  const { code, stderr } = await run(['push', folder, ...flags]);

  expect(code).toBe(2);
  expect(stderr).toContain(words);
});

it('a folder without fixtures ends with 2', async () => {
  const { code, stderr } = await run(['push', makeFolder()]);

  expect(code).toBe(2);
  expect(stderr).toContain('No fixture files in ');
});

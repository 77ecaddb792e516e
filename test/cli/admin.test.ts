import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ask } from '../ask.ts';
import { makeFolder } from '../scenario/folder.ts';
import { run, serve } from './command.ts';

it('a shutdown by the admin API ends the command with 0', async () => {
  await using mock = await serve();
  const response = await fetch(`${mock.url}/__admin/shutdown`, { method: 'POST' });

  expect(response.status).toBe(202);
  expect((await mock.closed).code).toBe(0);
});

it('a token that is made is told on stderr and in the ready file alone', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'longcat-mock-')), 'ready.json');
  await using mock = await serve(['--host', '0.0.0.0', '--ready-file', path]);
  const { adminToken } = JSON.parse(readFileSync(path, 'utf8'));

  expect(adminToken).toMatch(/^[0-9a-f-]{36}$/);
  expect(mock.output.stderr).toContain(adminToken);
  expect(mock.output.stdout).not.toContain(adminToken);
  expect(statSync(path).mode & 0o077).toBe(0);
});

it('a token that is given is told nowhere', async () => {
  await using mock = await serve(['--log-level', 'debug'], {
    LONGCAT_MOCK_ADMIN_TOKEN: 'planted',
  });
  const answer = await fetch(`${mock.url}/__admin/health`);
  const { stdout, stderr } = await mock.stop();

  expect(answer.status).toBe(401);
  expect(stdout + stderr).not.toContain('planted');
});

const fixtures = `version: 1
fixtures:
  - id: meow
    match: { messages: { last: { text: { contains: meow } } } }
    respond: { text: Meow. }
`;

it('explain tells what became of a request, and why no fixture matched', async () => {
  const folder = makeFolder({ 'a.yaml': fixtures });
  await using mock = await serve(['--fixtures', folder, '--admin-token', 'planted']);
  const asking = ['--port', new URL(mock.url).port, '--admin-token', 'planted'];
  const headers = { 'x-longcat-mock-session': 'w1', authorization: 'Bearer secret-key' };
  const explain = async (content: string) => {
    const answer = await ask({ messages: [{ role: 'user', content }] }, { mock, headers });
    return run(['explain', answer.headers.get('x-longcat-mock-request-id') ?? '', ...asking]);
  };
  const matched = await explain('meow');
  const missed = await explain('\u001b[2J');

  expect([matched.code, missed.code]).toEqual([0, 0]);
  expect(matched.stdout).toContain('POST /openai/v1/chat/completions\n  session "w1", ');
  expect(matched.stdout).toContain('authorization: [redacted]');
  expect(matched.stdout).toMatch(/Answered 200 by the fixture "meow" \(.*a\.yaml:3:5\), step 1\n/);
  expect(missed.stdout).toMatch(/Closest fixture +\| Request\n/);
  expect(missed.stdout).toContain('contains "meow"');
  expect(missed.stdout).not.toContain('\u001b');
  expect(matched.stdout + missed.stdout).not.toContain('secret-key');
});

it('explain says why it cannot', async () => {
  await using mock = await serve(['--admin-token', 'planted']);
  const { port } = new URL(mock.url);
  const unknown = await run(['explain', 'none', '--port', port, '--admin-token', 'planted']);
  const locked = await run(['explain', 'none', '--port', port]);
  const nobody = await run(['explain', 'none', '--port', '1']);

  expect([unknown.code, locked.code, nobody.code]).toEqual([1, 1, 1]);
  expect(unknown.stderr).toContain('The journal holds no request "none"');
  expect(locked.stderr).toContain('--admin-token');
  expect(nobody.stderr).toContain('No longcat-mock answers at http://127.0.0.1:1');
});
